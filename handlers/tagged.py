"""The name of a place behind the plus of a mail address; pure."""

from __future__ import annotations

from bot.domain.evidence_requests import tokens_in
from bot.domain.messages import InboundMessage
from bot.domain.program import Program
from bot.domain.proving import start_of, token_in


def place_of(program: Program, tag: str) -> str:
    """The place that a tag names, as captions name it; empty when it names none."""
    said = tag.casefold()
    if tokens := tokens_in(tag):
        return " ".join(tokens)
    for section in program.sections:
        if said in (section.id.casefold(), section.id.casefold().replace("/", "-")):
            return f"{section.id}."
    named = (one for one in program.sets if said in (one.id.casefold(), one.code.casefold()))
    return next((f"{one.title} set." for one in named), "") if said else ""


def unknown_place(program: Program, message: InboundMessage) -> str:
    """The tag of the address that it was sent to, where that names nothing at all."""
    tag = message.envelope.tag if message.envelope else ""
    private = token_in(message) or start_of(tag)
    return "" if private or place_of(program, tag) else tag
