"""Choices -> buttons below a message, or numbered text; pure.

https://core.telegram.org/bots/api#inlinekeyboardmarkup. What a keyboard may hold is told nowhere:
100 buttons (https://github.com/tginfo/Telegram-Limits/issues/228) and 10 KB as JSON (issues/187).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.messages import Choice
from bot.domain.text import plain
from channels.markup import REPLY_BY_NUMBER
from channels.telegram.marks import marked
from channels.telegram.units import cut_amid, units
from channels.telegram.words import TALK_ALONE

LONGEST_LABEL = 40  # units: what a phone shows of a button that has a row to itself
SHORT_LABEL = 16  # two of them share a row
MOST_BUTTONS = 90
HEAVIEST = 8_000  # bytes of a keyboard without what is the same in all
_BESIDE = 40  # bytes of a button without its words


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button: `data` comes back when it is pressed, or `url` is opened."""

    label: str
    data: str = ""
    url: str = ""


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """Choices as a `keyboard`; `numbered` words above it where labels are cut or none fits."""

    numbered: str = ""
    keyboard: Keyboard = ()


def offered(choices: Sequence[Choice], *, lasting: bool) -> Offered:
    """What stands below a message."""
    if not choices:
        return Offered()
    several = len(choices) > 1  # a single one has nothing to be told apart from
    long = several and any(units(_label(choice)) > LONGEST_LABEL for choice in choices)
    found = [_button(choice, n if long else 0, lasting) for n, choice in enumerate(choices, 1)]
    if not all(choice.says.strip() for choice in choices) or not _fits(found):
        return Offered(numbered=f"{_numbered(choices)}\n{REPLY_BY_NUMBER}")
    return Offered(numbered=_numbered(choices) if long else "", keyboard=_rows(found))


def alone(username: str) -> Keyboard:
    """The button that opens the private chat, since a bot cannot be the first to write there."""
    return ((Button(label=TALK_ALONE, url=f"https://t.me/{username}"),),)


def _label(choice: Choice) -> str:
    return " ".join(plain(choice.label).split()) or " ".join(plain(choice.says).split())


def _numbered(choices: Sequence[Choice]) -> str:
    return "\n".join(f"{n}. {_label(choice)}" for n, choice in enumerate(choices, 1))


def _button(choice: Choice, number: int, lasting: bool) -> Button:
    label = f"{number}. {_label(choice)}" if number else _label(choice)
    shown = cut_amid(label, LONGEST_LABEL) or "\u2026"
    return Button(label=shown, data=marked(choice.says, lasting=lasting))


def _fits(buttons: Sequence[Button]) -> bool:
    weight = sum(_BESIDE + len((one.label + one.data).encode()) for one in buttons)
    return len(buttons) <= MOST_BUTTONS and weight <= HEAVIEST


def _rows(buttons: Sequence[Button]) -> Keyboard:
    rows: list[tuple[Button, ...]] = []
    for button in buttons:
        above = rows[-1] if rows else ()
        if len(above) == 1 and all(units(one.label) <= SHORT_LABEL for one in (*above, button)):
            rows[-1] = (*above, button)
        else:
            rows.append((button,))
    return tuple(rows)
