"""More is asked for three competencies of a large set: what comes back, and what is done about it.

The same on two programs, of which one asks for more once and the other twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.messages import Download
from bot.domain.program import CompetencySet
from bot.domain.standing import achieved
from bot.domain.submission import Submission
from tests.cast import ADA, ADE, REV, ROB, SAL
from tests.flows.town import REVIEWERS, STAFF, Town, make_ready
from tests.flows.view import View, view
from tests.samples import archive

NOBODYS_CODE = "R-2222-2223"
LARGE = 16


class Round:
    """A town in which Ada's large set was rated, and more is wanted for three competencies."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.large = next(s for s in town.program.sets if len(s.competencies) == LARGE)
        ids = [c.id for c in self.large.competencies]
        self.asked = (ids[1], ids[8], ids[15])
        town.say(ADA.email, f"choose {self.large.title}")
        make_ready(town, ADA.email, self.large)
        self.answer = town.say(ADA.email, f"submit {self.large.title}")
        for who in REVIEWERS:
            town.say(who, "claim 1")
        town.say(REV[1], "rate 1 all met")
        self.rate_by_rob(1, self.asked)
        town.say(ROB[1], "rate 1 the rest met")
        town.say(SAL[1], "ask more 1: Three need your own part.")

    @property
    def now(self) -> View:
        """Everything as it is kept."""
        return view(self.town.house)

    def rate_by_rob(self, number: int, weak: Sequence[str]) -> str:
        """Rob finds these wanting, all in one message."""
        lines = (f"rate {number} {one} not-met: Your own part is missing." for one in weak)
        return self.town.say(ROB[1], "\n".join(lines))

    def tokens(self) -> dict[str, str]:
        """The code of each open request, by section."""
        return {r.section: r.token for r in self.now.mine(ADA.email)}

    def answer_all(self) -> str:
        """Ada sends a new file for each open request; what she is told last."""
        return [
            self.town.say(ADA.email, token, f"{section} {self.town.word(ADA.email)}.txt")
            for section, token in self.tokens().items()
        ][-1]

    def page(self, who: str, number: int) -> str:
        """The dossier's page."""
        self.town.say(who, f"dossier {number}")
        blocks = self.town.house.channel.sent[-1].reply.blocks
        (page,) = (block for block in blocks if isinstance(block, Download))
        return self.town.house.files.path(page.sha256).read_text(encoding="utf-8")

    def told(self, who: str, words: str) -> list[str]:
        """What somebody was told with these words in it."""
        return [text for text in self.town.house.heard(who) if words in text]


@pytest.fixture(params=["knowledge", "other_knowledge"])
def large(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Round]:
    """The large set of each program, of which more is wanted."""
    knowledge: Knowledge = request.getfixturevalue(request.param)
    town = Town(knowledge, tmp_path)
    yield Round(town)
    town.close()


def parts(competency_set: CompetencySet) -> int:
    """How many sections a portfolio of the set has: one for each competency, and the statement."""
    return len(competency_set.competencies) + 1


def items_outside(one: Submission, asked: Sequence[str]) -> list[object]:
    """What stands in the other sections."""
    return [item for item in one.items if item.section not in asked]


def test_one_request_for_each_competency_with_a_code_of_its_own(large: Round) -> None:
    tokens = large.tokens()

    assert tuple(tokens) == large.asked
    assert len(set(tokens.values())) == len(large.asked)
    (news,) = large.told(ADA.email, "More is wanted for submission 1")
    assert all(f"{token} for {section}" in news for section, token in tokens.items())


