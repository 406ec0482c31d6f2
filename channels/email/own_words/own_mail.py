"""Where a mail of Carrel's ends that somebody quotes without a mark, and their answer begins."""

from __future__ import annotations

from collections.abc import Sequence

from channels.email.own_words.line import Line, plain
from channels.email.sending.words import DECLINE, REPLY

_LAST = (plain(REPLY), plain(DECLINE))


def own_mail_end(lines: Sequence[Line], start: int) -> int:
    """The line below the last of what Carrel says at the end of its mails; 0 where it says none."""
    last = (at for at in range(len(lines) - 1, start, -1) if _is_last(lines[at]))
    end = next(last, -1) + 1
    while 0 < end < len(lines) and plain(lines[end].text) and not _is_reply(lines[end - 1]):
        end += 1  # how to decline is wrapped
    return end


def _is_last(line: Line) -> bool:
    return plain(line.text).startswith(_LAST)


def _is_reply(line: Line) -> bool:
    return plain(line.text) == _LAST[0]
