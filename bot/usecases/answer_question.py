"""Answer a question from the documents, the program's data, or the asker's own record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.choosing import plans_of
from bot.domain.handover import Curated
from bot.domain.knowledge import Answer, Passage, Status, Turn
from bot.domain.mentions import Mentions, mentions
from bot.domain.messages import Address
from bot.domain.people import Candidate
from bot.domain.program import Program
from bot.knowledge.answering import judge, quote
from bot.knowledge.curated import asked_for
from bot.knowledge.index import Index
from bot.knowledge.intents import Guess, Intents
from bot.knowledge.search import Found, search, standalone
from bot.phrases.answers import by_staff, not_told
from bot.ports import UnitOfWork
from bot.usecases.compute_answer import COMPUTATIONS, Facts
from bot.usecases.desk import Desk

CURATED = "curated:"  # before a curated answer's number, where a turn tells what it came from
REMEMBERED = 3  # questions of a conversation that a follow-up may lean on


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as it was put, where and by whom, and what was found for it."""

    text: str
    conversation: str
    found: Found
    asker: Address | None = None


def asked_before(uow: UnitOfWork, conversation: str) -> tuple[str, ...]:
    """The questions of a conversation that a follow-up may lean on, oldest first."""
    turns = uow.conversations.recent(conversation, limit=REMEMBERED)
    return tuple(turn.question for turn in turns)


def find(
    desk: Desk,
    text: str,
    *,
    history: Sequence[str],
    personal: bool,
    curated: Sequence[Curated] = (),
) -> Found:
    """The passages for a question and for those it leans on, or the curated answer before them."""
    found = search(
        desk.index,
        text,
        history=history,
        mentioned=named_in(desk.program, text, history),
        personal=personal,
    )
    kept = asked_for(desk.program, desk.index, found, curated, question=text)
    return replace(found, curated=kept) if kept else found


def named_in(program: Program, text: str, history: Sequence[str]) -> Mentions:
    """What a question names, or else what the questions name that it leans on."""
    own = mentions(program, text)
    return own if own.any else mentions(program, standalone(text, history))


def intent_of(intents: Intents, text: str, found: Found) -> Guess:
    """What a text wants. Encoding takes most of an answer's time: it is not done twice."""
    same = text.strip() and text == found.question
    return intents.of(found.vector) if same else intents.classify(text)


def answer_question(
    uow: UnitOfWork, desk: Desk, asked: Question, *, candidate: Candidate | None, now: datetime
) -> Answer:
    """The answer, remembered as a turn of the conversation."""
    facts = _facts(uow, desk.program, asked, candidate, now=now)
    given = answer(desk.index, asked.found, facts, today=now.date())
    turn = Turn(
        conversation=asked.conversation,
        question=asked.text,
        status=given.status,
        passages=given.told_from or given.passages[:1],
        at=now,
        asker=asked.asker,
    )
    uow.conversations.remember(turn)
    return given


def _facts(
    uow: UnitOfWork,
    program: Program,
    asked: Question,
    candidate: Candidate | None,
    *,
    now: datetime,
) -> Facts:
    """What is known of whoever asks."""
    facts = Facts(
        program=program, candidate=candidate, evidence=(), mentioned=asked.found.mentions, now=now
    )
    if candidate is None:
        return facts
    own = candidate.person
    evidence, submissions = uow.records.of(own), uow.submissions.of(own)
    plans = plans_of(program, submissions, chosen=uow.routes.of(own), evidence=evidence)
    return replace(facts, evidence=evidence, plans=plans)


def answer(index: Index, found: Found, facts: Facts | None, *, today: date) -> Answer:
    """The answer to what was found. Without `facts` nothing is worked out, only quoted.

    What a person has answered for good comes before anything in documents.
    """
    if found.curated:
        return _of_staff(found.curated)
    verdict = judge(index, found, today=today)
    if verdict.status is Status.ANSWERED:
        return quote(index, found, verdict, lead=_lead(verdict.passages[0], facts))
    return quote(index, found, verdict, lead=not_told(found.beyond))


def _of_staff(kept: Curated) -> Answer:
    return Answer(
        status=Status.ANSWERED,
        lead=by_staff(kept),
        citations=(),
        confidence=1.0,
        told_from=(f"{CURATED}{kept.id}",),
        curated=kept,
    )


def _lead(passage: Passage, facts: Facts | None) -> str:
    compute = COMPUTATIONS.get(passage.computes)
    return compute(facts) if compute and facts else passage.lead
