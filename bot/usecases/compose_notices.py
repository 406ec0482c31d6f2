"""What one look at a person finds: what is to be said now, what was missed, when to look again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from bot.domain.messages import Address, OutboundMessage, Reply
from bot.domain.notices.days import after_quiet, next_slot
from bot.domain.notices.due import due
from bot.domain.notices.kinds import Audience
from bot.domain.notices.manner import told_as
from bot.domain.notices.notice import Ending, Noted, Notice
from bot.domain.notices.place import place_for
from bot.domain.notices.plan import plan
from bot.domain.notices.situation import Gathered, Situation
from bot.domain.notices.timed import Timed, spoken_at, timed
from bot.domain.program import Program
from bot.phrases import notices as phrases

DIGEST = "digest"
# What stands with news in place of the message that told it, where none ever will.
DECLINED, TOO_OLD = "unsaid: declined", "unsaid: no news any more"
NEWS_FOR = timedelta(days=30)  # two weekly digests may fail to come, and it is news still


@dataclass(frozen=True, slots=True, kw_only=True)
class Plans:
    """A person's notices at their times, earlier and later ones."""

    situation: Situation
    timed: tuple[Timed, ...]

    def keys(self, *, now: datetime, swept: datetime | None) -> Iterator[str]:
        """Those of which it matters whether they are in the books."""
        since = min(swept, now) if swept else now
        for each in self.timed:
            if each.at <= now and each.notice.until > since:
                yield each.notice.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What follows from one look. `taken` are the keys of gathered news, by message or reason.

    `staffs` are for the staff; `next_at` is when to look again, None for only when something
    changes. At an address that is `avoided` what is said waits. It `failed` where nothing could be
    worked out.
    """

    person_id: int
    avoided: frozenset[Address] = frozenset()
    messages: tuple[OutboundMessage, ...] = ()
    taken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    noted: tuple[Noted, ...] = ()
    staffs: tuple[Notice, ...] = ()
    next_at: datetime | None = None
    failed: bool = False

    def renamed(self, names: Mapping[str, str]) -> Look:
        """With other keys for its messages."""
        return replace(
            self,
            messages=tuple(replace(one, key=names[one.key]) for one in self.messages),
            taken={names.get(key, key): keys for key, keys in self.taken.items()},
            noted=tuple(
                replace(one, message=names.get(one.message, one.message)) for one in self.noted
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What one message tells; `slot` is when a digest was due, None for what stands alone."""

    to: Address
    slot: datetime | None
    notices: tuple[Notice, ...] = ()
    news: tuple[Gathered, ...] = ()

    @property
    def key(self) -> str:
        """Two digests may be of one slot, at two places; nothing is the first thing of both."""
        parts: tuple[Notice | Gathered, ...] = (*self.notices, *self.news)
        first = parts[0]
        if self.slot is None:
            return first.key
        return f"{DIGEST}:{first.person_id}:{self.slot:%Y-%m-%dT%H:%MZ}:{first.key}"


def plans(program: Program, situation: Situation) -> Plans:
    """Everything planned for the person that is wanted, at its time."""
    shifted = (timed(program, situation, notice) for notice in plan(program, situation))
    return Plans(situation=situation, timed=tuple(one for one in shifted if one))


def look(
    program: Program,
    plans: Plans,
    known: Collection[str],
    *,
    now: datetime,
    swept: datetime | None,
) -> Look:
    """What is to be done for the person now; `swept` is until when everybody was looked at.

    What has nowhere to go is neither said nor noted: it waits for a place.
    """
    spoken = partial(spoken_at, program, plans.situation, now=now)
    found = due(plans.timed, known, now=now, swept=swept, spoken=spoken)
    waiting = _waiting(program, plans.situation, now=now)
    later = (found.next_at, *(at for at in waiting.values() if at > now))
    next_at = min((at for at in later if at), default=None)
    if not found.now and not found.missed and not any(at <= now for at in waiting.values()):
        return Look(person_id=plans.situation.person.id, next_at=next_at)
    staffs = tuple(one for one in found.now if one.to is Audience.STAFF)
    parcels = tuple(_parcels(program, plans, found.now, waiting, now=now))
    return Look(
        person_id=plans.situation.person.id,
        avoided=plans.situation.avoided,
        messages=tuple(composed(program, plans.situation, each, now=now) for each in parcels),
        taken={
            **{each.key: tuple(one.key for one in each.news) for each in parcels if each.news},
            **_dropped(program, plans.situation, waiting, now=now),
        },
        noted=(
            *(_noted(one, now, by=each.key) for each in parcels for one in each.notices),
            *(_noted(one, now, by=one.card) for one in staffs),
            *(_noted(one, now, ending=Ending.MISSED) for one in found.missed),
        ),
        staffs=staffs,
        next_at=next_at,
    )


