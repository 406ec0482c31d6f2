"""Which mail is which, and below which others it stands."""

from __future__ import annotations

import re

from bot.domain.messages import OutboundMessage
from channels.email.own_ids import Seal

MOST_REFERENCES = 20  # more make a header that some programs cut in the middle
_ID = re.compile(r"<[!-;=?-~]{1,250}>")


def id_of(key: str, domain: str, *, seal: Seal) -> str:
    """The Message-ID of whatever has this key: the same always, so that a repeat is known.

    It is sealed: who could foresee it could make a bounce of a mail that nobody sent back.
    """
    return f"<{seal(key)}@{domain}>"


def chain(message: OutboundMessage, domain: str, *, seal: Seal) -> tuple[str, ...]:
    """The Message-IDs of the mails above this one, the oldest first.

    All mails of one card stand below an id that no mail has: programs put together what shares one,
    whichever of them arrived.
    """
    if message.card:
        root = id_of(f"card:{message.card}:{message.conversation}", domain, seal=seal)
        return _bounded((root, *_ids(message.replaces)))
    return _bounded(_ids(message.thread))


def _ids(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in text.split() if _ID.fullmatch(one)))


def _bounded(ids: tuple[str, ...]) -> tuple[str, ...]:
    """The first, by which the whole is known, and the newest."""
    return ids if len(ids) <= MOST_REFERENCES else (ids[0], *ids[1 - MOST_REFERENCES :])
