"""Answer a question from the documents, the program's data, or the asker's own record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.knowledge import Answer, Passage, Status, Turn
from bot.domain.mentions import mentions
from bot.domain.people import Candidate
from bot.knowledge.answering import judge, quote
from bot.knowledge.index import Index
from bot.knowledge.search import Found, search
from bot.phrases.answers import beyond
from bot.ports import UnitOfWork
from bot.usecases.compute_answer import COMPUTATIONS, Facts
from bot.usecases.desk import Desk

REMEMBERED = 3  # questions of a conversation that a follow-up may lean on


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as it was put, where, and what was found for it."""

    text: str
    conversation: str
    found: Found


def find(uow: UnitOfWork, desk: Desk, *, text: str, conversation: str, personal: bool) -> Found:
    """The passages for a question and those it leans on in the conversation. Reads only."""
    turns = uow.conversations.recent(conversation, limit=REMEMBERED)
    return search(
        desk.index,
        text,
        history=[turn.question for turn in turns],
        mentioned=mentions(desk.program, text),
        personal=personal,
    )


def answer_question(
    uow: UnitOfWork, desk: Desk, asked: Question, *, candidate: Candidate | None, now: datetime
) -> Answer:
    """The answer, remembered as a turn of the conversation."""
    facts = Facts(
        program=desk.program,
        candidate=candidate,
        evidence=uow.records.of(candidate.person) if candidate else (),
        mentioned=asked.found.mentions,
        now=now,
    )
    given = answer(desk.index, asked.found, facts, today=now.date())
    turn = Turn(
        conversation=asked.conversation,
        question=asked.found.question,
        status=given.status,
        passages=given.passages[:1],
        at=now,
    )
    uow.conversations.remember(turn)
    return given


def answer(index: Index, found: Found, facts: Facts | None, *, today: date) -> Answer:
    """The answer to what was found. Without `facts` nothing is worked out, only quoted."""
    verdict = judge(index, found, today=today)
    if verdict.status is Status.ANSWERED:
        return quote(index, found, verdict, lead=_lead(verdict.passages[0], facts))
    return quote(index, found, verdict, lead=beyond(found.beyond) if found.beyond else "")


def _lead(passage: Passage, facts: Facts | None) -> str:
    compute = COMPUTATIONS.get(passage.computes)
    return compute(facts) if compute and facts else passage.lead
