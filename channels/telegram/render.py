"""A message of Carrel's -> what is sent to Telegram; pure.

https://core.telegram.org/bots/api#sendmessage takes 4,096 units of text, marks not counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape

from bot.domain.messages import Chart, OutboundMessage, Reply
from bot.domain.text import plain
from channels.telegram import words
from channels.telegram.keyboard import Button, Keyboard, Offered, alone, offered
from channels.telegram.parts import (
    LONGEST,
    ROOM,
    Part,
    caption,
    escaped,
    paragraphs,
    parts,
    picture,
    shortened,
)
from channels.telegram.units import cut, units

__all__ = ["Button", "Keyboard", "Post", "caption", "chosen", "posts"]

_BETWEEN = "\n\n"
_MOST_LABELS = 2_000  # units of a card's numbered labels; more go the way of its other words
_LEAST = 100  # units: less of a paragraph is not worth showing
_LONGEST_PICK = 100
_LONGEST_HINT = 64  # characters: https://core.telegram.org/bots/api#forcereply
_MARK = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One message for `sendMessage` or `editMessageText`, with `parse_mode` HTML.

    Where it `awaits` something, what is typed next replies to it; the words stand in the field till
    then. It has no keyboard.
    """

    html: str
    keyboard: Keyboard = ()
    awaits: str = ""


def posts(message: OutboundMessage, own_username: str) -> tuple[Post, ...]:
    """One or more posts that hold the whole message, choices on the last one.

    A card is always one post: what does not fit is replaced by a word on where it is told. Charts
    and files of the reply are sent after them, a chart with its `caption`.
    """
    blocks = message.reply.blocks
    told = [part for block in blocks for part in parts(block)]
    # There is always a post: choices need one, and its id is the message's receipt.
    told = told or [one for b in blocks if isinstance(b, Chart) for one in picture(b)]
    below = offered(message.reply.choices, lasting=bool(message.card))
    if message.card:
        return (_card(told, below),)
    keyboard = below.keyboard + (alone(own_username) if message.shared else ())
    *first, last = _packed([*told, *paragraphs(below.numbered)])
    awaits = "" if message.shared or message.reply.choices else _awaited(message.reply)
    ended = Post(html=_html(last), keyboard=keyboard, awaits=awaits)
    return (*(Post(html=_html(few)) for few in first), ended)


def chosen(html: str, label: str) -> Post:
    """A post of these words (`Pressed.html`), with what was picked in the place of its choices."""
    picked = words.chosen(cut(label, _LONGEST_PICK))
    below = f"{_BETWEEN if html else ''}<i>{escaped(picked)}</i>"
    room = LONGEST - units(_BETWEEN + picked)
    bare = unescape(_MARK.sub("", html))
    # Carrel's own posts leave room: only words of another make are ever cut, and lose their marks.
    return Post(html=(html if units(bare) <= room else escaped(cut(bare, room))) + below)


def _awaited(reply: Reply) -> str:
    """What the field says while words are waited for, such as `approve 2: \u2026`."""
    heads = cut(plain(reply.heads).strip(), _LONGEST_HINT - 2)
    return f"{heads} \u2026".lstrip() if reply.awaits else ""


def _card(told: Sequence[Part], below: Offered) -> Post:
    labels = [*paragraphs(below.numbered)]
    together = [*told, *labels]
    if _length(together) > ROOM:
        beside = labels if below.keyboard and _length(labels) <= _MOST_LABELS else []
        told = told if beside else together
        together = _fitting(told, beside=[Part(text=words.CARD_SHORTENED), *beside])
    return Post(html=_html(together), keyboard=below.keyboard)


def _fitting(told: Iterable[Part], *, beside: Sequence[Part]) -> list[Part]:
    """As much as fits, followed by `beside`."""
    found: list[Part] = []
    for part in told:
        room = ROOM - _length([*found, *beside]) - len(_BETWEEN)
        if part.units > room:
            found += [shortened(part, room - 2)] if room > _LEAST else []
            break
        found.append(part)
    return [*found, *beside]


def _packed(told: Iterable[Part]) -> list[list[Part]]:
    """The parts by posts; one post at least."""
    packed: list[list[Part]] = [[]]
    for part in told:
        if packed[-1] and _length([*packed[-1], part]) > ROOM:
            packed.append([])
        packed[-1].append(part)
    return packed


def _length(together: Sequence[Part]) -> int:
    between = len(_BETWEEN) * max(len(together) - 1, 0)
    return sum(part.units for part in together) + between


def _html(together: Iterable[Part]) -> str:
    return _BETWEEN.join(part.html for part in together) or "\u2026"
