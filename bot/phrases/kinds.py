"""Kinds of notices that somebody may decline, as people call them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.domain.messages import Address, Choice, Paragraph, Reply
from bot.domain.notices.kinds import Kind
from bot.domain.program import Program
from bot.phrases.ways import by_channel

_BETWEEN = re.compile(r"[\s_-]+")
DIGEST = "digest"  # what a message of several kinds is of
ALL = "all"  # how people call everything that they may decline
_CALLED: Mapping[str, str] = {
    DIGEST: "what can wait for a digest",
    ALL: "anything that you may decline",
}


def called(program: Program, kind: str) -> str:
    """The kind in words, to go on with behind `about`."""
    found = program.notices.kinds.get(kind)
    return found.title if found else _CALLED.get(kind, kind)


def kind_called(words: str, kinds: Sequence[Kind]) -> Kind | None:
    """The kind whose name or title the words are, whatever stands between them."""
    said = plainly(words)
    by = {name: kind for kind in kinds for name in (plainly(kind.title), plainly(kind.id))}
    return by.get(said) or by.get(f"{said}s") or by.get(said.removesuffix("s"))


def plainly(words: str) -> str:
    """The words in small letters, with one blank between them whatever stood there."""
    return _BETWEEN.sub(" ", words.casefold()).strip()


def declined(program: Program, kind: str, here: Address, instead: Address | None) -> Reply:
    """To whoever wants to hear nothing of that kind there; `instead` is where they hear it now."""
    text = f"I no longer send anything to you {by_channel(here)} about "
    text += f"{called(program, kind)}."
    again = Choice(label="Send it again", says=f"subscribe {kind}")
    if instead is None or instead.channel == here.channel:
        return _with(text, again)
    text += (
        f" You are told it {by_channel(instead)} now. To hear it nowhere, say: notices {kind} off."
    )
    return _with(text, again, Choice(label="Nowhere", says=f"notices {kind} off"))


def accepted(program: Program, kind: str, here: Address) -> Reply:
    """To whoever wants to hear of that kind there again."""
    text = f"You hear {by_channel(here)} what there is about {called(program, kind)}."
    return _with(text, Choice(label="Send it no more", says=f"unsubscribe {kind}"))


def which(verb: str, optional: Sequence[Kind]) -> str:
    """To whoever does not say of what, with the word they said; the kinds they may decline."""
    names = ", ".join(kind.id for kind in optional)
    return (
        f"Of what? Say {verb}, and one of these behind it: {names}; or {ALL}. To see what "
        "they are, say: notices."
    )


def _with(text: str, *choices: Choice) -> Reply:
    return Reply(blocks=(Paragraph(text=text),), choices=choices)