def test_evidence_comes_by_code_in_any_order(large: Round) -> None:
    first, second, third = large.asked
    tokens, town = large.tokens(), large.town
    seen = next(i.name for i in large.now.submissions[1].items if i.section == first)
    proofs = town.house.folder / "proofs.zip"
    proofs.write_bytes(
        archive({f"{tokens[one]} {one}.txt": f"How I did {one}." for one in (third, first)})
    )

    wrong = town.say(ADA.email, NOBODYS_CODE, "lost.txt")
    old = town.send(ADA.email, tokens[first], town.paper(ADA.email, seen))
    several = town.send(ADA.email, "", proofs)
    again = town.send(ADA.email, "", proofs)
    before_last = len(large.now.submissions)
    last = town.say(ADA.email, f"here it is: {tokens[second].lower()}", "own part.txt")

    assert f"no open request with the code {NOBODYS_CODE}" in wrong
    assert "lost.txt" not in {e.name for e in large.now.held(ADA.email)}
    assert f"{tokens[first]} stays open" in old
    assert f"Still wanted: {tokens[second]}" in several
    assert f"{tokens[third]} was answered already" in again
    assert before_last == 1
    assert "That was all" in last
    assert "as submission 2, round 2" in last
    assert large.tokens() == {}


def test_the_set_is_back_with_the_same_reviewers_who_are_told_what_is_new(large: Round) -> None:
    large.answer_all()

    first, second = large.now.submissions.values()
    assert [c.reviewer for c in second.claims] == [c.reviewer for c in first.claims]
    assert items_outside(second, large.asked) == items_outside(first, large.asked)
    new = [i.name for i in second.items if i not in first.items]
    assert len(new) == len(large.asked)
    for who in (*REVIEWERS, *STAFF):
        (news,) = large.told(who, "is back as submission 2")
        assert all(name in news for name in new)
        assert f"Unchanged: {parts(large.large)}." in news


def test_only_the_difference_is_shown(large: Round) -> None:
    large.answer_all()
    folded = parts(large.large) - len(large.asked)

    words, page = large.town.say(REV[1], "dossier 2"), large.page(ROB[1], 2)

    lines = [line for line in words.splitlines() if line.startswith("- ")]
    assert [line[2:].partition(":")[0] for line in lines] == list(large.asked)
    assert all("new)" in line for line in lines)
    assert f"As they were in round 1: {folded} sections." in words
    shown, _, rest = page.partition("<details>")
    assert f"{folded} sections as they were</summary>" in rest
    sections = {c.id: f"<h2>{c.id} " for c in large.large.competencies}
    assert [id for id, heading in sections.items() if heading in shown] == list(large.asked)
    assert shown.count("<section") == len(large.asked)
    assert rest.count("<section") == folded


def test_only_what_was_asked_for_is_rated_anew(large: Round) -> None:
    large.answer_all()
    other = next(c.id for c in large.large.competencies if c.id not in large.asked)

    refused = large.town.say(REV[1], f"rate 2 {other} not-met: I look at it again.")
    early = large.town.say(SAL[1], "approve 2: It looks well.")
    rated = large.town.say(REV[1], "rate 2 all met")
    large.town.say(ROB[1], "rate 2 all met")

    assert f"{other} is not to be rated in submission 2" in refused
    assert "6 ratings of submission 2 are still to come" in early
    assert f"Rated in submission 2: {', '.join(large.asked)}." in rated
    assert "The rule proposes to approve it." in large.town.say(SAL[1], "ratings 2")
    large.town.say(SAL[1], "approve 2: All of it is shown now.")
    own = large.now.of(ADA.email)
    assert achieved(large.town.program, own) == {large.large.id}


def test_more_is_asked_for_as_often_as_the_program_allows(large: Round) -> None:
    town, chances = large.town, large.town.program.rules.review.chances
    for number in range(2, chances + 2):
        large.answer_all()
        town.say(REV[1], f"rate {number} all met")
        large.rate_by_rob(number, large.asked[:1])
        town.say(ROB[1], f"rate {number} the rest met")
        told = town.say(ADE[1], f"ask more {number} {large.asked[0]}: Still not your own part.")
        assert ("Decided" in told) == (number <= chances)

    last = chances + 1
    assert f"{chances} time(s) already, which is all that the program allows" in told
    assert len(large.now.submissions) == last
    assert large.now.submissions[last].open
    assert large.now.submissions[last].round == last
    town.say(SAL[1], f"approve {last}: It is enough.")
    assert achieved(town.program, large.now.of(ADA.email)) == {large.large.id}
