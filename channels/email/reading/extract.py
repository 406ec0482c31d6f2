"""Files out of a mail's bytes."""

from __future__ import annotations

from bot.errors import NotFound
from channels.email.reading import tnef
from channels.email.reading.allowance import Allowance
from channels.email.reading.parts import Part, tree_of
from channels.email.reading.refusal import MailReason, MailRefused
from channels.email.reading.source import opened
from channels.email.reading.transfer import uuencoded

_BROKEN = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def extracted(raw: bytes, place: str) -> bytes:
    """One file of a mail; see `Files`."""
    return Files(raw).at(place)


class Files:
    """The files of one mail, which is taken apart once."""

    def __init__(self, raw: bytes) -> None:
        """Raises `MailRefused` when the mail cannot be read."""
        self.size = len(raw)
        try:
            self._root = tree_of(opened(raw), Allowance())
        except _BROKEN as error:  # none is known, as in `read`
            raise MailRefused(MailReason.BROKEN) from error

    def at(self, place: str) -> bytes:
        """The bytes of the file at a place that `read` told, as they were before they travelled.

        Raises `NotFound` when nothing stands there, `MailRefused` when the mail cannot be read.
        """
        at, _, inner = place.partition("/")
        try:
            data = _content(self._root, at)
            return _inside(data, inner) if inner else data
        except _BROKEN as error:
            raise MailRefused(MailReason.BROKEN) from error


def _content(root: Part, place: str) -> bytes:
    for part in root.everything():
        if part.is_leaf and part.place == place:
            return part.content()
    raise _missing(place)


def _inside(data: bytes, inner: str) -> bytes:
    """A file within a file, such as `tnef/1` or `uu/2`."""
    kind, _, number = inner.partition("/")
    files: list[bytes] = []
    if kind == "tnef":
        files = _packed(data)
    elif kind == "uu":
        files = [content for _, content in uuencoded(data)[1]]
    if not number.isdecimal() or not 1 <= int(number) <= len(files):
        raise _missing(inner)
    return files[int(number) - 1]


def _packed(data: bytes) -> list[bytes]:
    try:
        return [one.data for one in tnef.opened(data).files]
    except tnef.TnefBroken:
        return []


def _missing(place: str) -> NotFound:
    return NotFound(f"There is no file at {place!r} in this mail: read the mail again.")
