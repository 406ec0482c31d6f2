"""Words that reply to a message of Carrel's which begins them, such as `approve 2: `."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.messages import InboundMessage, Reply
from bot.phrases.confirming import SURE
from bot.ports import UnitOfWork
from handlers import broadcasting, confirming, deciding, reminding
from handlers.reminder_pending import is_no_answer
from handlers.replied import message_above
from handlers.router import command, is_number, picked, stands_alone

LONGEST = 300  # characters of words that only mention it
_ABOUT = re.compile(r"(?:claim|dossier|rate|ratings|decide) (\d{1,12})")
_WITH_REASON = re.compile(
    r"(?:please[,\s]+)?(?:i )?approved?\s*(?:(?:submission )?#?(?P<number>\d{1,12})\b)?"
    r"(?P<mark>\s*[:,\u2013\u2014-])?\s*(?P<reason>.*)",
    re.IGNORECASE | re.DOTALL,
)
_OF_BROADCAST = re.compile(r"(?:change )?broadcast\b")
_MENTIONED = re.compile(r"\bapproved?\b", re.IGNORECASE)
_DOUBTED = re.compile(
    r"\?|n.t\b|\b(?:no|not|never|cannot|nobody|before|unless|if|until|wait|why|who|when|hold)\b",
    re.IGNORECASE,
)


def continued(uow: UnitOfWork, message: InboundMessage) -> InboundMessage:
    """The message with its words behind those that what it replies to begins them with.

    Commands, numbers, labels of choices and what comes with files stay as they are, and so do words
    that are nothing even then. What would decide something for good is shown once more first.
    """
    text = message.text
    if not message.answers or not text.strip() or message.apart or message.attachments:
        return message
    above = message_above(uow, message)
    if above and message.envelope and (meant := _approval(text, above.reply)):
        return replace(message, text=meant)
    heads = above.reply.heads if above else ""
    if above is None or not heads or _is_whole(text, above.reply, heads):
        return message
    said = f"{heads}{text}"
    routed = command(said)
    if routed is None:
        return message
    # It may have been meant for no reason at all, or for colleagues.
    final = routed.handler in confirming.FINAL or bool(above.card)
    return replace(message, text=f"{SURE}{said}" if final else said)


def _is_whole(text: str, above: Reply, heads: str) -> bool:
    """Whether words below a reply of Carrel's are said already as they are meant."""
    if is_number(text) or picked(text, above.choices, ordinals=False) or stands_alone(text):
        return True
    routed = command(text)
    if is_no_answer(text, heads) or (routed and routed.handler is reminding.remind):
        return True
    if routed and routed.handler is broadcasting.half and _OF_BROADCAST.match(heads):
        return True
    same = text.casefold().startswith(heads.casefold().strip(" :"))
    return same and routed is not None


def _approval(text: str, above: Reply) -> str:
    """The command that such words mean; empty where they are something else, or one already.

    With a reason it is shown once more first; without one it asks for it.
    """
    numbers = {found[1] for one in above.choices if (found := _ABOUT.fullmatch(one.says))}
    if len(numbers) != 1:
        return ""
    routed = command(text)
    if routed and (routed.handler is deciding.approve or "verb" not in routed.args):
        return ""
    (number,) = numbers
    said = _WITH_REASON.fullmatch(text.strip())
    if said and said["number"] not in (None, number):
        return ""
    if said and (said["mark"] or said["number"]) and said["reason"]:
        return f"{SURE}approve {number}: {said['reason']}"
    told = len(text) <= LONGEST and _MENTIONED.search(text) and not _DOUBTED.search(text)
    return f"approve {number}" if told else ""
