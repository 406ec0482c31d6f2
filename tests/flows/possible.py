"""What there is to be spoken about at one moment, and what is nothing to somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from bot.domain.program import SectionKind
from bot.domain.rules import Outcome, Route
from bot.domain.submission import Submission
from bot.domain.verdict import proposed
from tests.flows.town import CANDIDATES, REVIEWERS, Town
from tests.flows.view import View

NOBODYS = 987654
NOBODYS_CODE = "R-2222-2223"
T = TypeVar("T")

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
    "look at share {n} {set} statement",
    "unshare {n}",
    "open share {n} 1",
    "comment share {n}: Well done.",
)
TRACKING = ("{own} filed appeal {n}", "show appeal case {n}", "appeal result {n} {result}: No.")
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

    def title(self, k: int) -> str:
        """A set's title."""
        return one_of(self.program.sets, k).title

    def section(self, k: int) -> str:
        """A section of the smallest set, or none."""
        return one_of((*(s.id for s in self.program.sections_of(self._small.id)), "NO-SUCH-1"), k)

    def file(self, who: str, k: int) -> int:
        """The number of one of somebody's files, or of none."""
        return 1 + k % (len(self.now.held(who)) + 1)

    def appeal_step(self, k: int) -> str:
        """The id of a later step of an appeal."""
        appeal = self.program.rules.appeal
        return one_of(appeal.steps[1:], k).id if appeal else ""

    def result(self) -> str:
        """What an appeal may end with."""
        appeal = self.program.rules.appeal
        return appeal.results[0] if appeal else ""

    def not_for(self, who: str) -> Iterator[tuple[str, str, str]]:
        """What is nothing to somebody: words, the number or code, and one that nobody has."""
        own, now = self.now.number(who), self.now
        every = (*OWNING, *APPEALING, *REVIEWING, *DECIDING)
        for one in now.submissions.values():
            yield from _all(() if now.reads(who, one.person_id) else every, one.id)
        sharing = tuple(words.replace("{set}", self.title(0)) for words in SHARING)
        for share in now.shares.values():
            yield from _all(() if own in {share.owner_id, share.mentor_id} else sharing, share.id)
        tracking = (f"{self.appeal_step(0)} filed appeal {{n}}", *TRACKING[1:2])
        for case in now.appeals.values():
            yield from _all(() if own == case.person_id else tracking, case.id)
        for request in (r for r in now.requests if r.person_id != own):
            yield "file 1 answers {n}", request.token, NOBODYS_CODE
            yield "{n}", request.token, NOBODYS_CODE

    def _is_rated(self, one: Submission) -> bool:
        rule = self.program.rules.review
        return proposed(one, self.program.set(one.set_id), rule) is not None


def _all(every: Sequence[str], number: int) -> Iterator[tuple[str, str, str]]:
    for words in every:
        yield words, str(number), str(NOBODYS)
