"""Who sends, and with what: the settings of e-mail that sending looks at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """`address` is such as `Carrel <carrel@example.org>`; replies to it are read if it `hears`.

    `public_url` is where the world reaches the HTTP side, empty where it does not. With `dkim_key`,
    a PEM file, and `dkim_selector`, what is sent is signed.
    """

    address: str
    hears: bool = False
    public_url: str = ""
    dkim_key: Path | None = None
    dkim_selector: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How many bytes of files go with one mail, and how long it waits between two greetings."""

    most_bytes: int = 15_000_000  # encoded they grow by a third, and servers usually take 25 MB
    greet_seconds: float = 60.0


USUAL = Bounds()
