"""Which mail addresses are Carrel's own."""

from __future__ import annotations

ALIAS = "submit"  # a name that is Carrel's whatever its own is: the submit+tech-8@


def is_own(address: str, own: str) -> bool:
    """Whether it is Carrel's `own` address, or `submit` at the same domain: with any tag or none.

    Both are one mailbox.
    """
    ours = untagged(own)
    domain = ours.rpartition("@")[2]
    return bool(domain) and untagged(address) in {ours, f"{ALIAS}@{domain}"}


def untagged(address: str) -> str:
    """The address in lower case without what stands behind its +; empty when it is none."""
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" if local else ""
