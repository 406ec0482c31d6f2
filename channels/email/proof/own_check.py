"""Our own check of a mail's signatures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from channels.email.proof.age import must_be_recent
from channels.email.proof.alignment import speaks_for
from channels.email.proof.canonical import body_digest, signed_header
from channels.email.proof.domains import aligned
from channels.email.proof.fields import Header
from channels.email.proof.keys import key_of, must_have_signed
from channels.email.proof.names import Names, NoAnswer
from channels.email.proof.proof import Proof
from channels.email.proof.shape import must_be_read_as_written
from channels.email.proof.signature import Signature, Unfit, must_be_good_for, signature_of

MOST = 5  # signatures of the domain that are checked; mails have one or two
LATER = Proof(ok=False, why="names could not be looked up", again=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The fields that a signature must cover, and those that it must for `Proof.replies`.

    `to` are the addresses of Carrel's in the first of them.
    """

    covered: tuple[str, ...]
    replying: tuple[str, ...]
    to: tuple[str, ...]


def signatures_for(header: Header, domain: str) -> tuple[Signature, ...]:
    """The signatures of the From domain's organisation that can be read, from the top."""
    found = []
    for signature in _readable(header):
        if aligned(signature.domain, domain):
            found.append(signature)
        if len(found) == MOST:
            break
    return tuple(found)


def checked(
    raw: bytes,
    header: Header,
    domain: str,
    *,
    wanted: Wanted,
    names: Names,
    now: datetime,
) -> Proof:
    """Whether one signature of the From domain's organisation is good; see `must_be_good_for`.

    Of several the one that covers most counts.
    """
    failed = Proof(ok=False, why="it has no signature of its sender's domain")
    found = signatures_for(header, domain)
    for signature in sorted(found, key=lambda one: not _covers(one, wanted.replying)):
        try:
            must_be_good_for(signature, wanted.covered, now=now)
            must_be_recent(header, signature, now)
            _must_fit(raw, header, signature, domain=domain, names=names)
            must_be_read_as_written(raw, header, signature)
        except Unfit as error:
            failed = failed if failed.again else Proof(ok=False, why=str(error))
        except NoAnswer:
            failed = LATER
        else:
            names.proved()
            replies = _covers(signature, wanted.replying)
            return Proof(ok=True, why="its signature is good", replies=replies, to=wanted.to)
    return failed


def _covers(signature: Signature, names: tuple[str, ...]) -> bool:
    return set(names) <= set(signature.names)


def _readable(header: Header) -> Iterator[Signature]:
    for field in header.all("dkim-signature"):
        try:
            yield signature_of(field)
        except Unfit:  # others may be good
            continue


def _must_fit(
    raw: bytes, header: Header, signature: Signature, *, domain: str, names: Names
) -> None:
    """Raises `Unfit` or `NoAnswer`. The body comes last: only who has the key makes us read it."""
    if not speaks_for(signature.domain, domain, names):
        raise Unfit("its signer is another than its domain allows")
    key = key_of(names.txt(signature.place), signature)
    must_have_signed(key, signature.value, signed_header(header, signature))
    if body_digest(raw, header.body, signature.body) != signature.digest:
        raise Unfit("its body is not the one that was signed")
