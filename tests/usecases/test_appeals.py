"""An appeal from the decision to its result, by the candidate and by staff."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.messages import Download
from bot.domain.people import Candidate
from bot.domain.rules import Rating
from tests.cast import ADA, ADE, BEA, SAL
from tests.desk import House
from tests.reviewed import appeal_of, appealable, begin_appeal, reply, trail, waiting
from tests.submitted import REVIEWERS, answer_all, asked_for_more


@pytest.fixture
def ada(house: House) -> Candidate:
    """Ada, who can appeal against the decision on submission 1."""
    return appealable(house)


@pytest.fixture
def guild(other_knowledge: Knowledge, tmp_path: Path) -> Iterator[House]:
    """A Carrel for the invented program."""
    made = House(other_knowledge, tmp_path)
    yield made
    made.database.close()


def later(house: House, days: int) -> None:
    house.clock.forward(timedelta(days=days))


def test_an_appeal_is_explained_with_every_step_its_day_and_its_place(
    house: House, ada: Candidate
) -> None:
    said = reply(house, ADA.email, "appeal 1")

    rule = house.desk.program.rules.appeal
    assert rule is not None
    for step in rule.steps:
        assert f"{step.title} ({step.who}, {step.days} days after" in said
    assert "due by 1 December 2026 (in 10 days)" in said
    assert "due by 21 December 2026 (in 30 days)" in said
    assert said.count("its last day follows from that") == 2
    assert said.count("Appeals by an individual, “") == 1 + len(rule.steps)
    assert [choice.says for choice in house.choices()] == ["notice 1"]


def test_a_notice_is_read_before_it_is_filed_and_filing_is_no_number_away(
    house: House, ada: Candidate
) -> None:
    assert "Read the notice before you file it" in reply(house, ADA.email, "file notice 1")

    said = reply(house, ADA.email, "notice 1")

    assert "I, Ada Reyes (ada@example.org), am a candidate" in said
    assert "On 21 November 2026 the review of my competency set Technology ended" in said
    assert "say: file notice 1" in said
    assert house.choices() == ()
    assert not appeal_of(house).filed


def test_a_draft_is_the_candidates_alone(house: House, ada: Candidate) -> None:
    reply(house, ADA.email, "notice 1")

    assert reply(house, SAL[1], "appeals") == "No appeal is open."
    draft, nothing = (reply(house, SAL[1], f"appeal case {n}") for n in (1, 2))
    assert draft.replace("1", "2") == nothing


def test_a_later_draft_carries_its_own_day(house: House, ada: Candidate) -> None:
    reply(house, ADA.email, "notice 1")
    later(house, 2)

    assert "23 November 2026" in reply(house, ADA.email, "notice 1")
    begin_appeal(house)
    assert appeal_of(house).notice.endswith("23 November 2026")


def test_a_filed_notice_is_kept_as_a_file_and_goes_to_staff(house: House, ada: Candidate) -> None:
    reply(house, ADA.email, "notice 1")
    sent = house.deliver(house.message(ADA.email, "file notice 1"))

    blocks = [block for m in sent if m.to.value == ADA.email for block in m.reply.blocks]
    (paper,) = [block for block in blocks if isinstance(block, Download)]
    text = house.files.path(paper.sha256).read_text(encoding="utf-8")
    assert text == appeal_of(house).notice
    for who in (SAL, ADE):
        told = [one for one in house.heard(who[1]) if "Appeal 1 of Ada Reyes" in one]
        assert len(told) == 1
        assert text in told[0]
    (line,) = [line for line in trail(house) if line.action == "appeal-notice"]
    assert (line.subject, line.details["notice"]) == ("appeal:1", "2026-11-21")


def test_a_notice_is_filed_once(house: House, ada: Candidate) -> None:
    begin_appeal(house)
    before = appeal_of(house)
    later(house, 1)

    assert "on file already, since 21 November 2026" in reply(house, ADA.email, "file notice 1")
    assert "on file since 21 November 2026" in reply(house, ADA.email, "notice 1")
    assert appeal_of(house) == before


def test_the_last_day_is_the_candidates_own_to_its_end(house: House, ada: Candidate) -> None:
    reply(house, ADA.email, "notice 1")
    later(house, 10)
    house.clock.forward(timedelta(hours=11, minutes=59))  # 23:59 on 1 December in Chicago
    assert "Filed on 1 December 2026" in reply(house, ADA.email, "file notice 1")


def test_a_missed_deadline_is_said_plainly_with_its_place(house: House, ada: Candidate) -> None:
    reply(house, ADA.email, "notice 1")
    later(house, 10)
    house.clock.forward(timedelta(hours=12))  # midnight in Chicago
    before = len(trail(house))

    for text in ("file notice 1", "notice 1", "appeal 1"):
        said = reply(house, ADA.email, text)
        assert "the last day for “Notice of intent to appeal” was 1 December 2026" in said
        assert "today is 2 December 2026" in said
        assert "“Missing an appeal deadline”" in said
    assert not appeal_of(house).filed
    assert len(trail(house)) == before
    assert "nothing to appeal against" in reply(house, ADA.email, "my appeals")


@pytest.mark.parametrize(
    "text", ["appeal {}", "notice {}", "file notice {}", "reasons filed appeal {}"]
)
def test_somebody_elses_appeal_looks_like_none(house: House, ada: Candidate, text: str) -> None:
    begin_appeal(house)
    before = len(trail(house))

    theirs, nobodys = (reply(house, BEA.email, text.format(n)) for n in (1, 7))

    assert theirs.replace("1", "7") == nobodys
    assert re.match(r"There is no (?:submission|appeal) 7 for you", nobodys)
    assert len(trail(house)) == before


def test_there_is_no_appeal_against_an_approval_or_before_a_decision(
    house: House, ada: Candidate
) -> None:
    one = waiting(house, ada, "communication-and-teamwork")
    assert "not decided" in reply(house, ADA.email, f"appeal {one.id}")
    reply(house, SAL[1], f"approve {one.id}: Shown.")
    assert "ended with: approved" in reply(house, ADA.email, f"notice {one.id}")


def test_what_a_later_approval_overtook_is_not_offered(house: House) -> None:
    ada = asked_for_more(house)
    assert "notice 1" in reply(house, ADA.email, "my appeals")
    answer_all(house, ada)
    for who in REVIEWERS:
        reply(house, who, "rate 2 all met")
    reply(house, SAL[1], "approve 2: Now it is shown.")

    assert "nothing to appeal against" in reply(house, ADA.email, "my appeals")
    for text in ("appeal 1", "notice 1", "file notice 1"):
        assert "was approved since, by submission 2" in reply(house, ADA.email, text)


def test_an_appeal_that_was_filed_before_the_approval_stays_in_the_list(house: House) -> None:
    ada = asked_for_more(house)
    begin_appeal(house)
    answer_all(house, ada)
    for who in REVIEWERS:
        reply(house, who, "rate 2 all met")
    reply(house, SAL[1], "approve 2: Now it is shown.")

    assert reply(house, ADA.email, "my appeals").startswith("- Appeal 1 about submission 1")


def test_another_programs_steps_are_counted_from_each_other(guild: House) -> None:
    bea = guild.enrol(BEA)
    one = waiting(guild, bea, "movements", {"MOVE-2": (Rating.NOT_MET, "It stands still.")})
    reply(guild, SAL[1], f"recommend course {one.id}: Go to school.")

    said = reply(guild, BEA.email, "appeal 1")
    assert "Word to the warden (the mender, 7 days after the decision): due by 28 Nov" in said
    later(guild, 7)
    assert "Honoured Warden of the Guild" in reply(guild, BEA.email, "notice 1")
    said = reply(guild, BEA.email, "file notice 1")
    assert "Grounds of the objection, due by 19 December 2026 (in 21 days)" in said
    assert "grounds filed appeal 1" in said
    reply(guild, BEA.email, "grounds filed appeal 1")
    reply(guild, SAL[1], "appeal step 1 reply")
    reply(guild, SAL[1], "appeal step 1 hearing")
    reply(guild, SAL[1], "appeal result 1 judged: It runs after all.")
    assert appeal_of(guild).result == "judged anew"
