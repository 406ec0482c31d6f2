"""A mail's bytes -> its parts, as a tree: nothing is copied and every bound is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from channels.email.reading.allowance import Allowance
from channels.email.reading.encoded_words import decoded
from channels.email.reading.headers import Head, Span, head_of
from channels.email.reading.parameters import parameters
from channels.email.reading.transfer import decoded as carried
from channels.email.reading.transfer import is_encoded

MESSAGES = frozenset(("message/rfc822", "message/global", "message/news"))
_TYPE = re.compile(r"([a-z0-9!#$&^_.+-]{1,60})\s?/\s?([a-z0-9!#$&^_.+-]{1,100})")
_BORDER_END = re.compile(rb"(--)?[ \t]*(?:\r{0,2}\n|\r|\Z)")
_GUESSED = re.compile(rb"^--([^\s][^\r\n]{2,199})\r?\n[Cc]ontent-[A-Za-z-]+:", re.MULTILINE)
_HTML = re.compile(rb"\s*<(?:!doctype html|html|body|div|p)\b", re.IGNORECASE)
_LONGEST_BORDER = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a mail: `place` as in `Leaf`, `parts` are those inside it.

    A message inside has one part: its own root. A root of several parts has the place of what
    holds it, empty for the mail itself.
    """

    place: str
    media_type: str
    parameters: Mapping[str, str]
    disposition: str
    name: str
    head: Head
    parts: tuple[Part, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def is_message(self) -> bool:
        """Whether a mail is inside it."""
        return self.media_type in MESSAGES and bool(self.parts)

    @property
    def is_leaf(self) -> bool:
        """Whether it has no parts of its own; a mail inside is a leaf of the one around it."""
        return not self.parts or self.is_message

    def content(self) -> bytes:
        """The bytes as they were before they were made ready to travel."""
        return carried(self.head.body.bytes(), self.head.get("content-transfer-encoding"))

    def leaves(self) -> Iterator[Part]:
        """What is in this mail, without what is in the mails inside it."""
        if self.is_leaf:
            yield self
            return
        for part in self.parts:
            yield from part.leaves()

    def everything(self) -> Iterator[Part]:
        """It and all parts inside, in order."""
        yield self
        for part in self.parts:
            yield from part.everything()


def tree_of(source: bytes, allowance: Allowance) -> Part:
    """The mail as a part; raises `MailRefused` when a bound is passed."""
    return _root(Span(source=source, start=0, end=len(source)), "", allowance, depth=0)


def _root(span: Span, prefix: str, allowance: Allowance, *, depth: int) -> Part:
    part = _part(span, prefix, allowance, depth=depth, default="text/plain")
    return part if part.parts and not part.is_message else _moved(part, _below(prefix, 1))


def _moved(part: Part, place: str) -> Part:
    """A root that is no container stands one below; so does what is in it."""
    if part.is_message:
        inner = tuple(_under(one, part.place, place) for one in part.parts)
        return replace(part, place=place, parts=inner)
    return replace(part, place=place)


def _under(part: Part, old: str, new: str) -> Part:
    rest = part.place.removeprefix(old).lstrip(".")
    place = f"{new}.{rest}" if rest else new
    return replace(part, place=place, parts=tuple(_under(one, old, new) for one in part.parts))


def _part(span: Span, place: str, allowance: Allowance, *, depth: int, default: str) -> Part:
    allowance.part(depth)
    head = head_of(span, allowance)
    part = _described(head, place, default)
    if part.media_type.startswith("multipart/"):
        return _divided(part, allowance, depth=depth)
    if part.media_type in MESSAGES:
        inner = _root(_inner(head, allowance, depth), place, allowance, depth=depth + 1)
        return replace(part, parts=(inner,))
    return part


def _inner(head: Head, allowance: Allowance, depth: int) -> Span:
    encoding = head.get("content-transfer-encoding")
    if not is_encoded(encoding):
        return head.body
    allowance.opened(head.body.end - head.body.start, depth)
    data = carried(head.body.bytes(), encoding)
    return Span(source=data, start=0, end=len(data))


def _divided(part: Part, allowance: Allowance, *, depth: int) -> Part:
    body = part.head.body
    allowance.scanned(body.end - body.start, depth)
    border = part.parameters.get("boundary", "").rstrip().encode("utf-8", errors="replace")
    spans, ended = _between(body, border[:_LONGEST_BORDER], allowance) if border else ([], False)
    faults = [] if border else ["no boundary named"]
    if not spans:
        faults += ["boundary never seen"] if border else []
        guessed = _GUESSED.search(body.source, body.start, min(body.end, body.start + 20_000))
        if guessed:
            spans, ended = _between(body, guessed.group(1).rstrip(), allowance)
    if not spans:
        bare = "text/html" if _HTML.match(body.source, body.start, body.end) else "text/plain"
        return replace(part, media_type=bare, faults=(*part.faults, *faults))
    if not ended:
        faults.append("no closing boundary")
    default = "message/rfc822" if part.media_type == "multipart/digest" else "text/plain"
    parts = tuple(
        _part(span, _below(part.place, number), allowance, depth=depth + 1, default=default)
        for number, span in enumerate(spans, start=1)
    )
    return replace(part, parts=parts, faults=(*part.faults, *faults))


def _between(body: Span, border: bytes, allowance: Allowance) -> tuple[list[Span], bool]:
    """What stands between the borders, and whether the last of them closes."""
    spans: list[Span] = []
    mark, source = b"--" + border, body.source
    begun = -1
    at = source.find(mark, body.start, body.end)
    while at >= 0:
        allowance.border()
        end = _BORDER_END.match(source, at + len(mark), body.end)
        if end and (at == body.start or source[at - 1] in b"\r\n"):
            if 0 <= begun < at:  # two borders in a row are one
                spans.append(Span(source=source, start=begun, end=_before(source, begun, at)))
            begun = end.end()
            if end.group(1):
                return spans, True
        at = source.find(mark, end.end() if end else at + len(mark), body.end)
    if begun >= 0:
        spans.append(Span(source=source, start=begun, end=body.end))
    return spans, False


def _before(source: bytes, begun: int, at: int) -> int:
    """The line end in front of a border belongs to the border."""
    for end in (b"\r\n", b"\n", b"\r"):
        if source.endswith(end, begun, at):
            return at - len(end)
    return max(begun, at)


def _below(place: str, number: int) -> str:
    return f"{place}.{number}" if place else str(number)


def stated_type(head: Head) -> str:
    """The media type that the headers name, in lower case; empty when they name none."""
    found = _TYPE.match(parameters(head.get("content-type"))[0])
    return f"{found.group(1)}/{found.group(2)}" if found else ""


def _described(head: Head, place: str, default: str) -> Part:
    _, named = parameters(head.get("content-type"))
    stated = stated_type(head)
    disposition, said = parameters(head.get("content-disposition"))
    name = said.get("filename") or named.get("name") or said.get("name") or ""
    return Part(
        place=place,
        media_type=stated or default,
        parameters=named,
        disposition=_disposition(disposition, said),
        name=decoded(name).strip(),
        head=head,
        faults=(
            *head.faults,
            *(() if stated or not head.get("content-type") else ("no media type",)),
        ),
    )


def _disposition(said: str, with_: Mapping[str, str]) -> str:
    """`inline`, `attachment` (which any other word means too) or empty."""
    if not said and not with_:
        return ""
    return "inline" if said.startswith("inline") else "attachment"
