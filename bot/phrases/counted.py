"""What a long digest only counts: how many more there are of each kind, and what lists them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from bot.domain.messages import Bullets
from bot.domain.notices.happenings import APPEALS, ASKED, COMMENTS, READY, SHARING
from bot.domain.notices.kinds import Audience, Moment
from bot.domain.notices.manner import told_as
from bot.domain.program import Program
from bot.phrases.kinds import called

MOST_TOLD = 20  # things with their words in one message
_LISTS: Mapping[str, str] = MappingProxyType(
    {
        ASKED: "questions",
        READY: "queue",
        APPEALS: "appeals",
        COMMENTS: "comments",
        SHARING: "shared with me",
    }
)


def listed_by(program: Program, kind: str) -> str:
    """The words that show what there is of the kind; empty where none do."""
    found = told_as(program, kind).kind
    if found.to is Audience.STAFF and found.moment is Moment.SUBMITTED:
        return "queue"
    return _LISTS.get(kind, "")


def counted(program: Program, kinds: Iterable[str]) -> tuple[str, Bullets]:
    """How many more there are, and a line for each of the kinds, of which one stands for each."""
    counts = Counter(kinds)
    lines = (
        f"{count:,}: {called(program, kind)}. Say: {listed_by(program, kind)}."
        for kind, count in counts.items()
    )
    return f"And {counts.total():,} more:", Bullets(items=tuple(lines))
