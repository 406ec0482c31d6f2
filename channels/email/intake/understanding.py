"""The bytes of a mail -> what it is for Carrel: something said, something that came back, or none.

Slow, and for one thread at a time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.messages import InboundMessage
from channels.email.intake.said import Came, refused, said
from channels.email.kinds.judge import judge, returned_start
from channels.email.kinds.kind import Failure, Judged, Kind
from channels.email.kinds.lists import is_of_list
from channels.email.kinds.reached import noted
from channels.email.kinds.senders import has_null_path
from channels.email.mail import Mail
from channels.email.own_ids import Own
from channels.email.own_words.words import own_words
from channels.email.proof.fields import WIDEST
from channels.email.proof.judge import proof_of
from channels.email.proof.names import Names
from channels.email.proof.proof import Proof
from channels.email.reading.allowance import LARGEST_MAIL
from channels.email.reading.mail import read
from channels.email.reading.refusal import MailReason, MailRefused

COMPLAINT = "complaint"
_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message. With `set_aside` the mail itself could not be taken, which the sender is told."""

    message: InboundMessage
    proof: Proof
    set_aside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A mail of Carrel's came back, or somebody complained of it.

    `receipts` may name it; `tag` is the one that only the address has to which it came back.
    """

    failures: tuple[Failure, ...]
    receipts: tuple[str, ...]
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """Nothing is to be done about it; `why` says so.

    `files` that could be taken came with what a person may have written; `sender` is who surely did
    so to Carrel alone, or empty.
    """

    why: str
    files: int = 0
    sender: str = ""


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

    def __init__(self, own: Own, proving: Proving) -> None:
        self._own = own
        self._proving = proving

    def whole(self, came: Came) -> Understood:
        """What a mail is."""
        try:
            mail = read(came.raw)
        except MailRefused as error:
            return self._header_alone(came, size=len(came.raw), error=error)
        return self._judged(mail, came) or self._said(mail, came, words=own_words(mail))

    def header(self, came: Came, *, size: int) -> Understood:
        """What a mail is of which there is only the header, since the whole is too large."""
        error = MailRefused(MailReason.TOO_LARGE, most=LARGEST_MAIL // 1_000_000)
        return self._header_alone(came, size=size, error=error)

    def _header_alone(self, came: Came, *, size: int, error: MailRefused) -> Understood:
        """What it is as far as the header tells; what is in it is refused."""
        try:
            mail = read(_head(came.raw))
        except MailRefused:
            return Hopeless(why=error.reason.value)
        if understood := self._judged(mail, came):
            return understood
        said = self._said(mail, came, words="")
        message = refused(said.message, size=size, refusal=error.advice)
        return Said(message=message, proof=said.proof, set_aside=error.reason.value)

    def _said(self, mail: Mail, came: Came, *, words: str) -> Said:
        proof = self._proof(mail, came)
        message = said(mail, came, own=self._own, words=words, proof=proof)
        return Said(message=message, proof=proof)

    def _judged(self, mail: Mail, came: Came) -> Understood | None:
        """What it is when no person said it to Carrel."""
        judged = judge(mail, self._own)
        if judged.kind in {Kind.BOUNCE, Kind.COMPLAINT}:
            return self._returned(mail, judged)
        if judged.kind is not Kind.MESSAGE:
            return PassedOver(why=judged.why or judged.kind.value)
        if judged.silent:
            return self._unanswered(mail, came, judged)
        return None if mail.sender else Hopeless(why="no sender")

    def _unanswered(self, mail: Mail, came: Came, judged: Judged) -> PassedOver:
        """What may never be answered, although no machine surely wrote it.

        What lists send with files is too much to be told to staff.
        """
        files = sum(not one.refusal for one in mail.enclosed)
        is_ones_own = bool(files and mail.sender) and not is_of_list(mail)
        is_proved = is_ones_own and self._proof(mail, came).ok
        return PassedOver(why=judged.why, files=files, sender=mail.sender if is_proved else "")

    def _returned(self, mail: Mail, judged: Judged) -> Returned | PassedOver:
        tag = returned_start(mail, self._own)
        # Who got a copy of a reply knows the id of what it answers, and could make a bounce of it.
        tells = bool(tag) or has_null_path(mail)
        known = judged.returned if tells and self._own.shape().fullmatch(judged.returned) else ""
        receipts = tuple(one for one in (tag, known and f"<{known}>") if one)
        failures = judged.failures
        if judged.kind is Kind.COMPLAINT:  # it is of the mail inside it, whoever that went to
            whom = (address for one in mail.forwarded[:1] for address in one.recipients)
            failures = noted(Failure(address=one, hard=False, why=COMPLAINT) for one in whom)
        if tag and not failures:  # it tells of nobody, but the mail went to one person alone
            failures = (Failure(address="", hard=False, why=judged.why),)
        if not failures or not receipts:
            return PassedOver(why=f"{judged.why}, and it does not tell which")
        return Returned(failures=failures, receipts=receipts, tag=tag)

    def _proof(self, mail: Mail, came: Came) -> Proof:
        """As of the instant at which our server got it: signatures run out."""
        return proof_of(
            came.raw,
            mail,
            server=self._proving.server,
            names=self._proving.names,
            own=self._own,
            now=came.received,
        )


def _head(raw: bytes) -> bytes:
    """The header alone, or as much of it as is looked at."""
    head = raw[: 2 * WIDEST].lstrip(b"\r\n")[:WIDEST]
    found = _END.search(head)
    return head[: found.end()] if found else head
