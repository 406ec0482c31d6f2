"""Signed lines of text: fields as canonical JSON, the key and the signature, and how to read them.

carrel-receipt-1.PAYLOAD.PUBLICKEY.SIGNATURE
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.errors import CarrelError

_LONGEST = 100_000  # letters; a name and twenty sections need some hundred


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One kind of signed line: its word for people, how it begins, and its fields' types."""

    word: str
    family: str
    version: int
    types: Mapping[str, type]

    @property
    def prefix(self) -> str:
        """How a line of this version begins."""
        return f"{self.family}{self.version}"


class Parts(NamedTuple):
    """A line taken apart; nothing in it is to be trusted before its signature was checked."""

    payload: bytes
    public_key: str
    signature: str


def payload_of(form: Form, fields: Mapping[str, object]) -> bytes:
    """The bytes that are signed: canonical JSON in ASCII, the same for the same fields."""
    said = {"format": form.prefix, **fields}
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode("ascii")


def token_of(form: Form, payload: bytes, *, public_key: str, signature: str) -> str:
    """The one line that carries a payload, the key and the signature."""
    encoded = base64.urlsafe_b64encode(payload).rstrip(b"=").decode()
    return f"{form.prefix}.{encoded}.{public_key}.{signature}"


def take_apart(form: Form, token: str) -> Parts:
    """The parts of a line; `CarrelError` says what is wrong with it. Checks no signature."""
    prefix, *parts = token.strip().split(".") if len(token) <= _LONGEST else [""]
    if prefix.startswith(form.family) and prefix != form.prefix:
        raise CarrelError(f"This is a {prefix!r}: check it with a Carrel that knows this version.")
    if prefix != form.prefix or len(parts) != 3 or not _is_signed(parts[1], parts[2]):
        raise CarrelError(
            f"This is no whole {form.word}: copy all of it, from {form.prefix} to its last letter."
        )
    return Parts(_decoded(form, parts[0]), parts[1], parts[2])


def fields_of(form: Form, payload: bytes) -> Mapping[str, Any]:
    """The fields of a payload, each of its own type; ValueError or RecursionError otherwise."""
    fields = json.loads(payload)
    wanted = {"format": str, **form.types}
    if not isinstance(fields, dict) or {k: type(v) for k, v in fields.items()} != wanted:
        raise ValueError(fields)
    json.dumps(fields, ensure_ascii=False).encode()  # half a character can be shown nowhere
    return fields


def altered(form: Form, why: str) -> CarrelError:
    """The error for a line that says what we would never write."""
    return CarrelError(f"The {form.word} was altered: {why}.")


def find_tokens(text: str, *forms: Form) -> tuple[str, ...]:
    """Every line of these forms in a text, those broken over lines or quoted in a mail as well.

    What begins like one and is none comes along as it stands, so that it is not overlooked.
    """
    whole = "|".join(
        rf"{form.prefix}\.[\w\s>-]*\.[\s>]*(?:[\w-][\s>]*){{43}}\.[\s>]*(?:[\w-][\s>]*){{85}}[\w-](?![\w-])"
        for form in forms
    )
    begun = "|".join(rf"{form.family}[\w.-]*" for form in forms)
    loose = re.compile(f"{whole}|{begun}", re.ASCII)
    return tuple(re.sub(r"[\s>]", "", found) for found in loose.findall(text))


def is_public_key(text: str) -> bool:
    """Whether the text has the form of a public key: 32 bytes as base64url without padding."""
    return re.fullmatch(r"[A-Za-z0-9_-]{43}", text, re.ASCII) is not None


def _is_signed(public_key: str, signature: str) -> bool:
    return is_public_key(public_key) and re.fullmatch(r"[\w-]{86}", signature, re.ASCII) is not None


def _decoded(form: Form, text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise altered(form, "its content cannot be decoded") from error
