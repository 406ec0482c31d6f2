"""How long reviews took, told from real decisions only."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.rules import ReviewRule
from bot.domain.submission import Submission

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """From submission to decision: eight of ten took between `low_days` and `high_days`.

    Whole days, the lower rounded down and the upper up; `count` is how many decisions there were.
    `same_set` tells whether they were all of that very set, or of any set proved that way.
    """

    low_days: int
    high_days: int
    count: int
    same_set: bool


def waiting(
    decided: Iterable[Submission], rule: ReviewRule, *, set_id: str = "", later_round: bool = False
) -> Waiting | None:
    """How long submissions like this one took; None while there are too few to tell.

    `decided` are decided submissions of one route. Those of the same set count alone when there
    are enough of them. First rounds are compared with first rounds, later ones with later ones.
    """
    alike = [s for s in decided if s.decision and (s.round > 1) == later_round]
    own = [s for s in alike if s.set_id == set_id]
    chosen = own if len(own) >= rule.waiting_from else alike
    if not chosen or len(chosen) < rule.waiting_from:
        return None
    took = sorted(s.decision.at - s.submitted_at for s in chosen if s.decision)
    return Waiting(
        low_days=math.floor(_percentile(took, 10) / _DAY),
        high_days=max(1, math.ceil(_percentile(took, 90) / _DAY)),
        count=len(took),
        same_set=chosen is own,
    )


def _percentile(ordered: list[timedelta], percent: int) -> timedelta:
    """By the nearest rank, so that it is a time that really was; of few, the least or the most."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
