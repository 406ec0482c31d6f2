"""A letter -> its plain text, which reads well aloud and without colours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from bot.domain.filenames import printable
from bot.domain.messages import Bullets, Paragraph, Quotation
from bot.domain.text import plain
from channels.email.sending import words
from channels.email.sending.flowed import flowed, indented
from channels.email.sending.pieces import File, Letter, Link, Missing, Picture, Piece
from channels.markup import place


def plain_twin(letter: Letter) -> str:
    """All that the letter says, each part after an empty line."""
    parts = [_piece(one) for one in letter.pieces]
    parts += [*_choices(letter), *_declining(letter)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _piece(piece: Piece) -> str:
    match piece:
        case Paragraph() | Missing():
            return flowed(plain(piece.text))
        case Bullets():
            return "\n".join(flowed(f"- {plain(item)}") for item in piece.items)
        case Quotation():
            return indented(plain(f"\u201c{piece.text}\u201d\n\u2014 {place(piece)}"))
        case Picture():
            return flowed(plain(words.picture(piece.alt)))
        case File():
            return flowed(f"File: {printable(piece.name)}")
        case Link():
            told = words.linked(printable(piece.name), piece.size, until=piece.until)
            return f"{flowed(told)}\n{piece.url}"
        case _:
            assert_never(piece)


def _choices(letter: Letter) -> Iterator[str]:
    if not letter.choices:
        return
    if letter.replies_to is None:  # nobody reads what is answered: they say it elsewhere
        says = (flowed(f"- {printable(one.says)}") for one in letter.choices)
        yield flowed(words.ELSEWHERE)
        yield "\n".join(says)
        return
    labels = (printable(one.label) for one in letter.choices)
    yield "\n".join(flowed(f"{number}. {label}") for number, label in enumerate(labels, start=1))
    yield flowed(words.REPLY)


def _declining(letter: Letter) -> Iterator[str]:
    if letter.declining:
        of = letter.declining
        yield flowed(words.decline(of.kind, of.url, by_mail=bool(of.address)))
