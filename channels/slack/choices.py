"""Choices -> buttons, a menu, or numbered text; pure.

https://docs.slack.dev/reference/block-kit/block-elements/button-element: a label of 75 characters,
a value of 2,000. .../composition-objects/option-object: 75 and 150. A menu has 100 options, an
`actions` block 25 elements.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.messages import Choice, Reply
from bot.domain.text import plain
from channels.markup import REPLY_BY_NUMBER, plain_text
from channels.slack.blocks import Block, cut, paragraph, plain_object, weight
from channels.slack.marks import block_id
from channels.slack.parts import Part, paragraphs, pieces

LONGEST_LABEL = 75
MOST_BUTTONS = 5  # of a message; more are a menu
MOST_IN_BLOCK = 25
_LONGEST_VALUE, _LONGEST_OPTION = 2_000, 150
_MOST_OPTIONS = 100
_HEAVIEST = 6_000  # of what a message may weigh; the rest is for its words
_CUES = "Choose one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """Choices as `numbered` words, where those are needed, and as something to press or nothing."""

    numbered: tuple[Part, ...] = ()
    pressable: tuple[Part, ...] = ()


def offered(choices: Sequence[Choice], *, mark: str, key: str) -> Offered:
    """What stands below a message.

    Labels that are cut on buttons stand in full above them, and go with them once one is picked.
    """
    if not choices:
        return Offered()
    numbered = plain_text(Reply(blocks=(), choices=tuple(choices)))
    shown = _pressable(choices, mark, key)
    if shown and all(len(choice.label) <= LONGEST_LABEL for choice in choices):
        return Offered(pressable=(Part(blocks=shown, text=numbered),))
    if not shown:
        return Offered(numbered=tuple(paragraphs(numbered)))
    labels = _labels(numbered, block_id(mark, key, "labels"))
    if weight([*labels, *shown]) <= _HEAVIEST:
        return Offered(pressable=(Part(blocks=(*labels, *shown), text=numbered),))
    told = tuple(Part(blocks=(label,), text="") for label in labels)
    return Offered(numbered=told, pressable=(Part(blocks=shown, text=numbered),))


def buttons(choices: Sequence[Choice], *, mark: str, key: str) -> tuple[Block, ...]:
    """Every choice whose words fit as a button, 25 in a block."""
    fitting = [choice for choice in choices if 0 < len(choice.says) <= _LONGEST_VALUE]
    found = [_button(choice, number) for number, choice in enumerate(fitting)]
    rows = range(0, len(found), MOST_IN_BLOCK)
    return tuple(
        _actions(found[start : start + MOST_IN_BLOCK], block_id(mark, key, start)) for start in rows
    )


def _pressable(choices: Sequence[Choice], mark: str, key: str) -> tuple[Block, ...]:
    """A row of buttons or a menu; nothing when they do not fit."""
    longest, shortest = (pick(len(choice.says) for choice in choices) for pick in (max, min))
    if not shortest or longest > _LONGEST_VALUE:
        return ()
    if len(choices) > MOST_BUTTONS and longest <= _LONGEST_OPTION:
        found = _menu(choices, block_id(mark, key, 0)) if len(choices) <= _MOST_OPTIONS else ()
    else:
        found = buttons(choices, mark=mark, key=key) if len(choices) <= MOST_IN_BLOCK else ()
    # Without the mark: the same choices are pressed on a card and on an ordinary message.
    return found if weight(found) - len(mark) <= _HEAVIEST else ()


def _labels(numbered: str, name: str) -> tuple[Block, ...]:
    """The labels in full; that a number is an answer too, nobody needs to be told who can press."""
    labels = pieces(numbered.removesuffix(REPLY_BY_NUMBER))
    return tuple(
        {**paragraph(piece), "block_id": f"{name}:{place}"} for place, piece in enumerate(labels)
    )


def _menu(choices: Sequence[Choice], name: str) -> tuple[Block, ...]:
    options = [{"text": _label(choice), "value": choice.says} for choice in choices]
    menu = {"type": "static_select", "action_id": "choice", "placeholder": plain_object(_CUES)}
    return (_actions([{**menu, "options": options}], name),)


def _button(choice: Choice, number: int) -> Block:
    return {
        "type": "button",
        "action_id": f"choice:{number}",
        "text": _label(choice),
        "value": choice.says,
    }


def _label(choice: Choice) -> Block:
    label = " ".join(plain(choice.label).split()) or " ".join(choice.says.split())
    return plain_object(cut(label, LONGEST_LABEL) or "\u2026")


def _actions(elements: list[Block], name: str) -> Block:
    return {"type": "actions", "block_id": name, "elements": elements}
