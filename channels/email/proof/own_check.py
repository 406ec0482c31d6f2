"""Our own check of a mail's signatures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from channels.email.proof.alignment import speaks_for
from channels.email.proof.canonical import body_digest, signed_header
from channels.email.proof.domains import aligned
from channels.email.proof.fields import Header
from channels.email.proof.keys import key_of, must_have_signed
from channels.email.proof.names import Names, NoAnswer
from channels.email.proof.proof import Proof
from channels.email.proof.signature import Signature, Unfit, must_be_good_for, signature_of

MOST = 5  # signatures of the domain that are checked; mails have one or two
LATER = Proof(ok=False, why="names could not be looked up", again=True)


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
    covered: tuple[str, ...],
    names: Names,
    now: datetime,
) -> Proof:
    """Whether one signature of the From domain's organisation is good; see `must_be_good_for`."""
    failed = Proof(ok=False, why="it has no signature of its sender's domain")
    for signature in signatures_for(header, domain):
        try:
            must_be_good_for(signature, covered, now=now)
            _must_fit(raw, header, signature, domain=domain, names=names)
        except Unfit as error:
            failed = failed if failed.again else Proof(ok=False, why=str(error))
        except NoAnswer:
            failed = LATER
        else:
            return Proof(ok=True, why=f"signed by {signature.domain}")
    return failed


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
