"""Whether words can go to many people as they are."""

from __future__ import annotations

import re

from bot.domain.limits import check_words
from bot.errors import Refused
from bot.phrases import broadcasting
from bot.phrases.groups import NAME

_PLACEHOLDER = re.compile(r"\{[^{}\n]*\}")


def check_broadcast(words: str) -> None:
    """`Refused` for a text that is empty, too long or not to be filled in."""
    if not words:
        raise Refused("A broadcast needs words. Say: broadcast to GROUP: WORDS.")
    check_words(words, "A broadcast")
    unknown = [found for found in _PLACEHOLDER.findall(words) if found != NAME]
    if unknown:
        raise Refused(broadcasting.unknown_placeholder(unknown[0]))
