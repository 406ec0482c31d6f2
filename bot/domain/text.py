"""Text from anywhere -> text by which no screen and no reader can be misled."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.messages import InboundMessage

# Control marks but line end and tab, marks that turn the direction of writing, invisible ones, and
# halves of characters. Joiners stay: scripts and emoji are made of them.
_MISLEADING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_FOLDERS = re.compile(r"[/\\]")


def plain(text: str) -> str:
    """The text without marks that are no letters; every kind of line end is a line feed."""
    return _MISLEADING.sub("", _LINE_ENDS.sub("\n", text))


def plain_name(name: str) -> str:
    """A file's name on one line and without folders; `file` when nothing is left."""
    return " ".join(plain(_FOLDERS.split(name)[-1]).split()) or "file"


def plain_message(message: InboundMessage) -> InboundMessage:
    """The message as it is kept and shown to others."""
    named = (replace(one, name=plain_name(one.name)) for one in message.attachments)
    envelope = message.envelope
    if envelope:
        envelope = replace(envelope, subject=" ".join(plain(envelope.subject).split()))
    return replace(message, text=plain(message.text), attachments=tuple(named), envelope=envelope)
