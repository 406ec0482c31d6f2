"""What is kept of a part once its bytes were looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.text import plain
from channels.email.mail import Leaf
from channels.email.reading import pictures, tnef
from channels.email.reading.allowance import LONGEST_TEXT, Allowance
from channels.email.reading.charsets import text_of
from channels.email.reading.flowed import unflowed
from channels.email.reading.parts import Part
from channels.email.reading.transfer import uuencoded

_TNEF = frozenset(("application/ms-tnef", "application/vnd.ms-tnef"))
_REPORTS = frozenset(
    (
        "message/delivery-status",
        "message/disposition-notification",
        "message/feedback-report",
        "message/global-delivery-status",
        "message/global-disposition-notification",
        "message/global-headers",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A file inside a winmail.dat, without its bytes."""

    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A leaf and what only its bytes tell.

    `is_written` means that it is what somebody wrote, or another form of it. `spelt` are the files
    that are uuencoded among the words: name and bytes. `packed` are those of a winmail.dat, None
    when it cannot be opened.
    """

    leaf: Leaf
    is_written: bool = False
    pixels: tuple[int, int] = (0, 0)
    spelt: tuple[tuple[str, bytes], ...] = ()
    is_tnef: bool = False
    packed: tuple[Packed, ...] | None = None
    words: str = ""


def held_of(part: Part, allowance: Allowance, *, is_written: bool) -> Held:
    """Looks at a part's bytes once and lets go of them."""
    if part.is_message:
        return Held(leaf=_leaf(part, size=len(part.content())))
    data = part.content()
    if is_tnef(part, data):
        return _tnef(part, data)
    text = ""
    spelt: tuple[tuple[str, bytes], ...] = ()
    if part.media_type.startswith("text/") or part.media_type in _REPORTS or is_written:
        words, found = uuencoded(data) if is_written else (data, [])
        spelt = tuple((text_of(name), content) for name, content in found)
        text = _text(part, words, allowance)
    return Held(
        leaf=_leaf(part, size=len(data), text=text),
        is_written=is_written,
        pixels=pictures.pixels(data) if part.media_type.startswith("image/") else (0, 0),
        spelt=spelt,
    )


def is_tnef(part: Part, data: bytes) -> bool:
    """Whether it is a winmail.dat, by what it says and by its first bytes."""
    named = part.name.lower() in {"winmail.dat", "win.dat"}
    return part.media_type in _TNEF or (named and data.startswith(tnef.SIGNATURE))


def _tnef(part: Part, data: bytes) -> Held:
    leaf = _leaf(part, size=len(data))
    try:
        found = tnef.opened(data)
    except tnef.TnefBroken:
        return Held(leaf=leaf, is_tnef=True)
    return Held(leaf=leaf, is_tnef=True, packed=tuple(_packed(found.files)), words=found.text)


def _packed(files: Iterable[tnef.TnefFile]) -> Iterable[Packed]:
    return (Packed(name=one.name, media_type=one.media_type, size=len(one.data)) for one in files)


def _text(part: Part, data: bytes, allowance: Allowance) -> str:
    """The words of a part, cut to what anybody can have written."""
    cut = data[: 4 * LONGEST_TEXT]
    text = allowance.text(plain(text_of(cut, part.parameters.get("charset", ""))))
    if part.media_type == "text/plain" and part.parameters.get("format", "").lower() == "flowed":
        return unflowed(text, delsp=part.parameters.get("delsp", "").lower() == "yes")
    return text


def _leaf(part: Part, *, size: int, text: str = "") -> Leaf:
    return Leaf(
        place=part.place,
        media_type=part.media_type,
        name=" ".join(plain(part.name).split())[-500:],
        disposition=part.disposition,
        content_id=plain(part.head.get("content-id")).strip(" <>")[:500],
        size=size,
        text=text,
    )
