"""Headers that hold addresses and Message-IDs -> the addresses and the IDs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from channels.email.reading.encoded_words import shown

_LONGEST = 50_000  # characters of one header
_LONGEST_DOMAIN = 253
_LONGEST_NAME = 200
_MOST = 500
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"?')
_LOCAL = re.compile(r"[^\s\x00-\x1f\x7f()<>\[\]:;@\\,\"]{1,64}")
_DOMAIN = re.compile(r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_]"
                     r"(?:[a-z0-9_-]*[a-z0-9_])?)*")  # fmt: skip
_ID = re.compile(r"<\s{0,9}([^<>\s]{1,998})\s{0,9}>")


def one_address(values: tuple[str, ...]) -> tuple[str, str]:
    """The address and the name of the only mailbox that all the headers name; else empty ones."""
    if len(values) != 1:
        return "", ""
    pieces = [one for one in _pieces(values[0]) if "@" in one or "<" in one]
    return _mailbox(pieces[0]) if len(pieces) == 1 else ("", "")  # `Marsh, Ada <...>` is one


def addresses(values: tuple[str, ...]) -> tuple[str, ...]:
    """Every address of the headers once, in their order."""
    found = (address for value in values[:_MOST] for address, _ in mailboxes(value) if address)
    return tuple(dict.fromkeys(found))[:_MOST]


def mailboxes(value: str) -> list[tuple[str, str]]:
    """Address and name of each mailbox; the address is empty where it is none."""
    return [_mailbox(piece) for piece in _pieces(value)]


def _pieces(value: str) -> list[str]:
    pieces = _split(_without_comments(value[:_LONGEST]))
    return [piece for piece in pieces if piece.strip()][:_MOST]


def address_of(text: str) -> str:
    """The address in lower case, its domain as in the DNS; empty when it is none."""
    local, at, domain = text.strip().lower().rpartition("@")
    domain = _in_dns(domain.rstrip("."))
    local = unicodedata.normalize("NFC", local[:100])
    if not (at and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain)):
        return ""
    return f"{local}@{domain}"


def message_ids(value: str) -> tuple[str, ...]:
    """The IDs of a header without their brackets; of one without any, its first word."""
    found = tuple(dict.fromkeys(_ID.findall(value[:_LONGEST])))
    if found or not value.strip(" <>"):
        return found
    return (value.split(maxsplit=1)[0].strip("<>,;")[:998],)


def _mailbox(piece: str) -> tuple[str, str]:
    quoted = _QUOTED.sub(lambda found: "\x00" * len(found.group()), piece)
    begin, end = quoted.find("<"), quoted.rfind(">")
    if begin < 0:
        return address_of(piece), ""
    if quoted.count("<") > 1 or end < begin or quoted[end + 1 :].strip():
        return "", ""
    name = piece[:begin].strip()
    if name.startswith('"'):
        name = re.sub(r"\\(.)", r"\1", name.strip('"'))
    return address_of(piece[begin + 1 : end]), shown(name).strip("'\" ")[:_LONGEST_NAME]


def _in_dns(domain: str) -> str:
    if domain.isascii() or len(domain) > _LONGEST_DOMAIN:
        return domain
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def _without_comments(value: str) -> str:
    """Without what stands in round brackets outside quotation marks."""
    kept: list[str] = []
    depth, at = 0, 0
    while at < len(value):
        mark = value[at]
        if mark == '"' and not depth and (found := _QUOTED.match(value, at)):
            kept.append(found.group())
            at = found.end()
            continue
        depth = max(0, depth + (mark == "(") - (mark == ")"))
        if not depth and mark != ")":
            kept.append(mark)
        at += 2 if mark == "\\" and depth else 1
    return "".join(kept)


def _split(value: str) -> Iterator[str]:
    """Cut at commas and semicolons outside quotation marks and angle brackets; no group's name."""
    begin, inside, at = 0, False, 0
    while at < len(value):
        mark = value[at]
        if mark == '"' and (found := _QUOTED.match(value, at)):
            at = found.end()
            continue
        inside = mark == "<" or (inside and mark != ">")
        if not inside and mark in ",;":
            yield value[begin:at]
            begin = at + 1
        elif not inside and mark == ":":
            begin = at + 1
        at += 1
    yield value[begin:]
