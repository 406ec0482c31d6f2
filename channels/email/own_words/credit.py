"""The line, often wrapped, that tells who wrote what is quoted below: `On ... wrote:`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import cache

from channels.email.own_words.line import Line, Mark, plain
from channels.email.own_words.tables import table, word_set, words

LONGEST_LINE = 400  # characters; nobody's credit is longer
MOST_LINES = 5  # that one is wrapped over
_DATE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{4} ?[年년]"
    r"|\b\d{1,2}(?:st|nd|rd|th|\.)?,? (?:de |di )?[^\W\d]+\.?,? (?:de |del )?(?:19|20)\d\d\b"
    r"|[^\W\d]+\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d\b"
)
_DAY = re.compile(
    rf"{_DATE.pattern}|^\W*(?:\w+[.,]* ){{1,3}}\d{{1,2}}\b(?![:.]\d)"
)  # or `On Mon, May 3`
_TIME = re.compile(r"\b\d{1,2}[:.h]\d{2}\b|\b(?:19|20)\d\d\b")
# As people tell what another wrote, such as `the head wrote`, and programs do not.
_TOLD_OF = re.compile(
    r"\b(?:the|my|our|her|his|their|der|die|mein|meine|unser|unsere|la|le|mon|ma|el|mi)"
    r"(?: [\w.-]+){1,2} $"
)
_ADDRESS = re.compile(r"[<(\[]\s?[^\s<>]{1,90}@[^\s<>]{1,200}")
_BARE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d gmt[+-]\d\d:\d\d \S.{0,200}$")  # Gmail's, once
_ANGLED = re.compile(r"<[^\s<>]{1,90}@[^\s<>]{1,200}>")
_ENDS_IN_ADDRESS = re.compile(r"@[^\s<>]{1,200}(?:<[^<>]{1,200}>)?\s?[>)\]]*\s?:$")
_SENTENCE_END = re.compile(r"(?<![ap]\.m)(?<!\b[^\W\d_])(?<!\d)[.!?\u2026]$")


class Sure(IntEnum):
    """How surely some lines are a credit."""

    NOT = 0
    WHEN_QUOTED = 1
    SURELY = 2


def credit_ending(lines: Sequence[Line], end: int, *, quoted: bool) -> tuple[int, Sure]:
    """Where the credit begins whose last line is `end`, and how sure that is.

    `quoted` tells that a quotation follows. Of several beginnings that will do, the nearest is
    taken that begins as mail programs do.
    """
    if lines[end].mark is Mark.CREDIT:
        return _first_marked(lines, end), Sure.SURELY
    if not _may_end(lines[end].text, quoted=quoted):
        return end, Sure.NOT
    nearest, best = (end, Sure.NOT), (Sure.NOT, False)
    for start, joined in _joined(lines, end):
        told = _told(joined.rstrip("-_ "), quoted=quoted)
        begins = _begins_well(joined)
        if told and begins and _DAY.search(joined):
            return start, told
        better = (told, begins and _has_date(joined))
        if better > best:
            nearest, best = (start, told), better
    return nearest


def _joined(lines: Sequence[Line], end: int) -> Iterator[tuple[int, str]]:
    """The lines above `end` with it in one, as far up as they can belong together."""
    joined = ""
    for start in range(end, max(-1, end - MOST_LINES), -1):
        text = plain(lines[start].text)
        if not text and joined.startswith("<"):  # some programs put its address apart
            continue
        if lines[start].depth or not text or len(joined) + len(text) > LONGEST_LINE:
            return
        if start < end and _SENTENCE_END.search(text):
            return
        joined = f"{text} {joined}".strip()
        yield start, joined


def _first_marked(lines: Sequence[Line], end: int) -> int:
    while end and lines[end - 1].mark is Mark.CREDIT:
        end -= 1
    return end


def _may_end(text: str, *, quoted: bool) -> bool:
    if len(text) > LONGEST_LINE:
        return False
    found = plain(text).rstrip("-_ ")
    return bool(found) and (
        found[-1] == ":"
        or quoted
        or _wrote().search(found) is not None
        or _BARE.match(found) is not None
    )


def _told(joined: str, *, quoted: bool) -> Sure:
    if _BARE.match(joined):
        return Sure.SURELY
    wrote = _wrote().search(joined)
    dated = _has_date(joined) and _begins_well(joined)
    if not (joined.endswith(":") or (wrote and wrote.end() == len(joined))):
        tells = wrote or _ADDRESS.search(joined)
        return Sure.WHEN_QUOTED if quoted and tells and dated else Sure.NOT
    if wrote and (_ADDRESS.search(joined) or (_DATE.search(joined) and not _is_told_of(joined))):
        return Sure.SURELY
    if dated and (_ENDS_IN_ADDRESS.search(joined) or _ANGLED.search(joined)):
        return Sure.SURELY
    named = wrote is not None and joined.partition(" ")[0] not in word_set("wrote", "subjects")
    return Sure.WHEN_QUOTED if quoted and (named or dated) else Sure.NOT


def _is_told_of(joined: str) -> bool:
    wrote = _wrote().search(joined)
    return wrote is not None and _TOLD_OF.search(joined[: wrote.start()]) is not None


def _has_date(joined: str) -> bool:
    return _DATE.search(joined) is not None or _TIME.search(joined) is not None


def _begins_well(text: str) -> bool:
    """As mail programs begin: with a word such as `On`, a day or a number."""
    first = text.lstrip("-*_\"'( ").partition(" ")[0].strip(".,;:()")
    known = word_set("wrote", "first") | word_set("wrote", "days")
    return first[:1].isdigit() or first in known or first.startswith(("ב-", "ngày"))


@cache
def _wrote() -> re.Pattern[str]:
    verbs = [word for row in table("wrote")["words"].values() for word in row]
    whole = "|".join(re.escape(verb.casefold()) for verb in sorted(verbs, key=len, reverse=True))
    inside = "|".join(re.escape(word) for word in words("wrote", "inside"))
    return re.compile(rf"(?:(?<!\w)|(?<=>))(?:{whole})(?!\w)|{inside}")
