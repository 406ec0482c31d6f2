"""A line of a mail's text: how deep it is quoted, and what its page or its form tells of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

DEEPEST_SHOWN = 9
MOST_LINES = 8_000  # that are looked at one by one; nobody writes more above older words
LONGEST_QUOTE = 300  # lines of one quotation that are kept; it stands only beside an answer
_QUOTED_RUN = re.compile(r"(?:^[ \t]{0,3}>.*\n)++", re.MULTILINE)
_OPENED = re.compile(r"[<(](?:https?:|mailto:|[^\s<>()]{1,90}@)[^<(]*$")
_CLOSED = re.compile(r"[>)\s]")
_RUN_INTO = re.compile(
    r"(?<=\S)(?:\s+|-{2,}\s*)(On (?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,|[A-Z][a-z]{2} \d{1,2},)"
    r" .{10,300}wrote:)$"
)
_MARKS = re.compile(r"[ \t]{0,3}((?:> ?)+)")
_UNSEEN = dict.fromkeys(
    (0x200B, 0x200C, 0x200E, 0x200F, 0xFEFF, 0xAD, *range(0x202A, 0x202F), *range(0x2060, 0x206A))
)
_BLANKS = {0xA0: " ", 0x2007: " ", 0x202F: " ", 0x3000: " ", 0x09: " ", 0xFF1A: ":"}


class Mark(Enum):
    """What the page says of a line by its structure; plain text says nothing."""

    NONE = auto()
    HISTORY = auto()
    """Here begins what was written before, to the end."""
    CREDIT = auto()
    """It tells who wrote what follows."""
    SIGNATURE = auto()
    """The mail program put it there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as it reads, without its quotation marks; `depth` 0 is nobody's quotation.

    `written` is a quoted line with the marks that it came with.
    """

    text: str
    depth: int = 0
    mark: Mark = Mark.NONE
    written: str = ""

    @property
    def shown(self) -> str:
        """The line as a text shows it, with a mark for each level of quotation."""
        return self.written or f"{'> ' * min(self.depth, DEEPEST_SHOWN)}{self.text}".rstrip()


def lines_of(text: str) -> list[Line]:
    """The lines of a plain text; blanks at their ends are gone, save the one of `-- `.

    What is below the `MOST_LINES`th stands in one last line together.
    """
    whole = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").lstrip("\ufeff")
    lines: list[Line] = []
    for written in _QUOTED_RUN.sub(_shortened, whole).split("\n", MOST_LINES):
        line = _line(written)
        if line.depth == 1 and line.text == "wrote:":  # the mark closes an address above
            line = Line(text=line.written)
        elif lines and _goes_on(lines[-1]):
            line = _end_of_link(line, lines[-1])
        lines += _split(line)
    return lines


def plain(text: str) -> str:
    """A line for comparing: lower case, ordinary blanks and colons, nothing that is not seen."""
    if text.isascii():  # most are, and then nothing but a tab has to be replaced
        return text.replace("\t", " ").lower().strip()
    return text.translate(_UNSEEN).translate(_BLANKS).casefold().strip()


def _line(text: str) -> Line:
    found = _MARKS.match(text) if ">" in text[:4] else None
    if found is None:
        return Line(text="-- " if text == "-- " else text.rstrip())
    quoted = text[found.end() :].rstrip()
    return Line(text=quoted, depth=found[1].count(">"), written=text.rstrip())


def _goes_on(above: Line) -> bool:
    """Whether the line above ends amid a link."""
    if "@" not in above.text and "://" not in above.text:
        return False
    found = _OPENED.search(above.text[-400:])
    return found is not None and not _CLOSED.search(found[0])


def _end_of_link(line: Line, above: Line) -> Line:
    """What ends a link of the line above is quoted if that is; a mark may only close the link."""
    if not above.depth:
        return Line(text=line.written) if line.depth == 1 else line
    if line.depth or not line.text or " " in line.text:
        return line
    return Line(text=line.text, depth=above.depth, written=line.text)


def _split(line: Line) -> list[Line]:
    """The line, or two where somebody's last words run into what tells whom they answer."""
    if line.depth or not line.text.endswith("wrote:") or len(line.text) > 1000:
        return [line]
    found = _RUN_INTO.search(line.text)
    if found is None:
        return [line]
    return [Line(text=line.text[: found.start()].rstrip()), Line(text=found[1])]


def _shortened(run: re.Match[str]) -> str:
    if run[0].count("\n") <= LONGEST_QUOTE:
        return run[0]
    return "\n".join(run[0].split("\n", LONGEST_QUOTE)[:LONGEST_QUOTE]) + "\n"
