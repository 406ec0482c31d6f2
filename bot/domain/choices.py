"""How the words of a choice are known again where there is no room for them."""

from __future__ import annotations

import base64
import hashlib


def digest(says: str) -> str:
    """Twenty letters for the words of a choice, the same for the same words always."""
    return base64.urlsafe_b64encode(hashlib.sha256(says.encode()).digest()[:15]).decode()
