"""What is Carrel's own in mail: its addresses, and the ids of what it sends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.codes import LETTERS
from bot.domain.own_mail import is_own
from bot.domain.proving import TOKEN_LENGTH

SEALED = 40  # hexadecimal digits before the @ of a Message-ID of Carrel's
STARTED = 20  # of these stand in the address to which that mail comes back
RETURNED = "b-"  # what such an address has between its + and these digits
_TOKEN = re.compile(rf"[{LETTERS}]{{{TOKEN_LENGTH}}}", re.IGNORECASE)
_RETURN_TAG = re.compile(rf"{RETURNED}([0-9a-f]{{{STARTED}}})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Carrel's own `address`, at which any +tag is its own too; `ids` ends its Message-IDs.

    `submit` at the same domain is its own as well: both are one mailbox.
    """

    address: str
    ids: str = ""

    def has(self, address: str) -> bool:
        """Whether that is an address of Carrel's, with or without a tag."""
        return is_own(address, self.address)

    def shape(self) -> re.Pattern[str]:
        """What a Message-ID of Carrel's looks like."""
        domain = self.ids or self.address.rpartition("@")[2]
        return re.compile(rf"[0-9a-f]{{{SEALED}}}@{re.escape(domain)}", re.IGNORECASE)


def tag_of(address: str) -> str:
    """What stands behind the + of an address, as it is written; empty where there is none."""
    return address.rpartition("@")[0].partition("+")[2]


def is_private(address: str) -> bool:
    """Whether its tag looks like somebody's private token, and not like the name of a section."""
    return bool(_TOKEN.fullmatch(tag_of(address).replace("-", "")))


def returned_tag(receipt: str) -> str:
    """The tag of the address to which a mail of that Message-ID comes back."""
    return f"{RETURNED}{receipt.removeprefix('<')[:STARTED]}"


def start_in(tag: str) -> str:
    """The start of the Message-ID that such a tag tells of; empty when it is another tag."""
    found = _RETURN_TAG.fullmatch(tag.lower())
    return found[1] if found else ""