def _waiting(program: Program, situation: Situation, *, now: datetime) -> Mapping[str, datetime]:
    """When each piece of gathered news is told: what is late not in quiet hours either."""
    quiet = situation.wishes.quiet or program.notices.quiet
    awake = after_quiet(now, quiet, situation.person.zone)
    due = ((one.key, news_at(program, situation, one)) for one in situation.gathered)
    return {key: awake if at <= now < awake else at for key, at in due}


def news_at(program: Program, situation: Situation, news: Gathered) -> datetime:
    """When what happened is told, as its person wants it now."""
    manner, zone = told_as(program, news.kind), situation.person.zone
    slot = next_slot(news.at, manner.cadence(situation.wishes), program.notices, zone)
    return after_quiet(slot, situation.wishes.quiet or program.notices.quiet, zone)


def composed(
    program: Program, situation: Situation, parcel: Parcel, *, now: datetime
) -> OutboundMessage:
    """The parcel in words."""
    return OutboundMessage(
        key=parcel.key,
        to=parcel.to,
        conversation=str(parcel.to),
        reply=worded(program, situation, parcel, now=now),
        kind=DIGEST if parcel.slot else told_as(program, parcel.notices[0].kind).declinable,
        whose=situation.person.id,
        notices=tuple(one.key for one in parcel.notices),
    )


def worded(program: Program, situation: Situation, parcel: Parcel, *, now: datetime) -> Reply:
    """What it says, as things stand now."""
    said = [phrases.said(program, one, situation.person, now=now) for one in parcel.notices]
    if parcel.slot is None:
        return said[0]
    parts = [*said, *(one.reply for one in parcel.news)]
    return phrases.digest(program, parts, situation.person, now=now)


def _parcels(
    program: Program,
    plans: Plans,
    told: Iterable[Notice],
    waiting: Mapping[str, datetime],
    *,
    now: datetime,
) -> Iterator[Parcel]:
    """Each on its own, but one digest for each place; nothing for what has no place."""
    situation = plans.situation
    slots = {one.notice.key: one.at for one in plans.timed if one.gathered}
    digests = defaultdict[Address, list[Notice | Gathered]](list)
    for notice in told:
        to = _place(program, situation, notice) if notice.to is Audience.CANDIDATE else None
        if to and notice.key in slots:
            digests[to].append(notice)
        elif to:
            yield Parcel(to=to, slot=None, notices=(notice,))
    for news in situation.gathered:
        due = waiting[news.key] <= now < news.at + NEWS_FOR
        if due and (to := _place(program, situation, news)):
            digests[to].append(news)
    for place, parts in digests.items():
        yield _digest(place, parts, {**slots, **waiting})


def _dropped(
    program: Program, situation: Situation, waiting: Mapping[str, datetime], *, now: datetime
) -> Mapping[str, tuple[str, ...]]:
    """News that is not told any more, by the reason; what has no place but is wanted waits."""
    found = defaultdict[str, tuple[str, ...]](tuple)
    for news in situation.gathered:
        if now >= news.at + NEWS_FOR:
            found[TOO_OLD] += (news.key,)
        elif waiting[news.key] <= now and situation.places and not _place(program, situation, news):
            found[DECLINED] += (news.key,)
    return found


def _place(program: Program, situation: Situation, one: Notice | Gathered) -> Address | None:
    return place_for(situation, told_as(program, one.kind).declinable)


def _digest(
    to: Address, parts: Sequence[Notice | Gathered], slots: Mapping[str, datetime]
) -> Parcel:
    return Parcel(
        to=to,
        slot=max(slots[one.key] for one in parts),
        notices=tuple(one for one in parts if isinstance(one, Notice)),
        news=tuple(one for one in parts if isinstance(one, Gathered)),
    )


def _noted(notice: Notice, now: datetime, *, by: str = "", ending: Ending = Ending.SAID) -> Noted:
    return Noted(
        key=notice.key,
        person_id=notice.person_id,
        kind=notice.kind,
        matter=notice.matter,
        due=notice.at,
        at=now,
        ending=ending,
        message=by,
    )
