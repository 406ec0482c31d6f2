"""From text to the pieces of a time in it, with their places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.domain.when import clocks, dates, periods, spans, weekdays
from bot.domain.when.draft import Draft, Make, merged

LONGEST = 600  # characters that are looked at
_END = r"(?=\.?(?:[\s,;:!?)\]\"]|$))"
_BETWEEN = re.compile(r"[ ,]*(?:(?:and|then) (?=at|on|in))?")
_REST = re.compile(r"[\s.,;:!?)\]\"'-]*")
_BARE_END = r"(?=[.!?]?$|[,:](?![0-9])| (?:to|about|that|for)\b)"
_BARE = re.compile(rf"(?P<hour>[0-9]{{1,2}}){_BARE_END}")
_DOTTED = re.compile(  # `3.12` may be a day
    rf"(?P<hour>[01]?[0-9]|2[0-3])\.(?P<minute>00|1[3-9]|[2-5][0-9]){_END}"
)
_SHORT_PART = re.compile(rf"{clocks.SHORT_PART}{_END}")
# Behind the name of a day a bare number up to 23 is its hour: `fri 9 to call`, `monday 0900`.
_BEHIND_DAY = re.compile(
    rf"(?<![\w'-])(?:{weekdays.WEEKDAY}|{weekdays.TOMORROW}|today|tonight)[ ,]*$"
)
_HOUR = re.compile(rf"(?P<hour>1?[0-9]|2[0-3]){_BARE_END}")
_MILITARY = re.compile(
    rf"(?P<hour>0[0-9])(?P<minute>[0-5][0-9]){_END}"
    rf"|(?P<late>1[0-9]|2[0-3])(?P<quarter>00|15|30|45){_BARE_END}"
)
_BEFORE_BARE = ("today", "tomorrow", "tonight", "morning", "afternoon", "evening", "night")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Words in small letters and with single spaces; `places` has where each character was."""

    text: str
    places: tuple[int, ...]

    def starts(self) -> Iterator[int]:
        """Where a word begins."""
        yield from (m.start() for m in re.finditer(r"(?<![\w'-])[\w@-]", self.text))


def line_of(text: str) -> Line:
    """The text as the grammar reads it; what is beyond `LONGEST` is not read."""
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text[:LONGEST]):
        for one in unicodedata.normalize("NFKC", char).casefold():
            plain = _plain(one)
            if plain != " " or (chars and chars[-1] != " "):
                chars.append(plain)
                places.append(place)
        if len(chars) >= LONGEST:  # one character may stand for eighteen
            break
    return Line(text="".join(chars).rstrip(), places=(*places, len(text)))


def _plain(char: str) -> str:
    if char.isspace():
        return " "
    if char in "\u2018\u2019\u02bc`":
        return "'"
    if char in "\u201c\u201d\u201e":
        return '"'
    return "-" if unicodedata.category(char) == "Pd" else char


@cache
def rows() -> tuple[tuple[re.Pattern[str], Make], ...]:
    """The grammar: each piece that words can be, and what it says of the time."""
    parts = (weekdays.pieces(), spans.pieces(), clocks.pieces(), dates.pieces(), periods.pieces())
    return tuple(
        (re.compile(f"(?:{pattern}){_END}"), make) for rows_ in parts for pattern, make in rows_
    )


def scan(line: Line, start: int) -> tuple[int, Draft]:
    """What the words from there on say of a time, and where that ends; no words, no end."""
    draft, end, at = Draft(), start, start
    best = (start, draft)
    while (found := _next(line.text, at, draft)) is not None:
        end, draft = found
        between = _BETWEEN.match(line.text, end)
        at = between.end() if between else end
        if draft.any:
            best = (end, draft)
        if at == end:
            break
    return best


def whole(text: str) -> Draft | None:
    """What a text says of a time that says nothing else."""
    line = line_of(text)
    end, draft = scan(line, _leading(line.text))
    return draft if draft.any and at_end(line, end) else None


def at_end(line: Line, place: int) -> bool:
    """Whether nothing but marks is behind."""
    rest = _REST.match(line.text, place)
    return rest is not None and rest.end() == len(line.text)


def _leading(text: str) -> int:
    begun = re.match(r"[\s.,;:!?(\[\"'-]*", text)
    return begun.end() if begun else 0


def _next(text: str, at: int, draft: Draft) -> tuple[int, Draft] | None:
    """The longest piece there that fits what is known."""
    best: tuple[int, Draft] | None = None
    for pattern, make in _rows_for(text, at, draft):
        found = pattern.match(text, at)
        if found is None or (best and found.end() <= best[0]):
            continue
        more = make(found)
        both = merged(draft, more) if more else None
        if both is not None:
            best = (found.end(), both)
    return best


def _rows_for(text: str, at: int, draft: Draft) -> Iterator[tuple[re.Pattern[str], Make]]:
    yield from rows()
    if draft.clock is None and draft.has_day:
        yield _DOTTED, clocks.bare
        yield _SHORT_PART, clocks.short_part
    if draft.clock is None and text[:at].rstrip(" ,").endswith(_BEFORE_BARE):
        yield _BARE, clocks.bare
    if draft.clock is None and draft.has_day and _BEHIND_DAY.search(text[:at]):
        yield _HOUR, clocks.bare
        yield _MILITARY, clocks.military
