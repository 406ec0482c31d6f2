"""`cancel` ends what is open in a conversation, and touches nothing that was filed."""

from __future__ import annotations

from bot.domain.messages import Reply
from bot.phrases import cancelling
from bot.phrases.joined import together
from handlers import asking, paragraphs, stating
from handlers.replied import message_above
from handlers.request import Request


def cancel(request: Request) -> tuple[Reply, ...]:
    """`cancel`: of a statement, of passing on to a person, or of words that are waited for."""
    return _ended(request) or (cancelling.nothing_open(),)


def stop(request: Request) -> tuple[Reply, ...]:
    """`stop`: as `cancel`; where nothing is open it may mean that nothing more be told."""
    return _ended(request) or (cancelling.nothing_to_stop(),)


def _ended(request: Request) -> tuple[Reply, ...]:
    above = message_above(request.uow, request.message)
    if above and above.reply.awaits:
        return (cancelling.not_said(above.reply.heads),)
    ended: tuple[Reply, ...] = ()
    if stating.current(request):
        ended += paragraphs.pause(request)
    if request.uow.handovers.taken_in(request.message.conversation):
        ended += asking.resume(request)
    return (together(ended),) if ended else ()
