"""Which parts of a mail are what somebody wrote, and their words."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from channels.email.reading.parts import Part

_TAG = re.compile(r"<[^<>]*>|&nbsp;|&#160;|\s")
_FRAGMENT = re.compile(r"att\d{5}\.(?:txt|html?)")  # what Exchange makes of words between pictures
_SHOWN = re.compile(r"<(?:img|hr)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of what was written: the places where it stands as plain text and as HTML."""

    plain: tuple[str, ...] = ()
    html: tuple[str, ...] = ()


def passages(part: Part, *, first: bool = True) -> list[Passage]:
    """The passages of a mail in their order; `first` says that nothing stands before."""
    kind = part.media_type.partition("/")[2]
    if part.is_leaf:
        return _passage(part, first=first)
    if kind == "alternative":
        return _one(part)
    if kind in {"related", "signed", "report", "encrypted"}:
        found = [passages(one, first=first) for one in part.parts]
        return next((one for one in found if one), [])
    if kind == "digest":
        return []
    found_all: list[Passage] = []
    for number, one in enumerate(part.parts):
        found_all += passages(one, first=first and not number)
    return found_all


def alternatives(part: Part) -> frozenset[str]:
    """The places of leaves that are only another form of the same words."""
    within = {
        leaf.place
        for one in part.everything()
        if one.media_type == "multipart/alternative"
        for child in one.parts
        for leaf in ([child] if child.is_leaf and not child.is_message else [])
        if not leaf.name and leaf.disposition != "attachment"
    }
    return frozenset(within)


def joined(found: Sequence[Passage], words: Mapping[str, str]) -> tuple[str, str]:
    """The plain text and the HTML of all passages.

    Each is empty unless it can be whole: a passage that stands only in HTML is not left out of the
    plain text without a word. One that stands only as plain text is put into the HTML.
    """
    said = list(found)
    if len(found) > 1:
        said = [one for one in found if any(_says(words.get(p, "")) for p in _places(one))]
        said = said or list(found[:1])
    text = ""
    if all(any(words.get(p, "").strip() for p in one.plain) or not one.html for one in said):
        text = "\n".join(words.get(p, "") for one in said for p in one.plain)
    if not any(one.html for one in said):
        return text, ""
    return text, "\n".join(_as_html(one, words) for one in said)


def _one(part: Part) -> list[Passage]:
    """Several forms of the same words are one passage."""
    found = [passages(one) for one in part.parts]
    plain = next((all_ for one in found if (all_ := [p for f in one for p in f.plain])), [])
    htmls = next((all_ for one in found if (all_ := [p for f in one for p in f.html])), [])
    return [Passage(plain=tuple(plain), html=tuple(htmls))] if plain or htmls else []


def _passage(part: Part, *, first: bool) -> list[Passage]:
    attached = part.disposition == "attachment" or (bool(part.name) and not first)
    if attached and not _FRAGMENT.fullmatch(part.name.lower()):
        return []
    if part.media_type == "text/plain":
        return [Passage(plain=(part.place,))]
    if part.media_type in {"text/html", "application/xhtml+xml"}:
        return [Passage(html=(part.place,))]
    return []


def _as_html(one: Passage, words: Mapping[str, str]) -> str:
    if one.html:
        return "\n".join(words.get(p, "") for p in one.html)
    return "\n".join(f"<pre>{html.escape(words.get(p, ''))}</pre>" for p in one.plain)


def _places(one: Passage) -> tuple[str, ...]:
    return (*one.plain, *one.html)


def _says(words: str) -> bool:
    """Whether anything is left without tags."""
    return bool(_TAG.sub("", words)) or bool(_SHOWN.search(words))
