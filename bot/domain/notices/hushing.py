"""What a person snoozed or is done with, taken out of their notices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.notices.kinds import Audience, Kind, Moment
from bot.domain.notices.moments.base import Base, stamp
from bot.domain.notices.notice import Notice
from bot.domain.notices.series import Series
from bot.domain.notices.wishes import Hush

AGAIN = "again:"


def is_again(notice: Notice) -> bool:
    """Whether it says once more what was snoozed until then."""
    return notice.key.startswith(AGAIN)


def after_hushes(series: Iterable[Series], hushed: Iterable[Hush]) -> tuple[Notice, ...]:
    """The notices that are left, and one for each matter that was snoozed and is still true.

    What came up after it was hushed is another thing and heard of as ever.
    """
    hushes = {hush.matter: hush for hush in hushed}
    left: list[Notice] = []
    snoozed: dict[tuple[Hush, datetime], list[Series]] = defaultdict(list)
    for one in series:
        hush = _hush_of(one, hushes.get(one.base.matter))
        if hush is None:
            left += one.notices
        elif hush.until is not None:
            snoozed[hush, hush.until].append(one)
    for (hush, wished), several in snoozed.items():
        each = ((one.kind, notice) for one in several for notice in one.notices)
        until = silent_until(each, said=hush.at, until=wished)
        left += (notice for one in several for notice in one.notices if notice.at >= until)
        left += _again(several, until)
    return tuple(left)


def silent_until(
    told: Iterable[tuple[Kind, Notice]], *, said: datetime, until: datetime
) -> datetime:
    """Until when a matter is silent that was snoozed: what must be heard comes with its next lead.

    `told` are its notices, each with its kind; `said` is when it was snoozed.
    """
    later = (notice.at for kind, notice in told if notice.at > said and _must_be_heard(kind))
    return min((until, *later))


def is_done(kind: Kind, base: Base, hush: Hush, *, since: datetime | None) -> bool:
    """Whether its person said so after it came up; what is mandatory is done by no word of theirs.

    `since` is when it came up, None where nobody is told of it.
    """
    if hush.until is not None or (kind.mandatory and base.instant is None):
        return False
    return since is None or since <= hush.at


def _must_be_heard(kind: Kind) -> bool:
    return kind.mandatory and kind.moment is not Moment.OWN and kind.to is Audience.PERSON


def _hush_of(one: Series, hush: Hush | None) -> Hush | None:
    """The hush, where it holds: staff hear all the same, and what is mandatory is never done."""
    if hush is None or one.kind.to is Audience.STAFF:
        return None
    if hush.until is None:
        return hush if is_done(one.kind, one.base, hush, since=one.since) else None
    return hush if one.since <= hush.at else None


def _again(several: Sequence[Series], at: datetime) -> Iterator[Notice]:
    """The words of the last lead before that instant, unless a later one takes its place."""
    before = [(n, one) for one in several for n in one.notices if n.at < at]
    if not before:
        return
    last, its = max(before, key=lambda found: found[0].at)
    until = its.over(its.kind.leads[last.lead], at=at)
    later = (n.at for one in several for n in one.notices if n.at >= at)
    until = min((until, *later))
    if at < until:
        key = f"{AGAIN}{last.person_id}:{last.matter}:{stamp(at)}"
        yield replace(last, key=key, at=at, until=until)
