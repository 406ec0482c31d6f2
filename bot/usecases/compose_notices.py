"""What one look at a person finds: what is to be said now, what was missed, when to look again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from bot.domain.messages import Address, OutboundMessage, Reply
from bot.domain.notices.days import after_quiet, next_slot
from bot.domain.notices.due import due
from bot.domain.notices.kinds import Audience
from bot.domain.notices.late import late_together
from bot.domain.notices.manner import told_as
from bot.domain.notices.notice import Ending, Noted, Notice
from bot.domain.notices.plan import plan
from bot.domain.notices.situation import Gathered, Situation
from bot.domain.notices.soonest import soonest_first
from bot.domain.notices.timed import Timed, spoken_at, timed
from bot.domain.program import Program
from bot.phrases import notices as phrases
from bot.phrases.kinds import DIGEST
from bot.usecases.late_news import dropped, missed_news, place_of, too_old
from bot.usecases.parcels import Parcel, digest_of, in_words, next_digest


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
    waits = plans.situation.gone or any(at <= now for at in waiting.values())
    if not found.now and not found.missed and not waits:
        return Look(person_id=plans.situation.person.id, next_at=next_at)
    staffs = tuple(one for one in found.now if one.to is Audience.STAFF)
    parcels = tuple(_parcels(program, plans, found.now, waiting, now=now))
    again = _again(program, plans.situation, waiting, parcels, now=now)
    return Look(
        person_id=plans.situation.person.id,
        avoided=plans.situation.avoided,
        messages=tuple(composed(program, plans.situation, each, now=now) for each in parcels),
        taken={
            **{each.key: tuple(one.key for one in each.news) for each in parcels if each.news},
            **dropped(program, plans.situation, waiting, now=now),
        },
        noted=(
            *(_noted(one, now, by=each.key) for each in parcels for one in each.notices),
            *(_noted(one, now, by=one.card) for one in staffs),
            *(_noted(one, now, ending=Ending.MISSED) for one in found.missed),
            *missed_news(program, plans.situation, known, now=now),
        ),
        staffs=staffs,
        next_at=min((at for at in (next_at, again) if at), default=None),
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
        kind=declined_by(program, parcel),
        whose=situation.person.id,
        notices=tuple(one.key for one in parcel.notices),
    )


def declined_by(program: Program, parcel: Parcel) -> str:
    """What its reader can decline by it: a digest's several kinds, or the one that it tells."""
    parts: tuple[Notice | Gathered, ...] = (*parcel.notices, *parcel.news)
    return DIGEST if len(parts) > 1 else told_as(program, parts[0].kind).declinable


def worded(program: Program, situation: Situation, parcel: Parcel, *, now: datetime) -> Reply:
    """What it says, as things stand now."""
    said = [phrases.said(program, one, situation.person, now=now) for one in parcel.notices]
    if parcel.slot is None:
        return said[0]
    told, more = in_words(program, parcel)
    parts = [*said, *(one.reply for one in told)]
    kinds = [one.kind for one in more]
    return phrases.digest(program, parts, situation.person, now=now, more=kinds)


def _due(
    program: Program, situation: Situation, waiting: Mapping[str, datetime], *, now: datetime
) -> Iterator[Gathered]:
    for one in situation.gathered:
        if waiting[one.key] <= now and not too_old(program, one, now=now):
            yield one


def _again(
    program: Program,
    situation: Situation,
    waiting: Mapping[str, datetime],
    parcels: Sequence[Parcel],
    *,
    now: datetime,
) -> datetime | None:
    """When more is told of what is due and has a place, but no room in any of the parcels."""
    told = {one.key for each in parcels for one in each.news}
    due = (one for one in _due(program, situation, waiting, now=now) if one.key not in told)
    left = [one for one in due if place_of(program, situation, one)]
    return next_digest(program, situation, left, now=now)


def _parcels(
    program: Program,
    plans: Plans,
    told: Sequence[Notice],
    waiting: Mapping[str, datetime],
    *,
    now: datetime,
) -> Iterator[Parcel]:
    """Each on its own, but one digest for each place; nothing for what has no place."""
    situation = plans.situation
    slots = {one.notice.key: one.at for one in plans.timed if one.gathered}
    slots |= late_together(program.notices.kinds, told, now=now)
    digests = defaultdict[Address, list[Notice | Gathered]](list)
    for notice in soonest_first(program.notices.kinds, told):
        to = place_of(program, situation, notice) if notice.to is Audience.PERSON else None
        if to and notice.key in slots:
            digests[to].append(notice)
        elif to:
            yield Parcel(to=to, slot=None, notices=(notice,))
    for news in _due(program, situation, waiting, now=now):
        if to := place_of(program, situation, news):
            digests[to].append(news)
    for place, parts in digests.items():
        yield digest_of(program, place, parts, {**slots, **waiting})


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
