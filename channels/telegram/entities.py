"""What Telegram marks in a text (mentions, links, quotations) <-> words; pure.

https://core.telegram.org/bots/api#messageentity: places are counted in UTF-16 units.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.text import plain
from channels.json_values import Json, part, parts, raw, words
from channels.telegram.own import Own
from channels.telegram.parts import escaped
from channels.telegram.payload import natural, whole

_HERE = "\x00"  # where Carrel was mentioned; no text that is kept holds it
# looked for from where a run of spaces begins: the time grows with the text and no faster
_MENTION = re.compile(rf"(?<![ \t])[ \t]*{_HERE}[,:]?")
_TAGS = {"blockquote": "blockquote", "expandable_blockquote": "blockquote", "italic": "i"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A text and what is marked in it; `Marked.of` reads a message's words or its caption."""

    text: str
    entities: Sequence[Json]

    @classmethod
    def of(cls, message: Json) -> Marked:
        """The text of a message, or what stands below its picture or file."""
        if text := raw(message, "text"):
            return cls(text=text, entities=parts(message, "entities"))
        caption = raw(message, "caption")
        return cls(text=caption, entities=parts(message, "caption_entities"))

    def mentions(self, own: Own) -> bool:
        """Whether it calls Carrel by name."""
        return any(_is_own(piece, entity, own) for piece, entity in self._spans())

    def readable(self, own: Own) -> str:
        """The words as a person reads them, without mentions of Carrel."""

        def spelt(piece: str, entity: Json) -> str | None:
            return _HERE if _is_own(piece, entity, own) else _linked(piece, entity)

        return plain(_MENTION.sub("", self._with(spelt))).strip()

    def html(self) -> str:
        """The words with those marks that Carrel makes."""

        def tagged(piece: str, entity: Json) -> str | None:
            tag = _TAGS.get(raw(entity, "type"))
            return f"<{tag}>{escaped(plain(piece))}</{tag}>" if tag else None

        return self._with(tagged, between=lambda piece: escaped(plain(piece))).strip()

    def _with(
        self, shown: Callable[[str, Json], str | None], *, between: Callable[[str], str] = str
    ) -> str:
        """The text with each marked piece as it is `shown` (None: as the text `between` them)."""
        whole_text, end, found = self._raw(), 0, []
        for start, stop, entity in self._places():
            piece = shown(_decoded(whole_text[start:stop]), entity) if start >= end else None
            if piece is not None:
                found += [between(_decoded(whole_text[end:start])), piece]
                end = stop
        return "".join([*found, between(_decoded(whole_text[end:]))])

    def _spans(self) -> Iterator[tuple[str, Json]]:
        whole_text = self._raw()
        for start, stop, entity in self._places():
            yield _decoded(whole_text[start:stop]), entity

    def _places(self) -> Sequence[tuple[int, int, Json]]:
        """Where each entity begins and ends, in bytes, in the order of the text."""
        known = [one for one in self.entities if isinstance(one.get("offset"), int)]
        places = [(2 * whole(one, "offset"), 2 * natural(one, "length"), one) for one in known]
        found = [(start, start + size, one) for start, size, one in places if start >= 0 < size]
        return sorted(found, key=lambda place: place[0])

    def _raw(self) -> bytes:
        return self.text.encode("utf-16-le", "surrogatepass")


def _decoded(raw_text: bytes) -> str:
    return raw_text.decode("utf-16-le", "ignore")


def _is_own(piece: str, entity: Json, own: Own) -> bool:
    match raw(entity, "type"):
        case "mention":
            return piece.casefold() == f"@{own.username}".casefold()
        case "text_mention":
            return natural(part(entity, "user"), "id") == own.id
    return False


def _linked(piece: str, entity: Json) -> str | None:
    """The words of a link and where it leads; None when they say so, or it is no link."""
    url = words(entity, "url") if raw(entity, "type") == "text_link" else ""
    return f"{piece} ({url})" if url and _bare(url) != _bare(piece) else None


def _bare(url: str) -> str:
    return url.strip().removeprefix("https://").removeprefix("http://").rstrip("/")
