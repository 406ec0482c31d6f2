"""Why something will be said, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.app import Knowledge
from bot.domain.notices.kinds import Kind, Lead, Moment, NoticeRules
from bot.domain.notices.moments.table import BASES
from bot.domain.notices.notice import Notice
from bot.domain.program import Program
from bot.phrases.foresight import base_of, lead_of, rule

AT = datetime(2026, 12, 2, 15, 0, tzinfo=UTC)


def program(knowledge: Knowledge, moment: Moment, *days: int) -> Program:
    """The shipped program, with one kind."""
    leads = tuple(Lead(days=each, text="x") for each in days)
    kind = Kind(id="kind", title="things", moment=moment, leads=leads)
    return replace(knowledge.pack.program, notices=NoticeRules(kinds={"kind": kind}))


def notice(key: str, *, lead: int = 0, kind: str = "kind") -> Notice:
    """A notice of that key."""
    return Notice(
        key=key, kind=kind, matter="thing-1", person_id=7, at=AT, until=AT, about={}, lead=lead
    )


@pytest.mark.parametrize(
    ("lead", "said"),
    [
        (0, "30 days before the subscription's end on 2027-01-01"),
        (1, "1 day before the subscription's end on 2027-01-01"),
        (2, "on the day of the subscription's end on 2027-01-01"),
        (3, "9 days after the subscription's end on 2027-01-01"),
    ],
)
def test_a_rule_tells_how_long_before_or_after_what(
    knowledge: Knowledge, lead: int, said: str
) -> None:
    made = program(knowledge, Moment.SUBSCRIPTION_ENDS, -30, -1, 0, 9)

    assert rule(made, notice(f"kind:7:2027-01-01:{lead}", lead=lead)) == said


@pytest.mark.parametrize("moment", list(BASES))
def test_there_are_words_for_every_moment(knowledge: Knowledge, moment: Moment) -> None:
    said = rule(program(knowledge, moment, -3), notice("kind:7:part-1:2027-01-01:-3"))

    assert said == "a reminder of their own (thing-1)" or said.startswith("3 days before the ")


def test_what_was_snoozed_and_what_somebody_set_themselves_say_so(knowledge: Knowledge) -> None:
    made = program(knowledge, Moment.SUBSCRIPTION_ENDS, -30)
    again = notice("again:7:thing-1:2026-12-02T15:00:00Z")
    own = notice("reminder:7:3:2026-12-02T15:00:00Z", kind="reminder")

    assert rule(made, again) == "snoozed until then (thing-1)"
    assert rule(made, own) == "a reminder of their own (thing-1)"
    assert base_of(again) is base_of(own) is None
    assert lead_of(made, own) == 0
