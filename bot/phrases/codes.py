"""How codes that connect an address are told, where they were asked for and by mail."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.messages import Bullets, Paragraph, Reply
from bot.phrases.linking import name_of

_IS_LINK = "://"  # in what can be opened; an invitation may be a mail address


def code_issued(code: str, invitations: Mapping[str, str]) -> Reply:
    """A code, and the links by which it connects an address at once, by channel."""
    text = (
        f"Send this from your other address within 30 minutes: link {code}. "
        "It works once. Do not show it to anyone."
    )
    links = tuple(
        f"On {name_of(channel)}, you can open this there instead: {link}"
        for channel, link in links_with(code, invitations).items()
    )
    return Reply(blocks=(Paragraph(text=text), *([Bullets(items=links)] if links else [])))


def links_with(code: str, invitations: Mapping[str, str]) -> Mapping[str, str]:
    """The links that bring the code along, by channel, in the order of their names."""
    links = ((channel, link) for channel, link in sorted(invitations.items()) if _IS_LINK in link)
    return {channel: _opened(link, code) for channel, link in links}


def mailed_code(code: str, channel: str, invitation: str = "") -> Reply:
    """The code, to the address on record. Its first sentence, which is the subject, has no code.

    `invitation` is that of the channel where it was asked for, if it has one.
    """
    asked = (
        f"Somebody on {name_of(channel)} wants to be connected to you. If that was you, send me "
        f"this there within 30 minutes: link {code}. It works once."
    )
    link = f"Or open this on the device where you asked: {_opened(invitation, code)}"
    other = "If it was not you, do nothing, and show the code to nobody: it lets in whoever has it."
    lines = (asked, link, other) if _IS_LINK in invitation else (asked, other)
    return Reply(blocks=tuple(Paragraph(text=line) for line in lines))


def _opened(invitation: str, code: str) -> str:
    """The link that brings the code along."""
    return invitation.replace("{code}", code)
