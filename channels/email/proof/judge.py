"""Whether a mail surely comes from the address in its From.

What our own receiving server found by DMARC or SPF with DKIM proves a mail that came straight from
the sender's own servers, in the sender's own name. For all others Carrel checks the signatures
itself, and needs their keys from DNS: that our server found one good does not tell which, nor what
it covers. Both prove the domain, whose owner vouches for the names before the @, and for what its
servers pass on.

A good signature alone is not enough: whoever has got a signed mail can send it on to anybody, as it
stands. So a mail must name Carrel's address in To or Cc, for our server's finding too, and unless
it came straight, the signature must cover that field. It must cover From, Subject, Date and
Message-ID as well where they stand: these and the body are what tells one mail from another, so
that one which is sent on again is the same mail and is handled once. Neither Message-ID nor Subject
need be there: without them, the same holds for what is. Microsoft's signatures leave out To and
Yahoo's Message-ID: mail from there is proved only where it comes straight.

What is remembered of a mail ends when a person is erased. So what was sent on must be young: see
`must_be_recent`. That the same mail comes again within these days, after its sender was erased and
is back, is not found out. Who also got a mail may have it come altered before it comes from its
sender, in what no signature covers: how its body is to be read is then settled by the body (see
`must_be_read_as_written`), what it replies to by the next rule, and all else of a header does
nothing.

Many signatures leave out what a mail replies to. Such a mail is its sender's all the same, but what
it replies to counts only where it went to somebody's private address, which all replies to Carrel's
own mails do: see `Proof.replies`.
"""

from __future__ import annotations

from datetime import datetime

from channels.email.mail import Mail
from channels.email.own_ids import Own, is_private
from channels.email.proof.addresses import named, one_address
from channels.email.proof.alignment import speaks_for
from channels.email.proof.domains import is_domain
from channels.email.proof.fields import Ambiguous, Header, header_of, top_of
from channels.email.proof.names import Names, NoAnswer
from channels.email.proof.own_check import LATER, Wanted, checked
from channels.email.proof.proof import Proof
from channels.email.proof.signature import Unfit
from channels.email.proof.trusted import failed, own_results
from channels.email.proof.verdict import Verdict, verdict_of

_TOLD = ("from", "subject", "date", "message-id")  # what a mail's identity hangs on
_ANSWERING = ("in-reply-to", "references")
_ONCE = (
    *_TOLD,
    "to",
    "cc",
    *_ANSWERING,
    "reply-to",
    "content-type",
    "content-transfer-encoding",
    "content-disposition",
)


def proof_of(
    raw: bytes, mail: Mail, *, server: str, names: Names, own: Own, now: datetime
) -> Proof:
    """Whether a mail, read from these bytes, comes from its `sender`; for any bytes at all.

    `server` is as in `own_results`, empty where our server's findings are not to be used. `now` is
    aware: best the instant at which our server took the mail in, since signatures expire. Asks the
    network for at most as long as `names` allows.
    """
    names.fresh()
    if is_disowned(raw, server=server):
        return Proof(ok=False, why="our server found that it is not from its sender", disowned=True)
    try:
        return _judged(raw, mail, server=server, names=names, own=own, now=now)
    except (Ambiguous, Unfit) as error:
        return Proof(ok=False, why=str(error))
    except NoAnswer:
        return LATER


def is_disowned(raw: bytes, *, server: str) -> bool:
    """Whether our own server found that a mail is not from its sender, however odd the mail is."""
    return failed(top_of(raw), server)


def _judged(raw: bytes, mail: Mail, *, server: str, names: Names, own: Own, now: datetime) -> Proof:
    header = header_of(raw)
    sender = _sender(header, mail)
    domain = sender.rpartition("@")[2]
    verdict = verdict_of(own_results(header.fields, server), sender)
    if verdict.failed:
        raise Unfit("what our server found can be read in more than one way")
    wanted = _wanted(header, own)
    if verdict.direct and _passed(verdict, domain, names):
        return Proof(ok=True, why="our server found so", replies=True, to=wanted.to)
    return checked(raw, header, domain, wanted=wanted, names=names, now=now)


def _sender(header: Header, mail: Mail) -> str:
    """The one address in From; raises `Unfit` where it is not one for everybody."""
    for name in _ONCE:
        if len(header.all(name)) > 1:
            raise Unfit(f"it has more than one {name}")
    fields = header.all("from")
    sender = one_address(fields[0].value) if fields else ""
    if not sender or sender != mail.sender or not is_domain(sender.rpartition("@")[2]):
        raise Unfit("its From is not one clear address")
    return sender


def _wanted(header: Header, own: Own) -> Wanted:
    """What a signature must cover; raises `Unfit` unless To or Cc names us.

    What it replies to need not be covered where it surely went to somebody's private address.
    """
    for name in ("to", "cc"):
        to = tuple(one for field in header.all(name) for one in named(field.value, own))
        if to:
            replying = () if any(map(is_private, to)) else _standing(header, _ANSWERING)
            return Wanted(covered=(name, *_standing(header, _TOLD)), replying=replying, to=to)
    raise Unfit("it was not addressed to us")


def _standing(header: Header, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if header.all(name))


def _passed(verdict: Verdict, domain: str, names: Names) -> bool:
    return verdict.vouched or any(speaks_for(signer, domain, names) for signer in verdict.signers)
