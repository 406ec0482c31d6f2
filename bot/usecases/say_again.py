"""Before a notice is sent: what of it is still true, said with today's facts."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.messages import OutboundMessage
from bot.domain.notices.days import after_quiet
from bot.domain.notices.manner import told_as
from bot.domain.notices.notice import Notice
from bot.domain.notices.plan import plan
from bot.domain.notices.situation import Gathered, Situation
from bot.domain.notices.timed import spoken_at, timed
from bot.domain.people import Person
from bot.domain.program import Program
from bot.errors import StorageFailed
from bot.phrases.kinds import DIGEST
from bot.ports import UnitOfWork
from bot.usecases.clock_back import APART
from bot.usecases.compose_notices import declined_by, worded
from bot.usecases.parcels import Parcel
from bot.usecases.still_theirs import gone_of, why_gone
from bot.usecases.sweep_marks import swept_by_others
from bot.usecases.tell import places_for, places_of

log = logging.getLogger(__name__)
NOBODY = "its person is not known any more"
UNTRUE = "not true any more"
LATE = "its time is over"
EARLY = "its time is still to come: the clock was ahead"
QUIET = "quiet hours"
DECLINED = "declined"
HUSHED = "snoozed or done with"
MOVED = "that is not its person's address any more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """It is not said before `at`; `why` in words."""

    at: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PutAside:
    """It is not said any more; `why` in words."""

    why: str


Verdict = OutboundMessage | Later | PutAside
StillDue = Callable[[UnitOfWork, OutboundMessage, datetime], Verdict]


def asking(program: Callable[[], Program], *, quiet: bool = True) -> StillDue:
    """What dispatchers ask before they send, under the program as it is then.

    Without `quiet` nothing waits for the end of quiet hours: so where nothing is said but to
    whoever has come for it, as at a terminal.
    """
    return lambda uow, message, now: still_due(uow, program(), message, now=now, quiet=quiet)


def still_due(
    uow: UnitOfWork,
    program: Program,
    message: OutboundMessage,
    *,
    now: datetime,
    quiet: bool = True,
) -> Verdict:
    """The message as it is said now; or when it is said, or why it is not said any more.

    Whatever it does not say any more is taken out of the books, and its person looked at again: it
    may be true once more, or wanted elsewhere. What came too late was missed. A message that tells
    no notices is given back as it is, unless its kind was declined there since it was written, or
    it is not theirs to hear any more (see `still_theirs`); and so is one that cannot be worked out,
    or that others wrote by another program. Where its person is no longer nothing is said: it goes
    elsewhere.
    """
    if not message.notices and not _is_digest(message):
        return _news(uow, program, message, now=now, quiet=quiet)
    if swept_by_others(uow, program):
        return message
    try:
        return _still_due(uow, program, message, now=now, quiet=quiet)
    except StorageFailed:
        raise
    except Exception:
        # It was right when it was written, and a fault of ours is no reason to keep it back.
        log.exception(
            "A notice could not be worked out anew and is said as it was",
            extra={"action": "notice-unchecked", "person": message.whose},
        )
        return message


def _news(
    uow: UnitOfWork, program: Program, message: OutboundMessage, *, now: datetime, quiet: bool
) -> Verdict:
    """What happened, told by itself: late, it is not told at night either."""
    if why := why_gone(uow, message, now=now):
        return PutAside(why=why)
    person = uow.people.get(message.whose) if message.whose else None
    if person and message.to not in places_of(uow, person):
        return _elsewhere(uow, person, message, now=now)
    if message.kind and not uow.wanted_kinds.wants(message.to, message.kind):
        return PutAside(why=DECLINED)
    if person is None or not quiet:
        return message
    at = after_quiet(now, uow.wishes.of(person).quiet or program.notices.quiet, person.zone)
    return Later(at=at, why=QUIET) if at > now else message


def _elsewhere(
    uow: UnitOfWork, person: Person, message: OutboundMessage, *, now: datetime
) -> Later | PutAside:
    """It goes to a place of theirs at once; the address may be somebody else's by now."""
    kind, wants = message.kind, uow.wanted_kinds.wants
    places = (at for at in places_for(uow, person, now=now) if not kind or wants(at, kind))
    place = next(places, None)
    if place is None:
        return PutAside(why=DECLINED)
    if not uow.outbox.redirect(message.to, place, only=message.key):
        return PutAside(why=MOVED)
    return Later(at=now, why=MOVED)


