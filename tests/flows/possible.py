"""What there is to be spoken about at one moment, and what is nothing to somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from bot.domain.rules import Outcome, Route
from bot.domain.sections import SectionKind
from bot.domain.submission import Submission
from bot.domain.verdict import proposed
from tests.flows.town import CANDIDATES, REVIEWERS, Town
from tests.flows.view import View

NOBODYS = 987654
NOBODYS_CODE = "R-2222-2223"
T = TypeVar("T")
Nothing = tuple[str, str, str]  # words, a number or code, and one that nobody has

# What can be said about a number of each kind, by whoever it may be.
REVIEWING = (
    "claim {n}",
    "release {n}",
    "dossier {n}",
    "open {n} 1",
    "rate {n} all met",
    "ratings {n}",
)
DECIDING = (
    "approve {n}: It is all there.",
    "ask more {n}: More is wanted.",
    "recommend course {n}: Better so.",
)
OWNING = (
    "submission {n}",
    "withdraw submission {n}",
    "confirmation {n}",
)
APPEALING = ("appeal {n}", "notice {n}", "file notice {n}")
SHARING = (
    "look at share {n}",
    "look at share {n} {set}",
    "look at share {n}",
    "look at share {n} {set} statement",
    "open share {n} {file}",
    "unshare {n}",
    "comment share {n}: Well done.",
)
TRACKING = ("{own} filed appeal {n}", "show appeal case {n}", "appeal result {n} {result}: No.")
NAMING = ("file 1 answers {n}", "{n}")  # the latter with a file
LISTS = ("queue", "my reviews", "submissions", "requests", "files", "shared with me", "appeals")


def one_of(found: Sequence[T], k: int) -> T:
    """The one that a number picks, whatever the number."""
    return found[k % len(found)]


class Possible:
    """The town's people and numbers as they are now."""

    def __init__(self, town: Town, now: View) -> None:
        self.program, self.now = town.program, now
        self._small = town.small_set

    def owner(self, one: Submission) -> str:
        """Whose it is."""
        return next(who for who in CANDIDATES if self.now.number(who) == one.person_id)

    def open(self) -> list[Submission]:
        """What is on its way."""
        return [s for s in self.now.submissions.values() if s.open]

    def not_begun(self) -> list[Submission]:
        """What its candidate could take back."""
        return [s for s in self.open() if not s.started]

    def wanting(self) -> list[str]:
        """The candidates of whom more is wanted."""
        return [who for who in CANDIDATES if self.now.mine(who)]

    def refused(self) -> list[Submission]:
        """What did not end with an approval."""
        every = self.now.submissions.values()
        return [s for s in every if s.decision and s.decision.outcome != Outcome.APPROVED]

    def claimable(self) -> list[Submission]:
        """What has a free place."""
        places = self.program.rules.review.reviewers
        return [s for s in self.open() if len(s.claims) < places[s.route]]

    def claimed(self) -> list[tuple[str, Submission]]:
        """Who has taken on which portfolio."""
        portfolios = [s for s in self.open() if s.route is Route.PORTFOLIO]
        pairs = ((who, s) for who in REVIEWERS for s in portfolios)
        return [(who, s) for who, s in pairs if s.claimed_by(self.now.number(who))]

    def decidable(self) -> list[Submission]:
        """What nothing is lacking of for a decision."""
        return [s for s in self.open() if s.route is Route.COURSE or self._is_rated(s)]

    def submittable(self, who: str) -> list[str]:
        """The titles of sets with a certificate, and of the smallest set."""
        filed = {s for e in self.now.held(who) for s in e.filing.sections}
        papers = (s for s in self.program.sections if s.kind is SectionKind.CERTIFICATE)
        sets = [self.program.set(s.set_id).title for s in papers if s.id in filed]
        return [*sets, self._small.title]

    def titles_of_files(self, owner: int) -> list[str]:
        """The titles of the sets that somebody has files in, and of the first one."""
        filed = {s for e in self.now.evidence[owner] for s in e.filing.sections}
        sets = {s.set_id for s in self.program.sections if s.id in filed and s.set_id}
        return [s.title for s in self.program.sets if s.id in sets] or [self.title(0)]

    def title(self, k: int) -> str:
        """A set's title."""
        return one_of(self.program.sets, k).title

    def section(self, k: int) -> str:
        """A section of the smallest set, or none."""
        return one_of((*(s.id for s in self.program.sections_of(self._small.id)), "NO-SUCH-1"), k)

    def file(self, who: str, k: int) -> int:
        """The number of one of somebody's files, or of none."""
        return 1 + k % (len(self.now.held(who)) + 1)

    @property
    def later_steps(self) -> int:
        """How many steps of an appeal there are after its notice."""
        appeal = self.program.rules.appeal
        return len(appeal.steps) - 1 if appeal else 0

    def appeal_step(self, k: int) -> str:
        """The id of a later step of an appeal."""
        appeal = self.program.rules.appeal
        return one_of(appeal.steps[1:], k).id if appeal else ""

    def result(self, k: int) -> str:
        """What an appeal may end with."""
        appeal = self.program.rules.appeal
        return one_of(appeal.results, k).title if appeal else ""

    def not_for(self, who: str) -> Iterator[list[Nothing]]:
        """What is nothing to somebody, kind by kind."""
        own, now = self.now.number(who), self.now
        every = (*OWNING, *APPEALING, *REVIEWING, *DECIDING)
        theirs = (s for s in now.submissions.values() if not now.reads(who, s.person_id))
        yield [nothing for one in theirs for nothing in _all(every, one.id)]
        between = ((s, {s.owner_id, s.mentor_id}) for s in now.shares.values())
        sharing = tuple(
            words.replace("{set}", self.title(0)).replace("{file}", "1") for words in SHARING
        )
        yield [n for s, both in between if own not in both for n in _all(sharing, s.id)]
        ended = (s for s in now.shares.values() if s.mentor_id == own and not s.active(now.now))
        yield [nothing for one in ended for nothing in _all(sharing[:5], one.id)]
        tracking = (f"{self.appeal_step(0)} filed appeal {{n}}", TRACKING[1])
        cases = (a for a in now.appeals.values() if a.person_id != own)
        yield [nothing for one in cases for nothing in _all(tracking, one.id)]
        codes = [r.token for r in now.requests if r.person_id != own]
        yield [(words, one, NOBODYS_CODE) for one in codes for words in NAMING]

    def _is_rated(self, one: Submission) -> bool:
        rule = self.program.rules.review
        return proposed(one, self.program.set(one.set_id), rule) is not None


def _all(every: Sequence[str], number: int) -> Iterator[Nothing]:
    for words in every:
        yield words, str(number), str(NOBODYS)
