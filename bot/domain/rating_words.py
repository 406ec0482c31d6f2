"""What people call the ratings: the program's words, Carrel's own, and beginnings of them."""

from __future__ import annotations

import re

from bot.domain.rules import Rating, ReviewRule
from bot.errors import Refused


def rating_named(rule: ReviewRule, said: str) -> Rating:
    """The rating that the words mean; `Refused` names the words there are.

    Letters' case and dashes do not matter, and a beginning is enough where only one rating begins
    so. The program's own words go before Carrel's.
    """
    words, wanted = _words(rule), _plain(said)
    begun = {rating for word, rating in words.items() if wanted and word.startswith(wanted)}
    found = words.get(wanted) or (begun.pop() if len(begun) == 1 else None)
    if found is None:
        known = ", ".join(rule.words[rating] for rating in Rating)
        raise Refused(f"{said.strip()!r} is no rating; nothing was kept. Use one of: {known}.")
    return found


def _words(rule: ReviewRule) -> dict[str, Rating]:
    own = {_plain(rating.value): rating for rating in Rating}
    return own | {_plain(word): rating for rating, word in rule.words.items()}


def _plain(words: str) -> str:
    return " ".join(re.sub(r"[\s_\u2010-\u2015-]+", " ", words).split()).casefold()
