"""What notices say: today's figures, the next step, and how to put it off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.messages import Choice, Paragraph, Reply
from bot.domain.notices.kinds import Kind, Lead
from bot.domain.notices.notice import Notice
from bot.domain.notices.placeholders import allowed
from bot.domain.notices.plan import plan
from bot.domain.notices.reminder import Reminder
from bot.domain.notices.situation import Situation
from bot.domain.program import Program
from bot.domain.rules import Outcome
from bot.knowledge.pack import load_pack
from bot.phrases.notice_values import when
from bot.phrases.notices import MOST_CHOICES, digest, said
from handlers.routes import ROUTES
from tests.conftest import OTHER_PACK, ROOT
from tests.noticed import at, filed, fresh, person, submission
from tests.noticed_any import instants, situations


@pytest.fixture(scope="module")
def program() -> Program:
    return load_pack(ROOT / "bot/programs/lssc").program


@pytest.fixture(scope="module")
def other() -> Program:
    return load_pack(OTHER_PACK).program


def words(reply: Reply) -> str:
    return "\n".join(block.text for block in reply.blocks if isinstance(block, Paragraph))


def says(reply: Reply) -> tuple[str, ...]:
    return tuple(choice.says for choice in reply.choices)


def one(program: Program, situation: Situation, key: str) -> Notice:
    return next(n for n in plan(program, situation) if n.key.startswith(key))


def test_the_days_left_are_counted_when_it_is_said(program: Program) -> None:
    someone = fresh("Europe/Berlin", ends="2027-01-01")
    notice = one(program, someone, "expiry:7:2027-01-01:-30")
    reply = said(program, notice, someone.person, now=at("2026-12-04T08:00+01:00"))
    assert words(reply) == (
        "Your CAR subscription ends in 28 days, on Friday, 1 January 2027. All 6 sets are still "
        "to be submitted. To see what each still lacks, say: ready."
    )
    assert says(reply) == ("ready", "pace", "snooze expiry 3 days")


def test_today_is_the_day_where_the_person_lives(program: Program) -> None:
    apia, chicago = fresh("Pacific/Apia"), fresh("America/Chicago")
    now = at("2029-01-15T02:00")
    key = "expiry:7:2029-01-15:-1"
    assert "ends today" in words(said(program, one(program, apia, key), apia.person, now=now))
    told = said(program, one(program, chicago, key), chicago.person, now=now)
    assert "ends tomorrow" in words(told)


def test_the_time_limit_tells_where_the_pace_leads(program: Program) -> None:
    done = submission(5, "technology", when=at("2026-01-15T12:00"))
    someone = replace(fresh(enrolled="2025-01-15", ends="2029-01-15"), submissions=(done,))
    notice = one(program, someone, "time-limit:7:2029-01-15:-730")
    reply = said(program, notice, someone.person, now=at("2027-01-16T15:00"))
    assert "ends in about 24 months, on Monday, 15 January 2029" in words(reply)
    assert "At this pace set 2 ends on Tuesday, 16 January 2029" in words(reply)
    assert says(reply)[-2:] == ("done time-limit", "notices time-limit")


def test_a_deadline_that_is_near_is_not_put_off_beyond_itself(program: Program) -> None:
    decided = at("2026-10-02T12:00")
    refused = submission(5, "technology", when=decided, outcome=Outcome.COURSE, decided=decided)
    someone = replace(fresh(), submissions=(refused,))
    early = one(program, someone, "appeal:7:5-notice:2026-10-12:-5")
    late = one(program, someone, "appeal:7:5-notice:2026-10-12:0")
    assert says(said(program, early, someone.person, now=early.at)) == (
        *("notice 5", "appeal 5"),
        "snooze appeal-5 3 days",
    )
    assert says(said(program, late, someone.person, now=late.at)) == ("notice 5", "appeal 5")
    assert "the last day is today" in words(said(program, late, someone.person, now=late.at))


def test_what_a_review_wants_is_named_with_its_codes(program: Program) -> None:
    decided = at("2026-10-02T12:00")
    more = submission(6, "technology", when=decided, outcome=Outcome.MORE, decided=decided)
    wanted = tuple(
        EvidenceRequest(
            id=n,
            submission_id=6,
            person_id=7,
            section=f"TECH-{n}",
            token=f"R-K7QM-2XW{n}",
            opened_at=decided,
        )
        for n in (3, 8)
    )
    someone = replace(fresh(), submissions=(more,), requests=wanted)
    notice = one(program, someone, "requests:7:6:2026-10-02:7")
    told = words(said(program, notice, someone.person, now=notice.at))
    assert "TECH-3 (code R-K7QM-2XW3) and TECH-8 (code R-K7QM-2XW8)" in told


def test_own_words_are_said_as_they_were_written(program: Program) -> None:
    reminder = Reminder(
        id=41,
        person_id=7,
        number=3,
        text="ask {name} about TECH-8",
        at=at("2026-11-20T15:00"),
        zone="UTC",
        made_at=at("2026-11-01T12:00"),
        section="TECH-8",
    )
    someone = replace(fresh(), reminders=(reminder,))
    notice = one(program, someone, "reminder:")
    reply = said(program, notice, someone.person, now=notice.at)
    assert words(reply) == "You asked me to remind you: ask {name} about TECH-8"
    assert says(reply) == (
        "ready Technology",
        "snooze reminder-3 1 hour",
        "snooze reminder-3 until tomorrow",
        "done reminder-3",
    )


def test_an_event_is_told_at_its_time_where_the_person_lives(other: Program) -> None:
    someone = fresh("America/Chicago")
    notice = one(other, someone, "fair:7:evening-lecture:2027-01-15:0")
    reply = said(other, notice, someone.person, now=notice.at)
    assert words(reply) == (
        "Lecture on tower clocks is today: Friday, 15 January 2027 at 13:30 (America/Chicago), 90 "
        "minutes. https://example.org/lecture"
    )


def test_staff_are_offered_what_staff_do(program: Program) -> None:
    waiting = submission(5, "technology", when=at("2026-10-02T12:00"))
    someone = replace(fresh(), submissions=(waiting,))
    notice = one(program, someone, "staff-overdue:7:5:2026-10-02:28")
    reply = said(program, notice, someone.person, now=notice.at)
    assert words(reply) == (
        "Submission 5 (Technology) of Ada Reyes has waited for its decision since Friday, 2 "
        "October 2026, for 28 days."
    )
    assert says(reply) == ("dossier 5", "queue")


def test_a_digest_counts_its_parts_and_names_what_can_be_put_off(program: Program) -> None:
    someone = replace(
        fresh(),
        evidence=(filed("TECH-1"),),
        touched={"technology": at("2026-10-02T12:00")},
    )
    notices = [one(program, someone, key) for key in ("time-limit:", "idle:")]
    parts = [said(program, n, someone.person, now=at("2026-11-02T15:00")) for n in notices]
    news = Reply(blocks=(Paragraph(text="Bea commented."),), choices=())
    reply = digest(program, [*parts, news], someone.person, now=at("2026-11-02T15:00"))
    lines = words(reply).splitlines()
    assert lines[0] == "LSSC, Monday: 3 things in one message."
    assert [line[:2] for line in lines[1:] if line[1] == "."] == ["A.", "B.", "C."]
    assert lines[-1] == (
        "To put one off, say, for example: snooze time-limit 3 days. To be done with one, say: "
        "done time-limit. By name, A is time-limit, B is idle-tech."
    )
    assert says(reply) == ("ready", "ready Technology", "pace", "notices")


def test_a_digest_offers_only_a_few_choices_and_some_of_each_part(program: Program) -> None:
    parts = [
        Reply(
            blocks=(Paragraph(text=f"part {part}"),),
            choices=tuple(Choice(label="a", says=f"show {part} {n}") for n in range(4)),
        )
        for part in range(4)
    ]
    reply = digest(program, parts, person(), now=at("2026-11-02T15:00"))
    assert len(reply.choices) == MOST_CHOICES
    *shown, stop = says(reply)
    assert {words.split()[1] for words in shown} == {"0", "1", "2", "3"}
    assert stop == "notices"
    assert digest(program, parts[:1], person(), now=at("2026-11-02T15:00")) == parts[0]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (28, "in 28 days"),
        (-3, "3 days ago"),
        (365, "in about 12 months"),
    ],
)
def test_days_are_told_as_people_say_them(days: int, told: str) -> None:
    assert when(days) == told


@settings(max_examples=100)
@given(data=st.data(), late=st.integers(0, 40))
def test_every_placeholder_that_a_pack_may_use_is_filled(
    program: Program, other: Program, data: st.DataObject, late: int
) -> None:
    pack = _with_every_placeholder(data.draw(st.sampled_from((program, other))))
    situation = data.draw(situations(pack))
    for notice in plan(pack, situation):
        now = notice.at + timedelta(days=late)
        reply = said(pack, notice, situation.person, now=now)
        assert words(reply).strip()
        assert len(reply.choices) <= MOST_CHOICES


@settings(max_examples=60)
@given(data=st.data(), now=instants)
def test_whatever_a_notice_offers_is_a_command(
    program: Program, data: st.DataObject, now: datetime
) -> None:
    situation = data.draw(situations(program))
    for notice in plan(program, situation):
        for words in says(said(program, notice, situation.person, now=now)):
            assert any(route.pattern.fullmatch(words) for route in ROUTES), words


def _with_every_placeholder(program: Program) -> Program:
    kinds = {id: _kind(kind) for id, kind in program.notices.kinds.items()}
    return replace(program, notices=replace(program.notices, kinds=kinds))


def _kind(kind: Kind) -> Kind:
    text = " ".join(f"{{{name}}}" for name in allowed(kind.moment))
    assert [name for _, name, _, _ in Formatter().parse(text)] == [*allowed(kind.moment)]
    leads = tuple(Lead(days=lead.days, text=text, keeps=lead.keeps) for lead in kind.leads)
    return replace(kind, leads=leads)


def test_a_day_is_named_with_its_weekday(program: Program) -> None:
    certified = replace(fresh(), certified_on=date(2026, 2, 28))
    notice = one(program, certified, "grace-ends:7:2030-04-28:-7")
    told = words(said(program, notice, certified.person, now=notice.at))
    assert (
        told
        == "The last day to renew your certificate is Sunday, 28 April 2030, which is in 7 days."
    )
