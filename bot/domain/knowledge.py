"""Documents, their passages, and what is said from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.handover import Curated
from bot.domain.messages import Address

# What `computes` may name: answers from the asker's record, and one from the clock.
OF_RECORD = ("missing", "progress", "expiry", "files", "electives")
COMPUTED = ("support-open", *OF_RECORD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A heading of a document and the text below it; the unit that is found and quoted.

    `id` is FILE-STEM#HEADING. `units` are the sentences and list items of the text, in order, each
    verbatim. `asked` lines are ways people put the question: matched, never quoted. `dated` says in
    words when the text was written and `since` orders it (an ISO date or year). `valid_to` is the
    last day it held, and `now` the id of the passage that holds since. Passages that contradict
    each other share a `matter`. `tells` is false where the documents do not tell. `computes` names
    an answer worked out from the program's data or the asker's record; `about` names the set or
    competency it is about, `lead` words to be said before the quotation, `files` the file of each
    unit where they stand in several, and `line` where the heading stands in its file.
    """

    id: str
    document: str
    file: str
    heading: str
    units: tuple[str, ...]
    asked: tuple[str, ...] = ()
    dated: str = ""
    since: str = ""
    valid_to: date | None = None
    now: str = ""
    matter: str = ""
    tells: bool = True
    computes: str = ""
    about: str = ""
    lead: str = ""
    files: tuple[str, ...] = ()
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A place in a document and the verbatim words that stand there."""

    document: str
    heading: str
    quote: str
    file: str
    dated: str = ""


class Status(StrEnum):
    """How a question was met."""

    ANSWERED = "answered"
    DECLINED = "declined"
    SMALLTALK = "smalltalk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said to a question.

    `text` is the whole answer in plain words; `lead` is the part of it that was worked out rather
    than quoted; `citations` carry the quoted parts. `confidence` runs from 0 to 1, for declines
    too. `passages` are ids, best first; `told_from` those that the answer was made from. `curated`
    is the answer of a person, when it was given instead of anything from documents.
    """

    status: Status
    lead: str
    citations: tuple[Citation, ...]
    confidence: float
    passages: tuple[str, ...] = ()
    told_from: tuple[str, ...] = ()
    curated: Curated | None = None

    @property
    def text(self) -> str:
        """Lead and quotations as one plain text."""
        parts = [self.lead, *(c.quote for c in self.citations)]
        return "\n\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question of a conversation and how it was met; `at` is aware UTC.

    `asker` is where the person was reached, None where nobody in particular asked.
    """

    conversation: str
    question: str
    status: Status
    passages: tuple[str, ...]
    at: datetime
    asker: Address | None = None
