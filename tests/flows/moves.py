"""What people may say next: each move picks its speaker and its numbers by what there is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.domain.review import left_to_rate
from bot.domain.rules import Route
from bot.domain.submission import Submission
from tests.cast import DOT, MIA, REV
from tests.flows.laws import Laws
from tests.flows.possible import (
    APPEALING,
    DECIDING,
    LISTS,
    NOBODYS,
    OWNING,
    REVIEWING,
    SHARING,
    TRACKING,
    Possible,
    one_of,
)
from tests.flows.town import EVERYBODY, PLAIN, REVIEWERS, STAFF, Town

_ELSEWHERE = ("move {n} to {to}", "also {n} in {to}", "remove {n}", "undo")


class Moves:
    """People who say things; every law is looked at after each.

    `who` is a candidate, `k` and `n` are any numbers. `reached` counts what came of it.
    """

    def __init__(self, town: Town, reached: Counter[str]) -> None:
        self.town, self.reached = town, reached
        self.laws = Laws(town)
        self.there = Possible(town, self.laws.now)

    def say(self, who: str, text: str, *names: str) -> str:
        """Somebody says something, perhaps with files."""
        answer = self.town.say(who, text, *names)
        self._look()
        return answer

    # what candidates say

    def choose(self, who: str, k: int, n: int) -> None:
        """Chooses or drops electives, or takes another route for a set."""
        verb = one_of(("choose", "drop", "choose", *Route), n)
        if verb in tuple(Route):
            self.say(who, f"prove {self.there.title(k)} by {verb}")
            return
        titles = [s.title for s in self.town.program.elective_sets]
        several = verb == "choose" and k > 18
        self.say(who, f"{verb} {', '.join(titles[: k - 15]) if several else one_of(titles, k)}")

    def file_one(self, who: str, k: int, n: int) -> None:
        """Sends a certificate for a set, or a file for a competency."""
        one = one_of(self.town.program.sets, k)
        competency = one_of((*one.competencies, *self.town.small_set.competencies), n)
        caption = f"{self.town.program.words.certificate} for {one.title}"
        caption = f"for {competency.id}" if n % 3 == 2 else caption
        self.say(who, caption, f"proof {self.town.word(who)}.txt")

    def put_elsewhere(self, who: str, k: int, n: int) -> None:
        """Moves a file, adds a section, takes it out, takes that back."""
        words = one_of(_ELSEWHERE, k + n)
        self.say(who, words.format(n=self.there.file(who, n), to=self.there.section(k)))

    def state(self, who: str, k: int, n: int) -> None:
        """Begins a statement, goes on with it, files it."""
        title = self.there.title(k)
        lines = (
            f"add to {title}: I learned of {self.town.word(who)} there.",
            f"write statement for {title} anyway",
            f"I learned of {self.town.word(who)} what nobody told me.",
            f"done with {title}",
        )
        for line in lines[n % 3 : n % 3 + 2]:
            self.say(who, line)

    def submit(self, who: str, k: int, n: int) -> None:
        """Submits a set, most often one that may be ready."""
        titles = self.there.submittable(who)
        self.say(who, f"submit {one_of((*titles, *titles, self.there.title(n)), k)}")

    def withdraw(self, _: str, k: int, __: int) -> None:
        """Takes a submission back whose review has not begun."""
        if found := self.there.not_begun():
            one = one_of(found, k)
            self.say(self.there.owner(one), f"withdraw submission {one.id}")

    def answer_request(self, _: str, k: int, n: int) -> None:
        """Sends what was asked for, or names a file that is there."""
        if not self.there.wanting():
            return
        who = one_of(self.there.wanting(), k)
        token = one_of(self.there.now.mine(who), n).token
        if n % 4:
            self.say(who, token, f"more {self.town.word(who)}.txt")
        else:
            self.say(who, f"file {self.there.file(who, k)} answers {token}")

    def appeal(self, _: str, k: int, n: int) -> None:
        """Appeals against a decision, step by step."""
        if not self.there.refused():
            return
        one, words = one_of(self.there.refused(), k), one_of(APPEALING, n)
        if words.startswith("file") and k % 3:
            self.say(self.there.owner(one), f"notice {one.id}")
        self.say(self.there.owner(one), words.format(n=one.id))

    def go_on_with_an_appeal(self, _: str, k: int, n: int) -> None:
        """The next step of either side, or the end of it."""
        if not self.there.now.appeals:
            return
        case = one_of(tuple(self.there.now.appeals.values()), k)
        who, step = one_of(STAFF, k), self.there.appeal_step(n)
        owner = self.there.owner(self.there.now.submissions[case.submission_id])
        self.say(owner, f"{step} filed appeal {case.id}")
        self.say(who, f"appeal step {case.id} {step}")
        if n > 16:
            self.say(who, f"appeal result {case.id} {self.there.result()}: As published.")

    def share(self, who: str, k: int, n: int) -> None:
        """Shares a set or everything with a mentor, a reviewer or another candidate."""
        whom = one_of((MIA[1], MIA[1], REV[1], *PLAIN), n)
        what = self.there.title(k) if n % 3 else "all"
        self.say(who, f"share {what} with {whom} for {1 + k} days")

    def use_a_share(self, _: str, k: int, n: int) -> None:
        """Looks at what is shared, speaks about it, or ends it."""
        if not self.there.now.shares:
            return
        one, words = one_of(tuple(self.there.now.shares.values()), k), one_of(SHARING, n)
        own = words.startswith("unshare") or n > 18
        number = one.owner_id if own else one.mentor_id
        who = next(email for email, p in self.there.now.people.items() if p.id == number)
        self.say(who, words.format(n=one.id, set=self.there.title(k)))

    # what reviewers and staff say

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

    # what anybody says, and time

    def out_of_turn(self, _: str, k: int, n: int) -> None:
        """Anything about any number, by anybody."""
        every = (*OWNING, *APPEALING, *REVIEWING, *DECIDING, *SHARING, *TRACKING, *LISTS)
        who, words = one_of(EVERYBODY, k), one_of(every, 24 * k + n)
        parts = {"own": self.there.appeal_step(0), "result": self.there.result()}
        number = one_of((1, 2, 1, 3, 2, 4, NOBODYS), k + n)
        self.say(who, words.format(n=number, set=self.there.title(k), **parts))

    def name_what_is_anothers(self, _: str, k: int, n: int) -> None:
        """It looks as if it did not exist, and nothing is kept of it."""
        who = one_of((*PLAIN, MIA[1], *PLAIN, DOT), n)
        about = list(self.there.not_for(who))
        if not about:
            return
        words, number, nobodys = one_of(about, k * 24 + n)
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
        self._look()

    def _look(self) -> None:
        self.there = Possible(self.town, self.laws.check())

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
        Moves.out_of_turn,
        Moves.name_what_is_anothers,
        Moves.time_passes,
    )
}
OFTEN = ("go_on_with_a_review",) * 5 + ("answer_request",) * 3 + ("submit", "file_one") * 2


def _without(answer: str, number: str) -> str:
    """The answer, with the number that it was asked about left out."""
    return re.sub(rf"\b{re.escape(number)}\b", "THAT", answer)
