"""Whether a signer's domain speaks for the domain in From."""

from __future__ import annotations

from channels.email.proof.domains import aligned, organisation
from channels.email.proof.names import Names
from channels.email.proof.signature import Unfit, tags_of


def speaks_for(signer: str, domain: str, names: Names) -> bool:
    """Whether it is the same domain, or of the same organisation where the domain allows that.

    Only the domain's DMARC record can forbid it (`adkim=s`); without one all is allowed. Raises
    `NoAnswer` when that cannot be known now.
    """
    if signer == domain or not aligned(signer, domain):
        return signer == domain
    return not _is_strict(domain, names)


def _is_strict(domain: str, names: Names) -> bool:
    for name in dict.fromkeys((domain, organisation(domain))):
        policies = [
            record for record in names.txt(f"_dmarc.{name}") if record.startswith(b"v=DMARC1")
        ]
        if policies:
            return len(policies) > 1 or _mode(policies[0]) != "r"
    return False


def _mode(policy: bytes) -> str:
    """`r` or `s`; `s` when it cannot be read: then only the very domain counts."""
    try:
        return tags_of(policy.decode("latin-1")).get("adkim", "r").strip().lower()
    except Unfit:
        return "s"
