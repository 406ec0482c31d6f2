"""A message of Carrel's -> what is posted to Slack; pure.

https://docs.slack.dev/reference/block-kit/blocks allows 50 blocks. How heavy all of them may be
together is not documented: 13,200 characters were refused
(https://github.com/slackapi/bolt-js/issues/2509 and /2867), so that we stop at 10,000.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.messages import OutboundMessage
from channels.markup import plain_text
from channels.slack import marks, words
from channels.slack.blocks import LONGEST, Block, context, cut, weight
from channels.slack.choices import offered
from channels.slack.entities import escaped
from channels.slack.parts import Part, parts, pieces, small_print

MOST_BLOCKS = 50
HEAVIEST = 10_000
LONGEST_TEXT = 4_000  # https://docs.slack.dev/reference/methods/chat.update takes no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One message for `chat.postMessage` or `chat.update`.

    `text` is for notifications and for whoever cannot see blocks; it is escaped already.
    """

    text: str
    blocks: tuple[dict[str, Any], ...]


def posts(message: OutboundMessage) -> tuple[Post, ...]:
    """One or more posts that hold the whole message, choices on the last one.

    A card is always one post: what does not fit is replaced by a word on where it is told.
    """
    reply = message.reply
    key = hashlib.sha256(message.key.encode()).hexdigest()[:8]
    mark = marks.CARD if message.card else marks.CHOICES
    below = offered(reply.choices, mark=mark, key=key)
    told = [*(part for block in reply.blocks for part in parts(block)), *below.numbered]
    packed = _packed([*told, *below.pressable])
    if len(packed) == 1:
        return (_post(packed[0], plain_text(reply)),)
    if message.card:
        packed = [[*fitting(told, beside=[*small_print(words.CARD_SHORTENED), *below.pressable])]]
    return tuple(_post(few, _twin(few)) for few in packed)


def chosen(blocks: Sequence[Mapping[str, Any]], label: str) -> Post:
    """A post of which these are the blocks, with what was picked in the place of its choices."""
    picked = context(cut(words.chosen(label), LONGEST))
    first = next(filter(_is_choices, blocks), None)
    shown = tuple(
        picked if block is first else dict(block)
        for block in blocks
        if block is first or not _is_choices(block)
    )
    return Post(text=_text("\n".join(_aloud(shown)) or label), blocks=shown)


def fitting(
    told: Iterable[Part],
    *,
    beside: Sequence[Part],
    most: int = MOST_BLOCKS,
    heaviest: int = HEAVIEST,
) -> list[Part]:
    """As many parts as fit, followed by `beside`."""
    found: list[Part] = []
    for part in told:
        if not _fits([*found, part, *beside], most, heaviest):
            break
        found.append(part)
    return [*found, *beside]


def _is_choices(block: Mapping[str, Any]) -> bool:
    return marks.mark_of(str(block.get("block_id", ""))) == marks.CHOICES


def _packed(told: Iterable[Part]) -> list[list[Part]]:
    """The parts by posts; one post at least."""
    packed: list[list[Part]] = [[]]
    for part in told:
        if packed[-1] and not _fits([*packed[-1], part], MOST_BLOCKS, HEAVIEST):
            packed.append([])
        packed[-1].append(part)
    return packed


def _fits(together: Iterable[Part], most: int, heaviest: int) -> bool:
    blocks = _blocks(together)
    return len(blocks) <= most and weight(blocks) <= heaviest


def _blocks(together: Iterable[Part]) -> list[Block]:
    return [block for part in together for block in part.blocks]


def _twin(together: Iterable[Part]) -> str:
    return "\n\n".join(part.text for part in together if part.text)


def _post(together: Iterable[Part], twin: str) -> Post:
    return Post(text=_text(twin), blocks=tuple(_blocks(together)))


def _text(twin: str) -> str:
    """The twin, escaped; what is too long for Slack ends with a word on where the rest is."""
    longest = LONGEST_TEXT
    text = escaped(twin.strip()) or "\u2026"
    while len(text) > LONGEST_TEXT:
        longest -= 500
        text = escaped(pieces(twin, longest)[0] + words.GOES_ON)
    return text


def _aloud(blocks: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What is read aloud in place of the blocks: not less than what stands in them.

    None of it is `mrkdwn`: nothing has to be unescaped.
    """
    for block in blocks:
        text = block.get("text")
        if isinstance(text, Mapping):
            yield from _aloud((text,))
        elif isinstance(text, str):
            yield text
        yield from _aloud(one for one in block.get("elements", ()) if isinstance(one, Mapping))
