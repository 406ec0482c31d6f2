"""Addresses of mail: whom to write to, and whom to answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.domain.filenames import printable
from channels.email.own_ids import REPLIED, RETURNED, Seal, mail_tag

_NO_ADDRESS = re.compile(r"[\s,:;<>()\[\]\\\"]")  # what would need quoting, which nobody's has
_DOMAIN = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")  # what other letters become may be none
_LONGEST = 254  # bytes: https://www.rfc-editor.org/errata/eid1690


@dataclass(frozen=True, slots=True, kw_only=True)
class MailAddress:
    """An address; `name` is shown before it, `domain` is written as servers know it."""

    user: str
    domain: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.user}@{self.domain}"

    @property
    def needs_utf8(self) -> bool:
        """Whether only servers of today's mail (RFC 6531) can take it."""
        return not self.user.isascii()

    def tagged(self, tag: str) -> MailAddress:
        """The same mailbox by an address that ends in the tag; without one, as it is."""
        return replace(self, user=f"{self.user}+{tag}", name="") if tag else replace(self, name="")


def mail_address(text: str) -> MailAddress:
    """An e-mail address as mail takes it; `ValueError` when the text is none."""
    user, _, domain = text.partition("@")
    if printable(text) != text or _NO_ADDRESS.search(text) or "@" in domain or not user:
        raise ValueError(f"{text!r} is no e-mail address")
    try:
        found = MailAddress(user=user, domain=domain.encode("idna").decode())
    except UnicodeError as error:
        raise ValueError(f"{text!r} is no e-mail address") from error
    if not _DOMAIN.fullmatch(found.domain) or len(str(found).encode()) > _LONGEST:
        raise ValueError(f"{text!r} is no e-mail address")
    return found


def sender_of(text: str) -> MailAddress:
    """`Carrel <carrel@example.org>` as mail takes it; `ValueError` when there is no address."""
    name, _, rest = text.strip().rpartition("<")
    return replace(mail_address(rest.removesuffix(">")), name=printable(name).strip(' "'))


def returned_to(own: MailAddress, receipt: str, *, seal: Seal) -> MailAddress:
    """Where a mail of that Message-ID comes back to: the address itself tells which it was."""
    return own.tagged(mail_tag(RETURNED, receipt, seal=seal))


def replied_to(own: MailAddress, receipt: str, *, seal: Seal) -> MailAddress:
    """Where a mail of that Message-ID is replied to: nobody knows it but who got that mail."""
    return own.tagged(mail_tag(REPLIED, receipt, seal=seal))
