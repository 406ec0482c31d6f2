"""The books, and keys that say the same once: what was too late, told ever, told or gathered."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from bot.domain.messages import Paragraph, Reply
from bot.domain.notices.happenings import COMMENTS, HAPPENINGS
from bot.domain.notices.manner import Manner
from bot.domain.notices.notice import Ending
from bot.domain.notices.wishes import Quiet
from bot.ports import UnitOfWork
from bot.usecases.tell import tell
from tests.contract.examples import NOW, later, person
from tests.contract.test_noticing_own import news, noted

MANNER = Manner(kind=HAPPENINGS[COMMENTS], quiet=Quiet(begins=time(21), ends=time(8)))
BY_DAY, AT_NIGHT = datetime(2026, 3, 2, 12, tzinfo=UTC), datetime(2026, 3, 2, 23, tzinfo=UTC)
SAID = Reply(blocks=(Paragraph(text="Mia began."),))


def test_what_came_too_late_was_missed_then(unit: UnitOfWork) -> None:
    with unit:
        carl = person(unit, "Carl")
        unit.notices.note([noted("a", carl.id), noted("b", carl.id)])
        unit.notices.miss([], message="m", at=later(5))
        unit.notices.miss(["b"], message="another", at=later(5))
        assert unit.notices.missed(since=NOW, limit=9) == ()

        unit.notices.miss(["a"], message="m", at=later(5))

        (missed,) = unit.notices.missed(since=later(5), limit=9)
        assert (missed.key, missed.ending, missed.message) == ("a", Ending.MISSED, "")
        assert unit.notices.known(["a", "b"]) == {"a", "b"}


def test_whether_a_matter_was_ever_told_is_known_however_much_was_told_since(
    unit: UnitOfWork,
) -> None:
    with unit:
        carl, dora = person(unit, "Carl"), person(unit, "Dora")
        unit.notices.note([noted("old", carl.id, matter="reminder-1")])
        unit.notices.note([noted("gone", carl.id, matter="reminder-2", ending=Ending.MISSED)])
        unit.notices.note([noted(f"k{n}", carl.id, seconds=n + 1) for n in range(300)])

        assert unit.notices.told(carl, "reminder-1")
        assert not unit.notices.told(carl, "reminder-2")
        assert not unit.notices.told(dora, "reminder-1")


def test_news_are_known_by_their_key_told_or_not(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        unit.gathered.add(news(ada, "a"))
        assert unit.gathered.known("a")
        unit.gathered.take(["a"], message="digest", at=NOW)

        assert unit.gathered.known("a")
        assert not unit.gathered.known("b")


@pytest.mark.parametrize("instants", [(BY_DAY, AT_NIGHT), (AT_NIGHT, BY_DAY)])
def test_the_same_is_told_once_by_day_or_gathered_at_night(
    unit: UnitOfWork, instants: tuple[datetime, datetime]
) -> None:
    with unit:
        ada = person(unit)
        told = [tell(unit, ada, SAID, key="started:5", now=at, how=MANNER) for at in instants]

        assert told == [True, False]
