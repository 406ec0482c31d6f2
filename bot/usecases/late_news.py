"""What happened and waits for somebody's digest, and is not told: too old by now, or not wanted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta

from bot.domain.messages import Address
from bot.domain.notices.manner import told_as
from bot.domain.notices.notice import Ending, Noted, Notice
from bot.domain.notices.place import place_for
from bot.domain.notices.situation import Gathered, Situation
from bot.domain.program import Program

# What stands with news in place of the message that told it, where none ever will.
UNSAID = "unsaid: "
DECLINED, TOO_OLD = f"{UNSAID}declined", f"{UNSAID}no news any more"
NEWS_FOR = timedelta(days=30)  # two weekly digests may fail to come, and it is news still


def too_old(program: Program, news: Gathered, *, now: datetime) -> bool:
    """Whether it is no news any more; what has to be told is told however late."""
    return now >= news.at + NEWS_FOR and not told_as(program, news.kind).kind.mandatory


def dropped(
    program: Program, situation: Situation, waiting: Mapping[str, datetime], *, now: datetime
) -> Mapping[str, tuple[str, ...]]:
    """News that is not told any more, by the reason; what has no place but is wanted waits.

    `waiting` tells when each piece is told.
    """
    found = defaultdict[str, tuple[str, ...]](tuple)
    for key, why in situation.gone.items():
        found[f"{UNSAID}{why}"] += (key,)
    for news in situation.gathered:
        if too_old(program, news, now=now):
            found[TOO_OLD] += (news.key,)
        elif (
            waiting[news.key] <= now and situation.places and not place_of(program, situation, news)
        ):
            found[DECLINED] += (news.key,)
    return found


def missed_news(
    program: Program, situation: Situation, known: Collection[str], *, now: datetime
) -> Iterator[Noted]:
    """News that grew too old, for the books, by which the staff hear of it; not what is `known`."""
    for news in situation.gathered:
        if news.key not in known and too_old(program, news, now=now):
            yield Noted(
                key=news.key,
                person_id=news.person_id,
                kind=news.kind,
                matter="",
                due=news.at,
                at=now,
                ending=Ending.MISSED,
            )


def place_of(program: Program, situation: Situation, one: Notice | Gathered) -> Address | None:
    """Where it is told; None where its kind is wanted nowhere."""
    return place_for(told_as(program, one.kind), situation)
