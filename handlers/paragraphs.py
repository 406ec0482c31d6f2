"""What is said while a statement is written: a paragraph, a question, or a command gone wrong."""

from __future__ import annotations

import re

from bot.domain.messages import Reply
from bot.domain.sections import SectionKind
from bot.errors import NotFound
from bot.knowledge.sentences import units
from bot.phrases import guide, stating
from bot.usecases import write_statement
from handlers.half_commands import HALF, is_doubtful, likely, verb_of
from handlers.replied import requests_above
from handlers.request import Handler, Request
from handlers.stating import added, current, draft_of
from handlers.talking import roles_here

LEAST_WORDS = 25  # of a paragraph that nobody is known to be writing; what is shorter is talk


def write(request: Request, *, otherwise: Handler) -> tuple[Reply, ...]:
    """The next paragraphs, or a question for `otherwise`; a few words are asked about first."""
    set_id = current(request)
    if is_question(request.text):
        *before, answer = otherwise(request) or (Reply(blocks=()),)
        noted = stating.question_met(answer, draft_of(request, set_id), request.text.strip())
        return (*before, noted)
    if is_doubtful(request.text):
        text = request.text.strip()
        return (stating.doubted(text, likely=likely(text), how_to=_how_to(request)),)
    return added(request, set_id, text=request.text)


def for_request(request: Request) -> str:
    """The set for whose statement more is wanted in what the asker replies to with a long text."""
    if len(request.text.split()) < LEAST_WORDS or is_question(request.text):
        return ""
    ids = {one.section for one in requests_above(request) if one.open}
    sections = (one for one in request.desk.program.sections if one.id in ids)
    sets = [one.set_id for one in sections if one.kind is SectionKind.STATEMENT]
    return sets[0] if len(sets) == 1 else ""


def pause(request: Request) -> tuple[Reply, ...]:
    """`pause writing`: ends writing, files nothing."""
    set_id = current(request)
    if not set_id:
        raise NotFound("You are not writing anything just now. Say: statements, to see them all.")
    write_statement.stop(request.uow, conversation=request.message.conversation)
    return (stating.paused(draft_of(request, set_id)),)


def is_question(text: str) -> bool:
    """Whether the text is one sentence with a question mark at its end."""
    plain = text.strip()
    return plain.endswith("?") and "\n" not in plain and len(units(plain)) == 1


def _how_to(request: Request) -> Reply | None:
    """How to say the whole command, when the text is half of one."""
    found = re.fullmatch(HALF, request.text.strip(" .!\u2026"), re.IGNORECASE)
    if found is None:
        return None
    return guide.how_to(request.desk.program, roles_here(request), verb_of(found["verb"]))
