"""What candidates may say next: each move picks its numbers by what there is."""

from __future__ import annotations

from collections import Counter

from bot.domain.rules import Route
from tests.cast import MIA, REV
from tests.flows.laws import Laws
from tests.flows.possible import APPEALING, SHARING, Possible, one_of
from tests.flows.town import PLAIN, STAFF, Town

_ELSEWHERE = ("move {n} to {to}", "also {n} in {to}", "remove {n}", "undo")


class CandidateMoves:
    """People who say things; every law is looked at after each.

    `who` is a candidate, `k` and `n` are any numbers. `reached` counts what came of it.
    """

    def __init__(self, town: Town, reached: Counter[str]) -> None:
        self.town, self.reached = town, reached
        self.said = 0
        self.laws = Laws(town)
        self.there = Possible(town, self.laws.now)

    def say(self, who: str, text: str, *names: str) -> str:
        """Somebody says something, perhaps with files."""
        self.said += 1
        answer = self.town.say(who, text, *names)
        self.look()
        return answer

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

    def withdraw(self, _: str, k: int, n: int) -> None:
        """Takes a submission back, most often one whose review has not begun."""
        if found := (n % 3 and self.there.not_begun()) or self.there.open():
            one = one_of(found, k)
            self.say(self.there.owner(one), f"withdraw submission {one.id}")

    def answer_request(self, _: str, k: int, n: int) -> None:
        """Sends what was asked for, or names a file that is there."""
        if not self.there.wanting():
            return
        who = one_of(self.there.wanting(), k)
        wanted = one_of(self.there.now.mine(who), n)
        if n % 3:
            self.say(who, wanted.token, f"more {self.town.word(who)}.txt")
            return
        there = [e.number for e in self.there.now.held(who) if wanted.section in e.filing.sections]
        number = one_of((*there, self.there.file(who, k)), k)
        self.say(who, f"file {number} answers {wanted.token}")

    def appeal(self, _: str, k: int, n: int) -> None:
        """Appeals against a decision, step by step."""
        if not self.there.refused():
            return
        one, words = one_of(self.there.refused(), k), one_of(APPEALING, n)
        if words.startswith("file") and k % 3:
            self.say(self.there.owner(one), f"notice {one.id}")
        self.say(self.there.owner(one), words.format(n=one.id))

    def go_on_with_an_appeal(self, _: str, k: int, n: int) -> None:
        """The next step of either side, or the end of it; now and then another step."""
        if not self.there.now.appeals:
            return
        case = one_of(tuple(self.there.now.appeals.values()), k)
        step = self.there.appeal_step(n if n % 4 == 3 else len(case.taken) - 1)
        owner = self.there.owner(self.there.now.submissions[case.submission_id])
        if not case.filed:
            self.say(owner, f"file notice {case.submission_id}")
        elif len(case.taken) > self.there.later_steps:
            result = self.there.result(n)
            self.say(one_of(STAFF, k), f"appeal result {case.id} {result}: As published.")
        else:
            self.say(owner, f"{step} filed appeal {case.id}")
            self.say(one_of(STAFF, k), f"appeal step {case.id} {step}")

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
        own = words.startswith("unshare") or n > 20
        number = one.owner_id if own else one.mentor_id
        who = next(email for email, p in self.there.now.people.items() if p.id == number)
        title = one_of(self.there.titles_of_files(one.owner_id), k // 2)
        files = len(self.there.now.evidence[one.owner_id])
        self.say(who, words.format(n=one.id, set=title, file=1 + n % (files + 1)))

    def look(self) -> None:
        """Looks at every law, and at what there is now."""
        self.there = Possible(self.town, self.laws.check())
