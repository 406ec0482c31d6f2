"""What is Carrel's own in mail: its addresses, and the ids of what it sends."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.codes import LETTERS
from bot.domain.own_mail import is_own
from bot.domain.proving import TOKEN_LENGTH

Seal = Callable[[str], str]  # 40 hexadecimal digits for a key, which nobody foresees
SEALED = 40  # hexadecimal digits before the @ of a Message-ID of Carrel's
STARTED = 20  # of these stand in an address that is one mail's own
MARKED = 12  # digits behind them by which we know that we made it: an id is seen by many
RETURNED = "b-"  # what the address to which a mail comes back has between its + and these digits
REPLIED = "r-"  # and the address to which it is replied
_TOKEN = re.compile(rf"[{LETTERS}]{{{TOKEN_LENGTH}}}", re.IGNORECASE)
_TAG = re.compile(rf"([br]-)([0-9a-f]{{{STARTED}}})([0-9a-f]*)")


def _unsealed(_key: str) -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Carrel's own `address`, at which any +tag is its own too; `ids` ends its Message-IDs.

    `submit` at the same domain is its own as well: both are one mailbox. Without the `seal` by
    which its mails are sent no tag of a mail is known.
    """

    address: str
    ids: str = ""
    seal: Seal = _unsealed

    def start_in(self, kind: str, tag: str) -> str:
        """The start of the Message-ID that such a tag tells of; empty unless we made it."""
        found = _TAG.fullmatch(tag.lower())
        if found is None or found[1] != kind:
            return ""
        mark = _mark(kind, found[2], self.seal)
        return found[2] if mark and hmac.compare_digest(mark, found[3]) else ""

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


def mail_tag(kind: str, receipt: str, *, seal: Seal) -> str:
    """The tag of an address that belongs to the mail of that Message-ID, and that only we make."""
    start = receipt.removeprefix("<")[:STARTED]
    return f"{kind}{start}{_mark(kind, start, seal)}"


def is_of_a_mail(tag: str) -> bool:
    """Whether a tag looks like that of a mail's own address, whoever made it."""
    return _TAG.fullmatch(tag.lower()) is not None


def _mark(kind: str, start: str, seal: Seal) -> str:
    return seal(f"mail-tag:{kind}{start}")[:MARKED]
