"""What Carrel makes of a mail's bytes, as JSON and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.settings import Settings
from channels.email.kinds.judge import judge
from channels.email.mail import Enclosed, Mail
from channels.email.own_ids import Own
from channels.email.own_words.words import own_words
from channels.email.proof.judge import proof_of
from channels.email.proof.names import DnsNames, Names, NoAnswer
from channels.email.proof.proof import Proof
from channels.email.reading.mail import read
from channels.email.reading.refusal import MailRefused

_NOBODY = "carrel@carrel.invalid"  # an own address that no mail bears
_NOTHING: Mapping[str, object] = {
    "kind": "",
    "subject": "",
    "from": "",
    "reply": "",
    "attachments": [],
    "authenticated": False,
    "why": "",
    "failed_recipients": [],
}


class NoNames:
    """Names for whoever must not ask the network: none of them is known."""

    def txt(self, name: str) -> tuple[bytes, ...]:
        """Raises `NoAnswer`."""
        raise NoAnswer(f"{name} is not asked for")

    def fresh(self) -> None:
        """Nothing was used up."""

    def proved(self) -> None:
        """Nothing to remember."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailReader:
    """Bytes in, an account out; `server` and `names` as in `proof_of`."""

    own: Own
    server: str
    names: Names

    def account(self, raw: bytes) -> dict[str, object]:
        """The account as JSON; of a mail that is refused, why."""
        try:
            mail = read(raw)
        except MailRefused as refused:
            return {**_NOTHING, "refusal": refused.reason.value}
        judged = judge(mail, self.own)
        proof = self._proof(raw, mail)
        return {
            "kind": judged.kind.value,
            "subject": mail.subject,
            "from": mail.sender,
            "reply": own_words(mail),
            "attachments": [_attachment(one) for one in mail.enclosed],
            "authenticated": proof.ok,
            "why": proof.why,
            "failed_recipients": [one.address for one in judged.failures],
        }

    def _proof(self, raw: bytes, mail: Mail) -> Proof:
        """As of the day it was written: signatures run out, and nobody waits for an answer."""
        own = self.own
        if own.address == _NOBODY:
            own = Own(address=next(iter(mail.recipients), ""))
        now = mail.sent_at or datetime.now(UTC)
        return proof_of(raw, mail, server=self.server, names=self.names, own=own, now=now)


def mail_reader(settings: Settings, address: str) -> MailReader:
    """A reader for that address, or the one of the settings; any, where there is none."""
    _, _, bare = (address or settings.mail_address).rpartition("<")
    return MailReader(
        own=Own(address=bare.strip(" >").lower() or _NOBODY),
        server=settings.mail_authserv_id,
        names=DnsNames(settings.dns) if settings.dns else NoNames(),
    )


def told(account: Mapping[str, Any]) -> Iterator[str]:
    """The account in words, line by line."""
    if reason := account.get("refusal"):
        yield f"This mail would be refused: {reason}."
        return
    proof = "proved" if account["authenticated"] else "not proved"
    yield f"From: {account['from'] or 'nobody who can be named'} ({proof}: {account['why']})"
    yield f"Subject: {account['subject']}"
    yield f"Kind: {account['kind']}"
    for address in account["failed_recipients"]:
        yield f"Not delivered to: {address}"
    for one in account["attachments"]:
        size = f"{one['size']:,} bytes"
        yield f"File: {one['name']} ({one['type']}, {size}) {one.get('refusal', '')}".rstrip()
    yield f"\n{account['reply']}"


def _attachment(one: Enclosed) -> dict[str, object]:
    known = {
        "name": one.name,
        "type": one.media_type,
        "size": one.size,
        "inline": one.inline,
    }
    return {**known, "refusal": one.refusal} if one.refusal else known
