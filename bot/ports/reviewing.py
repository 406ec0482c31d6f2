"""What is kept of submissions, requests, appeals and statements.

What several people may change at once is saved by comparing its version: `save` gives False, and
changes nothing, when somebody was faster.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.appeal import Appeal
from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.people import Person
from bot.domain.rules import Route
from bot.domain.statement import StatementVersion, Writing
from bot.domain.submission import Item, Stage, Submission


class Submissions(Protocol):
    """Frozen snapshots and their reviews. The items of a submission never change.

    What is kept here is marked in the announcements.
    """

    def add(
        self,
        person: Person,
        *,
        set_id: str,
        route: Route,
        items: Sequence[Item],
        at: datetime,
        follows: Submission | None = None,
    ) -> Submission:
        """A new submission, waiting; it is of the next round when it `follows` a decided one.

        Its `asked` are then that decision's sections. Raises `Refused` while another submission
        of the same candidate and set is open.
        """
        ...

    def judge_again(self, submission: Submission, *, at: datetime) -> Submission:
        """A decided one put before its reviewers once more: a new one of the same items, waiting.

        It follows that one in the same round, and nothing is `asked`. Raises `Refused` while
        another submission of the same candidate and set is open.
        """
        ...

    def get(self, number: int) -> Submission | None:
        """The submission of that number, of any candidate."""
        ...

    def of(self, person: Person) -> tuple[Submission, ...]:
        """All of the candidate's submissions, oldest first."""
        ...

    def save(self, submission: Submission, *, at: datetime) -> bool:
        """Keeps the review's new state, if nobody changed it since it was read (by `version`)."""
        ...

    def in_stages(
        self, stages: Sequence[Stage], *, limit: int, after: int = 0
    ) -> tuple[Submission, ...]:
        """The oldest submissions in those stages, those with a number above `after`."""
        ...

    def standing_in(
        self, stages: Sequence[Stage], *, limit: int, after: int = 0
    ) -> tuple[Submission, ...]:
        """The same without their items, which are by far the most of them."""
        ...

    def page(
        self, *, limit: int, after: int | None = None
    ) -> tuple[tuple[int, Submission | None], ...]:
        """The first numbers of all, or of those above `after`, in order, with what stands there.

        None stands for what cannot be read any more.
        """
        ...

    def known(self, numbers: Collection[int]) -> frozenset[int]:
        """Those of the numbers (some hundred at most) that a submission has."""
        ...

    def claimed_by(self, person: Person) -> tuple[Submission, ...]:
        """The open submissions that the person has taken on, oldest first."""
        ...

    def count(self, stages: Sequence[Stage]) -> int:
        """How many submissions are in those stages."""
        ...

    def decided(self, route: Route, *, limit: int) -> tuple[Submission, ...]:
        """The newest decided submissions of a route, newest first."""
        ...


class EvidenceRequests(Protocol):
    """What more is wanted, by section."""

    def add(
        self, person: Person, *, submission: Submission, section: str, token: str, at: datetime
    ) -> EvidenceRequest:
        """A new request; the same submission and section again gives the one there is."""
        ...

    def of(self, person: Person) -> tuple[EvidenceRequest, ...]:
        """All requests to the candidate, oldest first."""
        ...

    def by_token(self, token: str) -> EvidenceRequest | None:
        """The request that a token names, of any candidate."""
        ...

    def close(self, request: EvidenceRequest, *, evidence: int, at: datetime) -> bool:
        """Answers it with the file of that number; False when it is closed already."""
        ...

    def give_up(self, request: EvidenceRequest, *, at: datetime) -> bool:
        """Closes it without an answer; False when it is closed already."""
        ...

    def reopen(self, request: EvidenceRequest) -> None:
        """Lets it wait again."""
        ...


class Appeals(Protocol):
    """Appeals and their steps."""

    def add(
        self, person: Person, *, submission: Submission, decided_on: date, notice: str
    ) -> Appeal:
        """A drafted appeal; the same submission again gives the one there is."""
        ...

    def get(self, number: int) -> Appeal | None:
        """The appeal of that number, of any candidate."""
        ...

    def of(self, person: Person) -> tuple[Appeal, ...]:
        """The candidate's appeals, oldest first."""
        ...

    def open(self) -> tuple[Appeal, ...]:
        """Every appeal without a result, oldest first."""
        ...

    def save(self, appeal: Appeal) -> bool:
        """Keeps the new state, if nobody changed it since it was read (by `version`)."""
        ...


class Statements(Protocol):
    """Learning statements, every version of them, and who is writing where."""

    def save(
        self, person: Person, set_id: str, paragraphs: Sequence[str], *, at: datetime
    ) -> StatementVersion:
        """Keeps the next version; all earlier ones stay."""
        ...

    def versions(self, person: Person, set_id: str) -> tuple[StatementVersion, ...]:
        """Every version for that set, oldest first."""
        ...

    def all(self, person: Person) -> tuple[StatementVersion, ...]:
        """Every version for every set, oldest first."""
        ...

    def write(self, conversation: str, person: Person, set_id: str) -> None:
        """What the person says in the conversation goes to their statement for that set."""
        ...

    def writing(self, conversation: str) -> Writing | None:
        """Whose statement for which set is being written in the conversation, if any is."""
        ...

    def stop_writing(self, conversation: str) -> None:
        """What is said in the conversation goes to no statement any more."""
        ...


class Routes(Protocol):
    """How a candidate proves each set."""

    def of(self, person: Person) -> Mapping[str, Route]:
        """The route chosen for each set (by id); absent while nothing was chosen."""
        ...

    def choose(self, person: Person, set_id: str, route: Route) -> None:
        """Keeps the route for that set."""
        ...
