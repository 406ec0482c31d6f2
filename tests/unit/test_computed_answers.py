"""Answers that are worked out from the clock or from the asker's record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.domain.knowledge import COMPUTED
from bot.domain.mentions import Mentions
from bot.domain.people import Candidate, Person
from bot.domain.portfolio import Evidence, Filing, State
from bot.domain.program import Program
from bot.knowledge.pack import load_pack
from bot.settings import PROGRAMS
from bot.usecases.compute_answer import COMPUTATIONS, Facts
from tests.unit.bakery import bakery

ADA = Candidate(
    person=Person(id=1, name="Ada", email="ada@example.org", time_zone="America/Chicago"),
    enrolled_on=date(2025, 1, 15),
    subscription_ends=date(2026, 3, 2),
    electives=("cake-making",),
)
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def shipped() -> Program:
    return load_pack(PROGRAMS / "lssc").program


@pytest.fixture
def guild(tmp_path: Path) -> Program:
    return load_pack(bakery(tmp_path)).program


def filed(number: int, *sections: str, state: State = State.FILED) -> Evidence:
    return Evidence(
        id=number,
        number=number,
        person_id=1,
        name=f"notes{number}.pdf",
        media_type="application/pdf",
        size=10,
        sha256="ab",
        stored_at=NOW,
        filing=Filing(state=state, sections=sections),
    )


def facts(
    program: Program,
    *evidence: Evidence,
    sets: tuple[str, ...] = (),
    who: Candidate | None = ADA,
    now: datetime = NOW,
) -> Facts:
    named = Mentions(sets=sets, competencies=())
    return Facts(program=program, candidate=who, evidence=evidence, mentioned=named, now=now)


def told(name: str, known: Facts) -> str:
    return COMPUTATIONS[name](known)


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


def test_everything_a_document_may_ask_to_compute_can_be_computed() -> None:
    assert set(COMPUTATIONS) == set(COMPUTED)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        # Clocks in Chicago go forward on Sunday, 8 March 2026, and back on Sunday, 1 November.
        ("2026-03-01T19:59", "closed now; it is Sunday 13:59"),
        ("2026-03-01T20:00", "open now, until 19:00; it is Sunday 14:00"),
        ("2026-03-08T18:59", "closed now; it is Sunday 13:59"),
        ("2026-03-08T19:00", "open now, until 19:00; it is Sunday 14:00"),
        ("2026-03-08T23:59", "open now, until 19:00; it is Sunday 18:59"),
        ("2026-03-09T00:00", "closed now; it is Sunday 19:00"),
        ("2026-03-06T12:59", "closed now; it is Friday 06:59"),
        ("2026-03-06T13:00", "open now, until 18:00; it is Friday 07:00"),
        ("2026-03-09T12:00", "open now, until 21:00; it is Monday 07:00"),
        ("2026-10-25T19:00", "open now, until 19:00; it is Sunday 14:00"),
        ("2026-11-01T19:00", "closed now; it is Sunday 13:00"),
        ("2026-11-01T20:00", "open now, until 19:00; it is Sunday 14:00"),
        ("2026-11-02T12:59", "closed now; it is Monday 06:59"),
        ("2026-11-02T13:00", "open now, until 21:00; it is Monday 07:00"),
    ],
)
def test_support_hours_hold_on_both_sides_of_a_clock_change(
    moment: str, expected: str, shipped: Program
) -> None:
    assert expected in told("support-open", facts(shipped, now=at(moment)))


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-03-07T20:00", "Sunday at 14:00"),
        ("2026-03-07T04:00", "Sunday at 14:00"),
        ("2026-03-09T01:00", "Monday at 07:00"),
        ("2026-03-03T11:00", "Tuesday at 07:00"),
        ("2026-10-31T23:00", "Sunday at 14:00"),
        ("2026-11-02T02:00", "Monday at 07:00"),
    ],
)
def test_the_next_opening_is_told(moment: str, opens: str, shipped: Program) -> None:
    assert f"opens next on {opens}" in told("support-open", facts(shipped, now=at(moment)))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-02T10:00", "open now, until 12:00"),
        ("2026-03-02T12:00", "opens next on Monday at 14:00."),
        ("2026-03-02T14:00", "open now, until 18:00"),
        ("2026-03-03T20:00", "opens next on Monday at 08:00."),
    ],
)
def test_a_lunch_break_is_no_end_of_the_day(moment: str, expected: str, guild: Program) -> None:
    text = told("support-open", facts(guild, now=at(moment)))

    assert expected in text
    assert text == text.strip()


def test_a_program_without_a_help_line_tells_nothing_of_one(guild: Program) -> None:
    assert told("support-open", facts(replace(guild, support=None))) == ""


def test_what_is_missing_is_told_of_every_chosen_set_or_of_those_named(guild: Program) -> None:
    known = facts(guild, filed(1, "BREAD-1"))
    every = told("missing", known).splitlines()
    named = told(
        "missing", replace(known, mentioned=Mentions(sets=("cake-making",), competencies=()))
    )

    assert len(every) == 2
    assert every[0].startswith("Bread Baking lacks evidence for 1 of 2 competencies and the")
    assert every[0].endswith("Missing: BREAD-2.")
    assert named.splitlines() == every[1:]


def test_a_set_that_a_certificate_proves_lacks_nothing(guild: Program) -> None:
    known = facts(guild, filed(1, "cake-making/certificate"), sets=("cake-making",))

    assert told("missing", known) == (
        "Cake Making lacks nothing: its proof of attendance is filed, which proves the set."
    )


def test_progress_is_told_set_by_set(guild: Program) -> None:
    known = facts(guild, filed(1, "cake-making/certificate"))

    assert told("progress", known) == (
        "1 of 2 sets are complete.\n"
        "Bread Baking: 0 of 3 parts: 0 of 2 competencies, no statement yet.\n"
        "Cake Making: complete by course certificate."
    )


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-02T05:59", "ends on Monday, 2 March 2026, in 1 day."),
        ("2026-03-02T06:00", "ends today, Monday, 2 March 2026."),
        ("2026-03-04T06:00", "ended on Monday, 2 March 2026, 2 days ago."),
    ],
)
def test_the_subscription_ends_on_the_candidates_own_day(
    moment: str, expected: str, guild: Program
) -> None:
    assert told("expiry", facts(guild, now=at(moment))).endswith(expected)


def test_files_are_told_with_their_places(guild: Program) -> None:
    held = (
        filed(1, "BREAD-1", "indenture"),
        filed(2, state=State.WAITING),
        filed(3, state=State.WITHDRAWN),
    )

    assert told("files", facts(guild, *held)) == (
        "File 1: notes1.pdf, BREAD-1 and Indenture.\nFile 2: notes2.pdf, waiting for a section."
    )
    assert told("files", facts(guild, held[2])) == "You have filed nothing yet."


def test_electives_are_told_once_chosen(guild: Program) -> None:
    undecided = replace(ADA, electives=())

    assert told("electives", facts(guild)) == "You chose 1 of 1 electives: Cake Making."
    assert told("electives", facts(guild, who=undecided)) == (
        "You have not chosen any of your 1 electives yet."
    )


def test_nothing_is_worked_out_from_the_record_of_nobody(guild: Program) -> None:
    with pytest.raises(LookupError):
        told("progress", facts(guild, who=None))
