"""Before a notice is sent: what of it is still true, said with today's facts."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.messages import OutboundMessage
from bot.domain.notices.days import after_quiet
from bot.domain.notices.kinds import Moment
from bot.domain.notices.manner import told_as
from bot.domain.notices.notice import Notice
from bot.domain.notices.plan import plan
from bot.domain.notices.situation import Gathered, Situation
from bot.domain.notices.timed import heeds_quiet, timed
from bot.domain.program import Program
from bot.errors import StorageFailed
from bot.ports import UnitOfWork
from bot.usecases.clock_back import APART
from bot.usecases.compose_notices import DIGEST, Parcel, worded
from bot.usecases.sweep_marks import swept_by_others

log = logging.getLogger(__name__)
NOBODY = "its person is not known any more"
UNTRUE = "not true any more"
LATE = "its time is over"
EARLY = "its time is still to come: the clock was ahead"
QUIET = "quiet hours"
DECLINED = "declined"
HUSHED = "snoozed or done with"


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
    may be true once more, or wanted elsewhere. A message that tells no notices is given back as it
    is, unless its kind was declined there since it was written; and so is one that cannot be worked
    out, or that others wrote by another program.
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
    if message.kind and not uow.wanted_kinds.wants(message.to, message.kind):
        return PutAside(why=DECLINED)
    person = uow.people.get(message.whose) if message.whose else None
    if person is None or not quiet:
        return message
    at = after_quiet(now, uow.wishes.of(person).quiet or program.notices.quiet, person.zone)
    return Later(at=at, why=QUIET) if at > now else message


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
    news = tuple(one for one in told if _wanted(program, situation, message, one.kind))
    if not kept and not news:
        reasons = [one for one in verdicts.values() if isinstance(one, str)]
        _take_back(uow, message, verdicts, told)
        return PutAside(why="; ".join(dict.fromkeys(reasons)) or DECLINED)
    if quiet and (at := _spoken_from(program, situation, kept, now=now)) > now:
        return Later(at=at, why=QUIET)
    parcel = Parcel(to=message.to, slot=now if digest else None, notices=kept, news=news)
    reply = worded(program, situation, parcel, now=now)
    unsaid = verdicts.keys() - {one.key for one in kept}
    _take_back(uow, message, unsaid, [one for one in told if one not in news])
    return replace(message, reply=reply, notices=tuple(one.key for one in kept))


def _take_back(
    uow: UnitOfWork, message: OutboundMessage, keys: Collection[str], news: Collection[Gathered]
) -> None:
    """They were not said after all: what is still due of them is found by the next sweep."""
    if not keys and not news:
        return
    uow.notices.unsay(keys, message=message.key)
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
    """Not in quiet hours, unless it has no time for that or its person chose the hour."""
    quiet = situation.wishes.quiet or program.notices.quiet
    at = after_quiet(now, quiet, situation.person.zone)
    kinds, zone = program.notices.kinds, situation.person.zone
    bound = (
        one.until <= at
        or kinds[one.kind].moment is Moment.OWN
        or not heeds_quiet(kinds[one.kind], one, quiet, zone)
        for one in notices
    )
    return now if any(bound) else at
