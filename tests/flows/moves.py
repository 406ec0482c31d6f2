"""What people may say next: each move picks its speaker and its numbers by what there is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.domain.review import left_to_rate
from bot.domain.rules import Route
from bot.domain.submission import Submission
from tests.cast import DOT, MIA
from tests.flows.candidate_moves import CandidateMoves
from tests.flows.possible import (
    APPEALING,
    DECIDING,
    LISTS,
    NOBODYS,
    OWNING,
    REVIEWING,
    SHARING,
    TRACKING,
    one_of,
)
from tests.flows.town import EVERYBODY, PLAIN, REVIEWERS, STAFF


class Moves(CandidateMoves):
    """What candidates, reviewers, staff and others say, and time that passes."""

    def go_on_with_a_review(self, _: str, k: int, n: int) -> None:
        """The next step that is lacking: a reviewer, ratings, or the decision."""
        if not self.there.open():
            return
        one = one_of(self.there.open(), k)
        if one in self.there.decidable():
            self._decide(one, n)
            return
        own = (who for who in REVIEWERS if one.claimed_by(self.there.now.number(who)))
        if late := next((who for who in own if self._left(one, who)), ""):
            self._rate(late, one, n)
            return
        for who in REVIEWERS:
            self.say(who, f"claim {one.id}")

    def review(self, _: str, k: int, n: int) -> None:
        """Rates it, reads it, asks for the ratings, gives it back."""
        if self.there.claimed():
            who, one = one_of(self.there.claimed(), k)
            self.say(who, one_of(REVIEWING, n).format(n=one.id))

    def look_around(self, _: str, k: int, n: int) -> None:
        """A reviewer asks for what may be somebody else's to review, or their own work."""
        if found := self.there.now.submissions:
            words = one_of(("claim {n}", "claim {n}", *REVIEWING), k // 2)
            self.say(one_of(REVIEWERS, k), words.format(n=one_of(tuple(found), n)))

    # what anybody says, and time

    def out_of_turn(self, _: str, k: int, n: int) -> None:
        """Anything about any number, by anybody."""
        every = (*OWNING, *APPEALING, *REVIEWING, *DECIDING, *SHARING, *TRACKING, *LISTS)
        who, words = one_of(EVERYBODY, k), one_of(every, 24 * k + n)
        parts = {"own": self.there.appeal_step(0), "result": self.there.result(k)}
        number = one_of((1, 2, 1, 3, 2, 4, NOBODYS), k + n)
        self.say(who, words.format(n=number, set=self.there.title(k), file=1, **parts))

    def name_what_is_anothers(self, _: str, k: int, n: int) -> None:
        """It looks as if it did not exist, and nothing is kept of it."""
        who = one_of((*PLAIN, MIA[1], *PLAIN, DOT), n)
        about = [those for those in self.there.not_for(who) if those]
        if not about:
            return
        words, number, nobodys = one_of(one_of(about, k), k * 24 + n)
        names = ("probe.txt",) if words == "{n}" else ()
        before = self.town.tables()
        told = self.say(who, words.format(n=number), *names)
        blank = self.say(who, words.format(n=nobodys), *names)
        assert _without(told, number) == _without(blank, nobodys), (who, words, number)
        assert self.town.tables() == before, (who, words, number)
        self.reached["named another's"] += 1

    def time_passes(self, _: str, k: int, __: int) -> None:
        """The clock goes on."""
        self.town.house.clock.forward(timedelta(days=one_of((1, 5, 1, 12, 40), k)))
        self.look()

    def _rate(self, who: str, one: Submission, n: int) -> None:
        competency = one_of(self.town.program.set(one.set_id).competencies, n).id
        self.town.points += 1
        point = f"Your own part is missing, point{self.town.points:04}."
        lines = (
            "{n} all met",
            f"{{n}} {competency} not-met: {point}",
            "{n} the rest met",
            f"{{n}} {competency} partially: {point}",
        )
        self.say(who, f"rate {one_of(lines, n)}".format(n=one.id))

    def _decide(self, one: Submission, n: int) -> None:
        words = one_of(DECIDING, n)
        if "more" in words and one.route is Route.PORTFOLIO:
            ids = [c.id for c in self.town.program.set(one.set_id).competencies]
            words = words.replace(":", f" {' '.join(ids[: 1 + n % 3])}:")
        self.say(one_of(STAFF, n // 3), words.format(n=one.id))
        if decision := self.there.now.submissions[one.id].decision:
            self.reached[decision.outcome] += 1

    def _left(self, one: Submission, who: str) -> tuple[str, ...]:
        competency_set = self.town.program.set(one.set_id)
        return left_to_rate(one, competency_set, self.there.now.number(who))


Move = Callable[[Moves, str, int, int], None]

MOVES: Mapping[str, Move] = {
    move.__name__: move
    for move in (
        Moves.choose,
        Moves.file_one,
        Moves.put_elsewhere,
        Moves.state,
        Moves.submit,
        Moves.withdraw,
        Moves.answer_request,
        Moves.appeal,
        Moves.go_on_with_an_appeal,
        Moves.share,
        Moves.use_a_share,
        Moves.go_on_with_a_review,
        Moves.review,
        Moves.look_around,
        Moves.out_of_turn,
        Moves.name_what_is_anothers,
        Moves.time_passes,
    )
}
OFTEN = (
    *("go_on_with_a_review",) * 6,
    *("answer_request", "name_what_is_anothers", "use_a_share") * 2,
    *("submit", "file_one", "go_on_with_an_appeal"),
)


def _without(answer: str, number: str) -> str:
    """The answer, with the number that it was asked about left out; choices have numbers too."""
    unnumbered = re.sub(r"(?m)^  \d+\. ", "- ", answer)
    return re.sub(rf"\b{re.escape(number)}\b", "THAT", unnumbered)
