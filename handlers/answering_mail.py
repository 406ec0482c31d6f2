"""What is answered to a mail, and where anybody may have written it, how much of that."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from bot.domain.messages import InboundMessage, OutboundMessage
from bot.domain.pacing import WITHIN, Answer
from bot.domain.proving import is_disowned, is_proved
from bot.phrases.mails import ABOUT_ANYBODYS
from bot.ports import UnitOfWork
from handlers.often import Often

# Answers an hour to senders of whom nothing shows that they wrote. Senders cost nothing to make up,
# so no bound of each one bounds them all, and whoever gets such an answer unasked blames Carrel's
# server. It is more than a few hundred candidates and everybody who asks before joining write.
MOST_TO_ANYBODY = 300
_ANYBODY = "anybody"  # under which they are counted; no address is that

log = logging.getLogger(__name__)


def answer(
    uow: UnitOfWork, out: OutboundMessage, *, of: InboundMessage, often: Often, now: datetime
) -> bool:
    """Puts an answer into the outbox, to leave when it may; false when it is not said.

    What our own server found to be somebody else's is never answered to whom it names. Where it may
    be somebody else's, the answer bears nothing of its subject.
    """
    if is_proved(of):
        return often.say(uow, out, of=of, now=now)
    if is_disowned(of):
        return _left_out("its sender is forged")
    if len(uow.answers.given(_ANYBODY, since=now - WITHIN)) >= MOST_TO_ANYBODY:
        return _left_out("so many were answered that anybody may have written")
    said = often.say(uow, replace(out, subject=ABOUT_ANYBODYS, unasked=True), of=of, now=now)
    if said:
        uow.answers.note(_ANYBODY, Answer(at=now, proved=False))
    return said


def _left_out(why: str) -> bool:
    log.warning("Left a mail unanswered: %s", why, extra={"action": "unanswered"})
    return False
