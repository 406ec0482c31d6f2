"""What a question about a reminder waits for, and the words below it that are no answer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.when.stamp import STAMP
from bot.phrases import reminding as phrases
from handlers.command import TEXT
from handlers.replied import choices_above
from handlers.request import Request

_HEADS = ("remind me ", "instead of ", "move reminder ")  # what such questions begin answers with
_TOPIC_HEADS = re.compile(rf"remind me (?:{STAMP} of: )?", re.IGNORECASE)
_TOPIC_AT = re.compile(rf"set reminder {STAMP}\s*:\s*{re.escape(phrases.NAMELESS)}", re.IGNORECASE)
_TIME_OF = re.compile(rf"remind me in 1 hour: {TEXT}", re.DOTALL)
_TIME_OF_INSTEAD = re.compile(
    rf"instead of {STAMP} remind me about {TEXT}: in 1 hour", re.DOTALL | re.IGNORECASE
)
_IS = (
    r"(?:is|are|am|was|were|do|does|did|can|could|should|may|might|must|will|would|shall|has|have"
    r"|had)"
)
_WHOM = (
    r"(?:i|you|we|it|he|she|they|there|anyone|anybody|someone|somebody|my|our|your|the|this|that"
    r"|these|those|any|all|an?)"
)
_QUESTION = re.compile(
    r"(?:(?:and|but|so|hi|hello|hey|sorry|also|ok|okay|wait|oh)\b[,.:!\s]+)*"
    rf"(?:(?:what|which|who|whom|whose|how)\b(?! (?:about|to)\b)(?: \S+){{0,4}}? {_IS}\b"
    rf"|(?:what|who|how|where|when|why)(?:['\u2019]?s\b|['\u2019]re\b| {_IS}\b)"
    rf"|(?!do |have |has |had ){_IS}(?:n['\u2019]?t)? {_WHOM}\b"
    r"|(?:do|have|had)(?:n['\u2019]?t)? (?:i|you|we|they)\b|has (?:it|he|she|any\w+)\b)",
    re.IGNORECASE,
)
_LONGEST = 600  # characters of what is looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What the question above is about: a `topic` without a time, or a `stamp` without a topic."""

    topic: str = ""
    stamp: str = ""


def pending(request: Request) -> Pending:
    """What is asked in what the words reply to, or else was just now; empty for nothing."""
    choices = choices_above(request.uow, request.message)
    first = choices[0].says if choices else ""
    if at := _TOPIC_AT.fullmatch(first):
        return Pending(stamp=at["stamp"])
    of = _TIME_OF.fullmatch(first) or _TIME_OF_INSTEAD.fullmatch(first)
    if of is None or of["text"] == phrases.NAMELESS:
        return Pending()
    return Pending(topic=of["text"])


def is_question(text: str) -> bool:
    """Whether words are to be answered: they end as a question, or begin as one does."""
    return text.rstrip().endswith("?") or _begins(text)


def is_no_answer(text: str, heads: str) -> bool:
    """Whether words below a question that begins answers with `heads` ask something themselves.

    `tomorrow?` may be a time, but it is no topic.
    """
    if not heads.startswith(_HEADS):
        return False
    return _begins(text) or (text.rstrip().endswith("?") and bool(_TOPIC_HEADS.fullmatch(heads)))


def _begins(text: str) -> bool:
    return _QUESTION.match(" ".join(text[:_LONGEST].split())) is not None
