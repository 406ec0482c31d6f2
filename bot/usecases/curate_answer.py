"""Make a reply of staff the answer from now on, list such answers, withdraw and check them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.handover import Curated
from bot.domain.limits import check_words
from bot.domain.people import Person
from bot.domain.rights import Action
from bot.errors import NotFound, Refused
from bot.knowledge.curated import near, pack_vector, says_enough
from bot.knowledge.lexical import words
from bot.knowledge.requests import beyond_documents
from bot.ports import UnitOfWork, Vectors
from bot.usecases.answer_handover import question as find_question
from bot.usecases.answer_question import answer, find
from bot.usecases.desk import Desk
from bot.usecases.permit import permit


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A question that has to be answered by a curated answer."""

    curated: Curated
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A probe, and what answers its question now: a curated answer's number, or None."""

    probe: Probe
    answered_by: int | None

    @property
    def ok(self) -> bool:
        """Whether it is answered as it has to be."""
        return self.answered_by == self.probe.curated.id


def curate(
    uow: UnitOfWork, desk: Desk, person: Person, number: int, *, wording: str, now: datetime
) -> Curated:
    """Makes the reply to that question the answer for everyone who asks `wording`.

    Without a wording, the question counts as it was asked. The answer stays that of the person who
    replied, with the day of the reply.
    """
    permit(uow, person, Action.CURATE, now=now)
    handed = find_question(uow, person, number, now=now)
    owner = uow.people.get(handed.answered_by) if handed.answered_by else None
    if owner is None or handed.answered_at is None:
        raise Refused(
            f"Question {number} has no reply yet. Say first: answer {number}: YOUR REPLY."
        )
    question = " ".join((wording or handed.question).split())
    _check_wording(uow, number, question)
    index = desk.index
    alone = index.speller.correct(question)
    vector = index.encoder([alone])[0]
    new = Curated(
        question=question,
        answer=handed.answer,
        owner_id=owner.id,
        owner=owner.name,
        handover=number,
        encoder=index.encoder.id,
        vector=pack_vector(vector),
        covers=_covers(desk, question, vector, handed.question),
        at=handed.answered_at,
    )
    kept = uow.curated.add(new)
    _note(uow, person, "curated", kept.id, now=now)
    return kept


def curated_answers(uow: UnitOfWork, person: Person, *, now: datetime) -> tuple[Curated, ...]:
    """Every curated answer in force, oldest first."""
    permit(uow, person, Action.CURATE, now=now)
    return uow.curated.all()


def retire(uow: UnitOfWork, person: Person, number: int, *, now: datetime) -> None:
    """Withdraws a curated answer; `NotFound` when none of that number is in force."""
    permit(uow, person, Action.CURATE, now=now)
    if not uow.curated.retire(number, at=now):
        raise NotFound(f"There is no curated answer {number} in force. Say: curated.")
    _note(uow, person, "retired", number, now=now)


def probes(uow: UnitOfWork) -> tuple[Probe, ...]:
    """What has to hold: every curated question gets its answer, and so do its asker's own words.

    Those count unless they were too far from the curated question from the beginning, or their
    asker was erased since.
    """
    return tuple(_probes(uow))


def check(desk: Desk, kept: Sequence[Curated], wanted: Sequence[Probe]) -> tuple[Checked, ...]:
    """Every probe put to the real answering, as a question of nobody in particular."""
    return tuple(Checked(probe=one, answered_by=_answered_by(desk, kept, one)) for one in wanted)


def _probes(uow: UnitOfWork) -> Iterator[Probe]:
    for one in uow.curated.all():
        yield Probe(curated=one, question=one.question)
        handed = uow.handovers.get(one.handover) if one.covers else None
        if handed and handed.question != one.question:
            yield Probe(curated=one, question=handed.question)


def _answered_by(desk: Desk, kept: Sequence[Curated], probe: Probe) -> int | None:
    found = find(desk, probe.question, history=(), personal=False, curated=kept)
    given = answer(desk.index, found, None, today=desk.clock().date())
    return given.curated.id if given.curated else None


def _check_wording(uow: UnitOfWork, number: int, question: str) -> None:
    """`Refused` when nobody could be told by it what it is about, or when it stands already."""
    check_words(question, "A question")
    if not says_enough(question):
        raise Refused(
            f"\u201c{question}\u201d does not tell by itself what it is about. "
            f"Say: curate {number}: THE WHOLE QUESTION.",
            heads=f"curate {number}: ",
        )
    for one in uow.curated.all():
        if words(one.question) == words(question):
            raise Refused(
                f"Curated answer {one.id} answers that already. Say first: retire {one.id}."
            )


def _covers(desk: Desk, question: str, vector: Vectors, original: str) -> bool:
    """Whether the asker's own words, said to anybody, would get the answer too."""
    other = desk.index.encoder([desk.index.speller.correct(original)])[0]
    return near(
        desk.program,
        question,
        original,
        cosine=float(vector @ other),
        strict=beyond_documents(original) is not None,
    )


def _note(uow: UnitOfWork, person: Person, action: str, number: int, *, now: datetime) -> None:
    uow.trail.append(
        at=now,
        actor=f"person:{person.id}",
        action=action,
        subject=f"curated:{number}",
        details={},
    )
