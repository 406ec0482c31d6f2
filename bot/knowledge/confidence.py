"""How likely it is that the best passage answers the question; pure."""

from __future__ import annotations

import math

from bot.knowledge.search import Found

# Log-odds fitted by bench/fit_answers.py on development questions: constant, nearness, lead,
# foreign words. Documents without `asked` lines lie further from questions and have their own fit.
RICH = (-1.4, 3.7, 5.7, -4.2)
PLAIN = (0.0, 12.4, 0.0, -4.2)
FLOOR = 0.6  # below this the question is declined: equal errors on both sides
BEYOND = 0.02  # what no document can answer


def confidence(found: Found, *, rich: bool) -> float:
    """The chance, 0 to 1. `rich` says whether the documents carry `asked` lines."""
    if found.beyond:
        return BEYOND
    bias, by_nearness, by_lead, by_foreign = RICH if rich else PLAIN
    odds = bias + by_nearness * found.nearest + by_lead * found.lead + by_foreign * found.foreign
    return 1 / (1 + math.exp(-odds))
