"""Words that decide something for good are shown once more when a reply completed them."""

from __future__ import annotations

from bot.domain.messages import Reply
from bot.phrases import confirming
from handlers import deciding, tracking
from handlers.request import Handler, Request

FINAL: frozenset[Handler] = frozenset(
    (deciding.approve, deciding.ask_more, deciding.recommend_course, tracking.result)
)


def sure(request: Request) -> tuple[Reply, ...]:
    """`confirm: approve 2: REASON`."""
    return (confirming.sure(request.args["said"]),)
