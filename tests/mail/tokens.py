"""Access tokens by which people log in without a password (XOAUTH2): a company gives them out."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from pathlib import Path

_SECRET = b"what the company and its mail server share"


def write_keys(folder: Path) -> None:
    """What the mail server holds tokens against."""
    place = folder / "default" / "HS256"
    place.mkdir(parents=True, exist_ok=True)
    (place / "default").write_bytes(base64.b64encode(_SECRET))


def access_token(user: str, *, seconds: float = 3600) -> str:
    """A token for somebody's mailbox, good for so long; for less than none it is over."""
    now = int(time.time())
    claims = {"sub": user, "email": user, "iat": now - 7200, "exp": now + int(seconds)}
    told = f"{_coded({'alg': 'HS256', 'typ': 'JWT'})}.{_coded(claims)}"
    signature = hmac.new(_SECRET, told.encode(), hashlib.sha256).digest()
    return f"{told}.{_plain(signature)}"


def _coded(value: object) -> str:
    return _plain(json.dumps(value).encode())


def _plain(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
