"""What our receiving server's results say about the domain in From."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from channels.email.proof.domains import aligned, organisation
from channels.email.proof.results import Result, Results


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`vouched` where our server found by DMARC that the mail is the domain's, `failed` where it
    found the contrary, or it is not clear.

    `signers` are the domains, of the same organisation, whose signatures it found good. `direct`
    means that the mail came from the organisation's own servers (SPF): nobody can have sent it on.
    """

    vouched: bool
    failed: bool
    direct: bool
    signers: tuple[str, ...]


def verdict_of(found: tuple[Results, ...], sender: str) -> Verdict:
    """Weighs the results for the address in From.

    DMARC decides where it was judged: a failure there outweighs a good signature. One server
    writes one DMARC result, on the From that we read too; otherwise something of the sender's came
    in between.
    """
    domain = sender.rpartition("@")[2]
    results = tuple(result for one in found for result in one.results)
    dmarc = [result for result in results if result.method == "dmarc"]
    vouched = [_is_for(result, domain) for result in _passed(results, "dmarc")]
    signers = (name for result in _passed(results, "dkim") for name in _signer(result))
    return Verdict(
        vouched=any(vouched),
        failed=any(one.result == "fail" for one in dmarc) or len(dmarc) > 1 or not all(vouched),
        direct=any(_came_from(result, sender) for result in _passed(results, "spf")),
        signers=tuple(name for name in signers if aligned(name, domain)),
    )


def _passed(results: tuple[Result, ...], method: str) -> Iterator[Result]:
    return (one for one in results if one.method == method and one.result == "pass")


def _is_for(result: Result, domain: str) -> bool:
    """Whether a DMARC result speaks of this From and of no other."""
    named = result.all("header.from")
    return bool(named) and all(name in (domain, organisation(domain)) for name in named)


def _signer(result: Result) -> tuple[str, ...]:
    """The domain of a signature: its `d`, or else that of its `i`; none where it is not clear."""
    named = result.all("header.d") or tuple(
        name.rpartition("@")[2] for name in result.all("header.i")
    )
    return named if len(named) == 1 else ()


def _came_from(result: Result, sender: str) -> bool:
    """Whether it was handed over in that very sender's name, where the server tells the name.

    A server that passes on what it got from elsewhere does so in another name, or in its own.
    """
    named = result.all("smtp.mailfrom")
    if len(named) != 1:
        return False
    (local, _, domain), (own, _, own_domain) = named[0].rpartition("@"), sender.rpartition("@")
    return aligned(domain, own_domain) and local in ("", own)
