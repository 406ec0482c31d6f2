"""How much of everything one mail may have, counted while it is read."""

from __future__ import annotations

from channels.email.reading.refusal import MailReason, MailRefused

LARGEST_MAIL = 60_000_000  # bytes
MOST_PARTS = 2_000
DEEPEST = 60
MOST_SCANNED = 300_000_000  # bytes that are looked through for borders, those inside others again
MOST_OPENED = 60_000_000  # bytes of mails inside that travel encoded: each is held beside the rest
MOST_HEADER_LINES = 150_000  # over all parts
MOST_BORDERS = 200_000  # places that look like a border, over all parts
LONGEST_TEXT = 500_000  # characters of a text
MOST_TEXT = 3_000_000  # characters of all texts
MOST_ADDRESSES = 500_000  # characters of all headers with addresses


class Allowance:
    """What is left for one mail; each use raises `MailRefused` when nothing is."""

    def __init__(self) -> None:
        self._parts = MOST_PARTS
        self._scanned = MOST_SCANNED
        self._opened = MOST_OPENED
        self._lines = MOST_HEADER_LINES
        self._borders = MOST_BORDERS
        self._text = MOST_TEXT
        self._addresses = MOST_ADDRESSES

    def part(self, depth: int) -> None:
        """One more part, so deep inside others."""
        self._parts -= 1
        if self._parts < 0:
            raise MailRefused(MailReason.TOO_MANY_PARTS, most=MOST_PARTS)
        if depth > DEEPEST:
            raise MailRefused(MailReason.TOO_DEEP, most=DEEPEST)

    def scanned(self, size: int, depth: int) -> None:
        """So many bytes more that are looked through for borders, so deep inside others."""
        self._scanned -= size
        if self._scanned < 0:
            raise MailRefused(MailReason.TOO_DEEP, most=depth)

    def opened(self, size: int, depth: int) -> None:
        """An encoded mail of so many bytes, so deep inside others."""
        self._opened -= size
        if self._opened < 0:
            raise MailRefused(MailReason.TOO_DEEP, most=depth)

    def header_line(self) -> None:
        """One more line of headers."""
        self._lines -= 1
        if self._lines < 0:
            raise MailRefused(MailReason.TOO_MANY_HEADERS, most=MOST_HEADER_LINES)

    def border(self) -> None:
        """One more place that looks like the border of a part."""
        self._borders -= 1
        if self._borders < 0:
            raise MailRefused(MailReason.TOO_MANY_LINES, most=MOST_BORDERS)

    def text(self, words: str) -> str:
        """As much of the words as there is room for; never refuses."""
        kept = words[: min(LONGEST_TEXT, self._text)]
        self._text -= len(kept)
        return kept

    def addresses(self, value: str) -> str:
        """As much of a header with addresses as there is room for; never refuses."""
        kept = value[: self._addresses]
        self._addresses -= len(kept)
        return kept
