"""A person's page -> a home view; pure.

https://docs.slack.dev/reference/views/home-tab-views: at most 100 blocks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from bot.domain.messages import Block, Chart, Reply
from channels.slack import marks
from channels.slack.blocks import image
from channels.slack.choices import buttons
from channels.slack.parts import Part, parts, small_print
from channels.slack.render import fitting
from channels.slack.words import PAGE_SHORTENED

MOST_BLOCKS = 100
_HEAVIEST = 50_000  # Slack refuses views beyond 250 kB, and a character may take four bytes


def home_view(reply: Reply, *, picture: str = "") -> dict[str, Any]:
    """The view for `views.publish`; `picture` is the id of the chart's picture kept at Slack.

    The same reply and picture give the same view. Choices stay as they are: they are pressed again
    and again.
    """
    told = [part for block in reply.blocks for part in _parts(block, picture)]
    key = hashlib.sha256(repr(reply).encode("utf-8", "replace")).hexdigest()[:8]
    pressed = buttons(reply.choices, mark=marks.HOME, key=key)
    offered = [Part(blocks=pressed, text="")] if pressed else []
    shown = fitting(told, beside=offered, most=MOST_BLOCKS, heaviest=_HEAVIEST)
    if len(shown) < len(told) + len(offered):
        beside = [*small_print(PAGE_SHORTENED), *offered]
        shown = fitting(told, beside=beside, most=MOST_BLOCKS, heaviest=_HEAVIEST)
    return {"type": "home", "blocks": [block for part in shown for block in part.blocks]}


def _parts(block: Block, picture: str) -> Iterator[Part]:
    if picture and isinstance(block, Chart):
        yield Part(blocks=(image(picture, title=block.title, alt=block.alt),), text="")
    else:
        yield from parts(block)