def _still_due(
    uow: UnitOfWork, program: Program, message: OutboundMessage, *, now: datetime, quiet: bool
) -> Verdict:
    found = uow.situations.of((message.whose,), now=now, program=program)
    if not found:
        return PutAside(why=NOBODY)
    (situation,) = found
    verdicts = _verdicts(program, situation, message, now=now)
    kept = tuple(one for one in verdicts.values() if isinstance(one, Notice))
    digest = _is_digest(message)
    told = uow.gathered.told_by(message.key) if digest else ()
    if message.to not in situation.places:
        reasons = {key: one if one == LATE else MOVED for key, one in verdicts.items()}
        _take_back(uow, message, reasons, told, now=now)
        return PutAside(why=MOVED)
    gone = gone_of(uow, program, situation.person, told, now=now)
    theirs = (one for one in told if one.key not in gone)
    news = tuple(one for one in theirs if _wanted(program, situation, message, one.kind))
    reasons = {key: one for key, one in verdicts.items() if isinstance(one, str)}
    if not kept and not news:
        _take_back(uow, message, reasons, told, now=now)
        why = "; ".join(dict.fromkeys((*reasons.values(), *gone.values())))
        return PutAside(why=why or DECLINED)
    if quiet and (at := _spoken_from(program, situation, kept, now=now)) > now:
        return Later(at=at, why=QUIET)
    parcel = Parcel(to=message.to, slot=now if digest else None, notices=kept, news=news)
    reply = worded(program, situation, parcel, now=now)
    _take_back(uow, message, reasons, [one for one in told if one not in news], now=now)
    return replace(
        message,
        reply=reply,
        kind=declined_by(program, parcel),
        notices=tuple(one.key for one in kept),
    )


def _take_back(
    uow: UnitOfWork,
    message: OutboundMessage,
    reasons: Mapping[str, str],
    news: Collection[Gathered],
    *,
    now: datetime,
) -> None:
    """They were not said after all: what is still due of them is found by the next sweep.

    No sweep would find what came too late, so that is noted as missed.
    """
    if not reasons and not news:
        return
    late = frozenset(key for key, why in reasons.items() if why == LATE)
    uow.notices.miss(late, message=message.key, at=now)
    uow.notices.unsay(reasons.keys() - late, message=message.key)
    uow.gathered.give_back([one.key for one in news], message=message.key)
    uow.looks.stir((message.whose,))


def _is_digest(message: OutboundMessage) -> bool:
    return message.key.startswith(f"{DIGEST}:")


def _verdicts(
    program: Program, situation: Situation, message: OutboundMessage, *, now: datetime
) -> Mapping[str, Notice | str]:
    """Each of the message's notices as it is now, or why it is not said."""
    planned = {one.key: one for one in plan(program, situation)}
    hushed = frozenset[str]()
    if situation.wishes.hushed:
        heard = replace(situation, wishes=replace(situation.wishes, hushed=()))
        hushed = frozenset(one.key for one in plan(program, heard)) - planned.keys()
    return {
        key: HUSHED
        if key in hushed
        else _verdict(program, situation, message, planned.get(key), now=now)
        for key in message.notices
    }


def _verdict(
    program: Program,
    situation: Situation,
    message: OutboundMessage,
    notice: Notice | None,
    *,
    now: datetime,
) -> Notice | str:
    if notice is None:
        return UNTRUE
    if now >= notice.until:
        return LATE
    if now + APART < notice.at:
        return EARLY
    wanted = _wanted(program, situation, message, notice.kind)
    return notice if wanted and timed(program, situation, notice) else DECLINED


def _wanted(program: Program, situation: Situation, message: OutboundMessage, kind: str) -> bool:
    return told_as(program, kind).wanted(situation.wishes, message.to)


def _spoken_from(
    program: Program, situation: Situation, notices: Iterable[Notice], *, now: datetime
) -> datetime:
    """Not in quiet hours, unless one of them cannot wait for their end."""
    quiet, zone = situation.wishes.quiet or program.notices.quiet, situation.person.zone
    each = (spoken_at(program, situation, one, now=now) for one in notices)
    return min(each, default=after_quiet(now, quiet, zone))
