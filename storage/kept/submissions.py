"""Frozen snapshots and their reviews."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import cache
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, insert, select, update

from bot.domain.people import Person
from bot.domain.rules import Route
from bot.domain.submission import OPEN_STAGES, Item, Stage, Submission
from bot.errors import Overtaken
from storage.columns import fits
from storage.dialects import insert_once
from storage.kept.reaching import SqlAnnouncements
from storage.kept.submission_rows import (
    Review,
    items_adapter,
    review_adapter,
    submission_of,
    without_items,
)
from storage.tables import claims, submissions

_UNREADABLE = (ValueError, TypeError)  # what a row raises that somebody wrote into by hand


class SqlSubmissions:
    """Submissions in their table; see `bot.ports.Submissions` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

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
        """A new submission, waiting; the database itself allows one open one for each set."""
        decision = follows.decision if follows else None
        return self._put(
            {
                "person_id": person.id,
                "set_id": set_id,
                "route": route.value,
                "round": follows.round + 1 if follows else 1,
                "follows": follows.id if follows else None,
                "asked": decision.sections if decision else (),
                "items": items_adapter().dump_json(tuple(items)).decode(),
                "submitted_at": at,
            }
        )

    def judge_again(self, submission: Submission, *, at: datetime) -> Submission:
        """The same items, waiting once more, in the round that they were decided in."""
        return self._put(
            {
                "person_id": submission.person_id,
                "set_id": submission.set_id,
                "route": submission.route.value,
                "round": submission.round,
                "follows": submission.id,
                "asked": (),
                "items": items_adapter().dump_json(submission.items).decode(),
                "submitted_at": at,
            }
        )

    def get(self, number: int) -> Submission | None:
        """The submission of that number, of any candidate."""
        if not fits(number):
            return None
        row = self._connection.execute(_one(), {"number": number}).first()
        return submission_of(row) if row is not None else None

    def of(self, person: Person) -> tuple[Submission, ...]:
        """All of the candidate's submissions, oldest first."""
        rows = self._connection.execute(_own(), {"person": person.id})
        return tuple(submission_of(row) for row in rows)

    def save(self, submission: Submission, *, at: datetime) -> bool:
        """Keeps the review's new state; what is decided or withdrawn stays so."""
        review = Review(
            claims=submission.claims, ratings=submission.ratings, decision=submission.decision
        )
        unchanged = (
            submissions.c.id == submission.id,
            submissions.c.version == submission.version,
            submissions.c.stage.in_([stage.value for stage in OPEN_STAGES]),
        )
        saved = self._connection.execute(
            update(submissions)
            .where(*unchanged)
            .values(
                stage=submission.stage.value,
                decided_at=submission.decision.at if submission.decision else None,
                review=review_adapter().dump_json(review).decode(),
                version=submission.version + 1,
            )
        )
        if saved.rowcount == 1:
            self._note_claims(submission)
            self._mark(submission.id, at)
        return saved.rowcount == 1

    def claimed_by(self, person: Person) -> tuple[Submission, ...]:
        """The open submissions that the person has taken on, oldest first."""
        rows = self._connection.execute(_claimed(), {"person": person.id})
        return tuple(submission_of(row) for row in rows)

    def in_stages(
        self, stages: Sequence[Stage], *, limit: int, after: int = 0
    ) -> tuple[Submission, ...]:
        """The oldest submissions in those stages, those with a number above `after`.

        Asks stage by stage, so that each answer is the beginning of a piece of the index.
        """
        return tuple(map(submission_of, self._oldest(_page(items=True), stages, limit, after)))

    def standing_in(
        self, stages: Sequence[Stage], *, limit: int, after: int = 0
    ) -> tuple[Submission, ...]:
        """The same without their items."""
        return tuple(map(without_items, self._oldest(_page(items=False), stages, limit, after)))

    def page(
        self, *, limit: int, after: int | None = None
    ) -> tuple[tuple[int, Submission | None], ...]:
        """The first numbers of all, or of those above `after`, with what stands there."""
        query = select(submissions.c.id).order_by(submissions.c.id).limit(limit)
        above = query if after is None else query.where(submissions.c.id > after)
        numbers = self._connection.execute(above).scalars().all()
        try:
            found = self._read(numbers)
        except _UNREADABLE:
            found = {number: self._readable(number) for number in numbers}
        return tuple((number, found[number]) for number in numbers if number in found)

    def known(self, numbers: Collection[int]) -> frozenset[int]:
        """Those of the numbers that a submission has."""
        own = submissions.c.id.in_([number for number in numbers if fits(number)])
        return frozenset(self._connection.execute(select(submissions.c.id).where(own)).scalars())

    def count(self, stages: Sequence[Stage]) -> int:
        """How many submissions are in those stages."""
        any_of = submissions.c.stage.in_([stage.value for stage in stages])
        query = select(func.count()).select_from(submissions).where(any_of)
        return self._connection.execute(query).scalar_one()

    def decided(self, route: Route, *, limit: int) -> tuple[Submission, ...]:
        """The newest decided submissions of a route, newest first."""
        rows = self._connection.execute(_decided(), {"route": route.value, "most": limit})
        return tuple(submission_of(row) for row in rows)

    def _oldest(
        self, query: Select[Any], stages: Sequence[Stage], limit: int, after: int
    ) -> Iterator[Row[Any]]:
        pages = [
            self._connection.execute(
                query, {"stage": stage.value, "after": after, "most": limit}
            ).all()
            for stage in dict.fromkeys(stages)
        ]
        return islice(merge(*pages, key=lambda row: row.id), limit)

    def _read(self, numbers: Sequence[int]) -> dict[int, Submission | None]:
        rows = self._connection.execute(select(submissions).where(submissions.c.id.in_(numbers)))
        return {row.id: submission_of(row) for row in rows}

    def _readable(self, number: int) -> Submission | None:
        try:
            return self._read((number,)).get(number)
        except _UNREADABLE:
            return None

    def _put(self, made_of: dict[str, Any]) -> Submission:
        values = {
            **made_of,
            "stage": Stage.WAITING.value,
            "review": review_adapter().dump_json(Review()).decode(),
            "version": 0,
        }
        made = insert_once(self._connection, submissions, values)
        if made is None:
            raise Overtaken(
                "This set is submitted already and waits for its review: withdraw that "
                "submission first, or wait for the decision."
            )
        self._mark(made.id, values["submitted_at"])
        return submission_of(self._connection.execute(_one(), {"number": made.id}).one())

    def _mark(self, number: int, at: datetime) -> None:
        SqlAnnouncements(self._connection).mark(f"submission:{number}", at=at)

    def _note_claims(self, submission: Submission) -> None:
        """An index for the question whose reviews are under way: none are when it has ended."""
        self._connection.execute(delete(claims).where(claims.c.submission_id == submission.id))
        taken = submission.claims if submission.open else ()
        rows = [{"submission_id": submission.id, "reviewer": one.reviewer} for one in taken]
        if rows:
            self._connection.execute(insert(claims), rows)


# Building a question takes longer than answering it.
@cache
def _one() -> Select[Any]:
    return select(submissions).where(submissions.c.id == bindparam("number"))


@cache
def _own() -> Select[Any]:
    own = submissions.c.person_id == bindparam("person")
    return select(submissions).where(own).order_by(submissions.c.id)


@cache
def _claimed() -> Select[Any]:
    query = select(submissions).join(claims).where(claims.c.reviewer == bindparam("person"))
    return query.order_by(submissions.c.id)


@cache
def _page(*, items: bool) -> Select[Any]:
    query = select(*(each for each in submissions.c if items or each.name != "items"))
    of_stage = submissions.c.stage == bindparam("stage")
    younger = submissions.c.id > bindparam("after")
    return query.where(of_stage, younger).order_by(submissions.c.id).limit(bindparam("most"))


@cache
def _decided() -> Select[Any]:
    by_route = (submissions.c.route == bindparam("route"), submissions.c.decided_at.is_not(None))
    newest = (submissions.c.decided_at.desc(), submissions.c.id.desc())
    return select(submissions).where(*by_route).order_by(*newest).limit(bindparam("most"))
