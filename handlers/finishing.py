"""`done` alone: of the statement that is being written, or of what somebody was told just now."""

from __future__ import annotations

from bot.domain.messages import Reply
from handlers import snoozing, stating
from handlers.request import Request


def finish(request: Request) -> tuple[Reply, ...]:
    """Who replies to a notice means it; who is writing means the statement."""
    told = snoozing.above(request) if request.person else ()
    if told and (request.message.answers or not stating.current(request)):
        return snoozing.done_above(request)
    return stating.finish(request)
