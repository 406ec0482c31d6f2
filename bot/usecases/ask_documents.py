"""Answer a question of nobody in particular, from a pack or from any folder of documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.knowledge import Answer, Status
from bot.domain.mentions import Mentions
from bot.domain.program import Program
from bot.knowledge.index import Index
from bot.knowledge.intents import Intents
from bot.knowledge.search import Found, search
from bot.usecases.answer_question import answer, intent_of, named_in
from bot.usecases.compute_answer import Facts

SMALLTALK = {
    "greeting": "Hello. Ask me a question, and I answer from the documents.",
    "thanks": "You are welcome.",
    "goodbye": "Goodbye.",
}
SURE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Documents ready to be asked. `program` is None for a folder that is no program pack."""

    program: Program | None
    index: Index
    intents: Intents

    def __call__(self, question: str, history: Sequence[str], *, now: datetime) -> Answer:
        """The answer to a question; `history` holds earlier questions, oldest first."""
        given, _ = self.with_found(question, history, now=now)
        return given

    def with_found(
        self, question: str, history: Sequence[str], *, now: datetime
    ) -> tuple[Answer, Found]:
        """The answer, and the passages that were ranked for it."""
        found = self._found(question, history)
        return self._answer(question, found, now), found

    def _answer(self, question: str, found: Found, now: datetime) -> Answer:
        guess = intent_of(self.intents, question, found)
        if guess.intent in SMALLTALK and guess.confidence >= SURE:
            return Answer(
                status=Status.SMALLTALK,
                lead=SMALLTALK[guess.intent],
                citations=(),
                confidence=guess.confidence,
            )
        return answer(self.index, found, self._facts(found, now), today=now.date())

    def _found(self, question: str, history: Sequence[str]) -> Found:
        nothing = Mentions(sets=(), competencies=())
        named = named_in(self.program, question, history) if self.program else nothing
        return search(self.index, question, history=history, mentioned=named, personal=False)

    def _facts(self, found: Found, now: datetime) -> Facts | None:
        if self.program is None:
            return None
        return Facts(
            program=self.program,
            candidate=None,
            evidence=(),
            mentioned=found.mentions,
            now=now,
        )
