"""The bytes of a mail -> what it is for Carrel: something said, something that came back, or none.

Slow, and for one thread at a time.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.messages import InboundMessage
from bot.ports import Clock
from channels.email.intake.said import Came, said, too_large
from channels.email.kinds.judge import Own, judge, returned_tag
from channels.email.kinds.kind import Failure, Judged, Kind
from channels.email.mail import Mail
from channels.email.own_words.words import own_words
from channels.email.proof.judge import proof_of
from channels.email.proof.names import Names
from channels.email.reading.allowance import LARGEST_MAIL
from channels.email.reading.mail import read
from channels.email.reading.refusal import MailReason, MailRefused

COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message. With `set_aside` the mail itself could not be taken, which the sender is told."""

    message: InboundMessage
    set_aside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A mail of Carrel's came back, or somebody complained of it; `receipts` may name it."""

    failures: tuple[Failure, ...]
    receipts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """Nothing is to be done about it; `why` says so."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hopeless:
    """It cannot be processed, now or later."""

    why: str


Understood = Said | Returned | PassedOver | Hopeless


@dataclass(frozen=True, slots=True, kw_only=True)
class Proving:
    """By what it is judged who wrote: our own server's name, and the names of the Internet."""

    server: str
    names: Names


class Understanding:
    """Reads mails to the address of `own`."""

    def __init__(self, own: Own, proving: Proving, *, clock: Clock) -> None:
        self._own = own
        self._proving = proving
        self._clock = clock

    def whole(self, came: Came) -> Understood:
        """What a mail is."""
        try:
            mail = read(came.raw)
        except MailRefused as refused:
            return Hopeless(why=refused.reason.value)
        return self._judged(mail, judge(mail, self._own)) or Said(
            message=said(
                mail,
                came,
                own=self._own,
                words=own_words(mail),
                proved=self._is_proved(came.raw, mail),
            )
        )

    def header(self, came: Came, *, size: int) -> Understood:
        """What a mail is of which there is only the header, since the whole is too large."""
        refused = MailRefused(MailReason.TOO_LARGE, most=LARGEST_MAIL // 1_000_000)
        try:
            mail = read(came.raw)
        except MailRefused:
            return Hopeless(why=refused.reason.value)
        return self._judged(mail, judge(mail, self._own)) or Said(
            message=too_large(mail, came, own=self._own, size=size, refusal=refused.advice),
            set_aside=refused.reason.value,
        )

    def _judged(self, mail: Mail, judged: Judged) -> Understood | None:
        """What it is when no person said it to Carrel."""
        if judged.kind in {Kind.BOUNCE, Kind.COMPLAINT}:
            return self._returned(mail, judged)
        if judged.silent or judged.kind is not Kind.MESSAGE:
            return PassedOver(why=judged.why or judged.kind.value)
        return None if mail.sender else Hopeless(why="no sender")

    def _returned(self, mail: Mail, judged: Judged) -> Returned | PassedOver:
        tag = returned_tag(mail, self._own)
        known = judged.returned if self._own.shape().fullmatch(judged.returned) else ""
        receipts = tuple(one for one in (tag, known and f"<{known}>") if one)
        failures = judged.failures
        if judged.kind is Kind.COMPLAINT:  # it is of the mail inside it, whoever that went to
            whom = (address for one in mail.forwarded[:1] for address in one.recipients)
            failures = tuple(Failure(address=one, hard=False, why=COMPLAINT) for one in whom)
        if not failures or not receipts:
            return PassedOver(why=f"{judged.why}, and it does not tell which")
        return Returned(failures=failures, receipts=receipts)

    def _is_proved(self, raw: bytes, mail: Mail) -> bool:
        return proof_of(
            raw,
            mail,
            server=self._proving.server,
            names=self._proving.names,
            to=self._own.address,
            now=self._clock(),
        ).ok
