"""Which domains belong to the same organisation, by the Public Suffix List."""

from __future__ import annotations

import re
from functools import cache

from publicsuffixlist import PublicSuffixList

_LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"  # underscores are for _domainkey and the like
_DOMAIN = re.compile(rf"(?=.{{1,253}}$){_LABEL}(\.{_LABEL})+")


def is_domain(text: str) -> bool:
    """Whether it is a domain as it is asked for: in lower case, ASCII, of two labels or more."""
    return bool(_DOMAIN.fullmatch(text))


def organisation(domain: str) -> str:
    """The domain below the public suffix, such as `a.co.uk`; empty when it is itself public."""
    return (_listed().privatesuffix(domain) or "") if is_domain(domain) else ""


def aligned(one: str, other: str) -> bool:
    """Whether both are the same domain or belong to one organisation (RFC 7489, relaxed)."""
    if not (is_domain(one) and is_domain(other)):
        return False
    return one == other or (bool(organisation(one)) and organisation(one) == organisation(other))


@cache
def _listed() -> PublicSuffixList:
    """The list that the library ships: nothing is fetched. It takes 50 ms to read."""
    return PublicSuffixList()
