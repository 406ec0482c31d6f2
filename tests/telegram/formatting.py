"""HTML of the Bot API -> text and entities, by https://core.telegram.org/bots/api#html-style."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from tests.telegram.world import Json, bad

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)"
    r"(?P<more>(?:\s+[a-zA-Z-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?)*)\s*>"
)
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_NAMED = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
}
_FOUND = (
    ("bot_command", re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?")),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{2,31}")),
    ("url", re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,:;!?)]")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[A-Za-z]\w*")),
)
_CLOSED = frozenset({"code", "pre", "text_link"})  # nothing is looked for inside of them


@dataclass(slots=True)
class _Open:
    name: str
    kind: str
    begin: int
    more: Json


@dataclass(slots=True)
class _Page:
    text: list[str] = field(default_factory=list)
    length: int = 0
    entities: list[Json] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)

    def add(self, words: str) -> None:
        """Words between tags."""
        if "<" in words:
            raise _cannot(f"Unsupported start tag at byte offset {self.length}")
        told = _NAMED.sub(lambda found: html.unescape(found[0]), words)
        self.text.append(told)
        self.length += units(told)

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """A start tag."""
        kind, more = _known(name, attributes)
        inside = {one.kind for one in self.open}
        if kind == "code" and inside == {"pre"}:
            language = attributes.get("class", "").removeprefix("language-")
            self.open[-1].more |= {"language": language} if language else {}
            kind = ""  # it only names the language
        elif inside & {"code", "pre"} or (kind == "blockquote" and kind in inside):
            raise _cannot(f'Tag "{name}" must not be nested')
        self.open.append(_Open(name, kind, self.length, more))

    def end(self, name: str) -> None:
        """An end tag."""
        if not self.open:
            raise _cannot(f"Unexpected end tag at byte offset {self.length}")
        last = self.open.pop()
        if last.name != name:
            told = f'Unmatched end tag, expected "</{last.name}>", found "</{name}>"'
            raise _cannot(told)
        own = {"type": last.kind, "offset": last.begin, "length": self.length - last.begin}
        if own["length"] and last.kind:
            self.entities.append({**own, **last.more})


def parsed(source: str) -> tuple[str, list[Json]]:
    """The text and its entities, with offsets in UTF-16 units; raises `ApiError`."""
    page, place = _Page(), 0
    while (at := source.find("<", place)) >= 0:
        page.add(source[place:at])
        tag = _TAG.match(source, at)
        if tag is None:
            raise _cannot(f"Unsupported start tag at byte offset {at}")
        if tag["end"]:
            page.end(tag["name"].lower())
        else:
            page.begin(tag["name"].lower(), _attributes(tag["more"]))
        place = tag.end()
    page.add(source[place:])
    if page.open:
        raise _cannot(f'Can\'t find end tag corresponding to start tag "{page.open[-1].name}"')
    return fitted("".join(page.text), page.entities)


def fitted(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without white space at both ends, and with what Telegram finds by itself."""
    cut = units(text) - units(text.lstrip())
    words = text.strip()
    moved = [_moved(one, cut, units(words)) for one in entities]
    kept = [one for one in moved if one["length"] > 0]
    closed = [one for one in kept if one["type"] in _CLOSED]
    free = [one for one in found_in(words) if not any(_overlap(one, other) for other in closed)]
    kept += free
    return words, sorted(kept, key=lambda one: (one["offset"], -one["length"]))


def found_in(text: str) -> list[Json]:
    """Commands, mentions, addresses: what is pressable though nobody marked it up."""
    return [
        {"type": kind, "offset": units(text[: one.start()]), "length": units(one[0])}
        for kind, pattern in _FOUND
        for one in pattern.finditer(text)
    ]


def units(text: str) -> int:
    """How long the text is in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _known(name: str, attributes: dict[str, str]) -> tuple[str, Json]:
    if name not in _KINDS or (name == "span" and attributes.get("class") != "tg-spoiler"):
        raise _cannot(f'Unsupported start tag "{name}"')
    if name == "blockquote" and "expandable" in attributes:
        return "expandable_blockquote", {}
    if name == "a":
        return "text_link", {"url": html.unescape(attributes.get("href", ""))}
    if name == "tg-emoji":
        return "custom_emoji", {"custom_emoji_id": attributes.get("emoji-id", "")}
    return _KINDS[name], {}


def _attributes(source: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(source)
    return {name.lower(): one or two or three for name, one, two, three in found}


def _moved(entity: Json, cut: int, length: int) -> Json:
    begin = max(entity["offset"] - cut, 0)
    end = min(entity["offset"] + entity["length"] - cut, length)
    return {**entity, "offset": begin, "length": end - begin}


def _overlap(one: Json, other: Json) -> bool:
    ends: tuple[int, int] = (
        one["offset"] + one["length"],
        other["offset"] + other["length"],
    )
    return bool(one["offset"] < ends[1] and other["offset"] < ends[0])


def _cannot(why: str) -> Exception:
    return bad(f"can't parse entities: {why}")
