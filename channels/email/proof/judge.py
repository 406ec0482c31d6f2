"""Whether a mail surely comes from the address in its From.

What our own receiving server found by DMARC or DKIM counts first; where it says nothing, Carrel
checks the signatures itself. Both prove the domain, whose owner vouches for the names before the @.

A good signature alone is not enough: whoever has got a signed mail can send it on to anybody, as it
stands. So a mail must name Carrel's address in To or Cc, for our server's finding too, and unless
it came straight from the sender's own servers, the signature must cover that field. It must cover
From, Subject, Date and Message-ID as well where they stand: these and the body are what tells one
mail from another, so that one which is sent on again is the same mail and is handled once. Neither
Date nor Message-ID need be there: without them, the same holds for what is.
"""

from __future__ import annotations

from datetime import datetime

from channels.email.mail import Mail
from channels.email.proof.addresses import names as names_address
from channels.email.proof.addresses import one_address
from channels.email.proof.alignment import speaks_for
from channels.email.proof.domains import is_domain
from channels.email.proof.fields import Ambiguous, Header, header_of
from channels.email.proof.names import Names, NoAnswer
from channels.email.proof.own_check import LATER, checked, signatures_for
from channels.email.proof.proof import Proof
from channels.email.proof.signature import Unfit, must_be_good_for
from channels.email.proof.trusted import own_results
from channels.email.proof.verdict import Verdict, verdict_of

_TOLD = ("from", "subject", "date", "message-id")  # what a mail's identity hangs on
_ONCE = (
    *_TOLD,
    "to",
    "cc",
    "in-reply-to",
    "references",
    "reply-to",
    "content-type",
    "content-transfer-encoding",
)


def proof_of(raw: bytes, mail: Mail, *, server: str, names: Names, to: str, now: datetime) -> Proof:
    """Whether a mail, read from these bytes, comes from its `sender`; for any bytes at all.

    `server` is as in `own_results`, empty where our server's findings are not to be used. `to` is
    Carrel's own address. `now` is aware: best the instant at which our server took the mail in,
    since signatures expire. Asks the network for at most as long as `names` allows.
    """
    names.fresh()
    try:
        return _judged(raw, mail, server=server, names=names, to=to, now=now)
    except (Ambiguous, Unfit) as error:
        return Proof(ok=False, why=str(error))
    except NoAnswer:
        return LATER


def _judged(raw: bytes, mail: Mail, *, server: str, names: Names, to: str, now: datetime) -> Proof:
    header = header_of(raw)
    domain = _from_domain(header, mail)
    covered = _to_cover(header, to)
    verdict = verdict_of(own_results(header.fields, server), domain)
    if verdict.failed:
        raise Unfit("our server found that it is not from its sender")
    if _passed(verdict, domain, names) and (verdict.direct or _is_to_us(header, domain, covered)):
        return Proof(ok=True, why="our server found so")
    return checked(raw, header, domain, covered=covered, names=names, now=now)


def _from_domain(header: Header, mail: Mail) -> str:
    """The domain of the one address in From; raises `Unfit` where it is not one for everybody."""
    for name in _ONCE:
        if len(header.all(name)) > 1:
            raise Unfit(f"it has more than one {name}")
    fields = header.all("from")
    sender = one_address(fields[0].value) if fields else ""
    domain = sender.rpartition("@")[2]
    if not sender or sender != mail.sender or not is_domain(domain):
        raise Unfit("its From is not one clear address")
    return domain


def _to_cover(header: Header, to: str) -> tuple[str, ...]:
    """The fields that a signature must cover; raises `Unfit` unless one of them names us."""
    naming = [
        name
        for name in ("to", "cc")
        for field in header.all(name)
        if names_address(field.value, to)
    ]
    if not naming:
        raise Unfit("it was not addressed to us")
    return (naming[0], *(name for name in _TOLD if header.all(name)))


def _passed(verdict: Verdict, domain: str, names: Names) -> bool:
    return verdict.vouched or any(speaks_for(signer, domain, names) for signer in verdict.signers)


def _is_to_us(header: Header, domain: str, covered: tuple[str, ...]) -> bool:
    """Whether every signature that our server may have gone by covers all of this."""
    signatures = signatures_for(header, domain)
    try:
        for signature in signatures:
            must_be_good_for(signature, covered)
    except Unfit:
        return False
    return bool(signatures)
