"""What was asked and not answered, grouped by nearness of meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

import numpy as np

from bot.domain.handover import Curated
from bot.domain.knowledge import Turn
from bot.domain.no_question import is_no_question
from bot.domain.people import Person
from bot.domain.rights import Action
from bot.knowledge.curated import nearest, vectors_of
from bot.knowledge.requests import beyond_documents
from bot.phrases.reporting import group_line
from bot.phrases.times import day_of
from bot.ports import UnitOfWork, Vectors
from bot.usecases.desk import Desk
from bot.usecases.permit import permit

NEAR = 0.7  # cosine to a group's first question; looser than sameness: one topic is one line
USUAL_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """What was declined, newest first, and what was done about such questions since.

    `passed_on` are numbers of questions to staff, by their words.
    """

    turns: tuple[Turn, ...]
    curated: tuple[Curated, ...]
    passed_on: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Declined questions of one meaning: how often, the newest of them, and what exists by now.

    `handover` and `curated` are numbers, None where there is nothing. `again` tells that the newest
    was declined although that answer was kept before.
    """

    count: int
    example: str
    newest: datetime
    handover: int | None
    curated: int | None
    again: bool


def see_declined(
    uow: UnitOfWork, person: Person, *, days: int, most: int, now: datetime
) -> Declined:
    """What the report is made of, for somebody who may see reports."""
    permit(uow, person, Action.REPORT, now=now)
    return declined(uow, days=days, most=most, now=now)


def declined(uow: UnitOfWork, *, days: int, most: int, now: datetime) -> Declined:
    """The same for whoever runs Carrel; no slow work, for use inside a transaction."""
    turns = uow.asked.declined(since=now - timedelta(days=days), limit=most)
    return Declined(
        turns=turns,
        curated=uow.curated.all(),
        passed_on=uow.handovers.asked_as(tuple({turn.question for turn in turns})),
    )


def grouped(desk: Desk, found: Declined) -> tuple[Group, ...]:
    """The groups, biggest first and of equal ones the newest; encodes every question once.

    Words that ask nothing are left out. It is slow: for use outside of a transaction.
    """
    asked = dict.fromkeys(turn.question for turn in found.turns)
    questions = tuple(one for one in asked if not is_no_question(one))
    if not questions:
        return ()
    vectors = desk.index.encoder(questions)
    kept = vectors_of(found.curated, desk.index.encoder)
    groups = (
        _group(desk, found, [questions[place] for place in places], vectors[places], kept)
        for places in _near_each_other(vectors)
    )
    return tuple(sorted(groups, key=lambda g: (g.count, g.newest), reverse=True))


def told(group: Group, zone: tzinfo) -> str:
    """A group in words, its day that of the zone."""
    return group_line(
        group.example,
        group.count,
        day_of(group.newest, zone),
        handover=group.handover,
        curated=group.curated,
        again=group.again,
    )


def _near_each_other(vectors: Vectors) -> list[list[int]]:
    """Places of rows, each with the first row before it that is near enough."""
    groups: list[list[int]] = []
    leaders = np.empty_like(vectors)
    for place, vector in enumerate(vectors):
        cosines = leaders[: len(groups)] @ vector
        best = int(cosines.argmax()) if groups else 0
        if groups and cosines[best] >= NEAR:
            groups[best].append(place)
        else:
            leaders[len(groups)] = vector
            groups.append([place])
    return groups


def _group(
    desk: Desk, found: Declined, questions: Sequence[str], vectors: Vectors, kept: Vectors
) -> Group:
    wanted = frozenset(questions)
    turns = [turn for turn in found.turns if turn.question in wanted]
    passed = [found.passed_on[q] for q in questions if q in found.passed_on]
    answers = (
        nearest(
            desk.program,
            found.curated,
            kept,
            question=question,
            vector=vector,
            strict=beyond_documents(question) is not None,
        )
        for question, vector in zip(questions, vectors, strict=True)
        if found.curated
    )
    answer = next((one for one in answers if one), None)
    return Group(
        count=len(turns),
        example=turns[0].question,
        newest=turns[0].at,
        handover=max(passed, default=None),
        curated=answer.id if answer else None,
        again=bool(answer and turns[0].at > answer.at),
    )
