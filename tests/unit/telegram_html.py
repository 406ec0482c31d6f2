"""Posts to Telegram as its server reads them: text, and what is marked in it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from channels.telegram.render import Button, Post

TAGS = {"blockquote": "blockquote", "i": "italic"}
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt);)")


class Reading(HTMLParser):
    """The text of a post and its entities; fails where Telegram would refuse it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        assert not _ENTITY.search(html), "Telegram knows &amp; &lt; &gt; alone"
        self.text = ""
        self.entities: list[dict[str, Any]] = []
        self._open: list[tuple[str, int]] = []
        self.feed(html)
        self.close()
        assert not self._open, "a tag is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remembers where it begins."""
        assert tag in TAGS
        assert not attrs
        self._open.append((tag, self.units))

    def handle_endtag(self, tag: str) -> None:
        """Notes what the tag marks."""
        opened, begun = self._open.pop()
        assert opened == tag
        marked = {"type": TAGS[tag], "offset": begun, "length": self.units - begun}
        self.entities.append(marked)

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        self.text += data

    @property
    def units(self) -> int:
        """How long the text is for Telegram."""
        return len(self.text.encode("utf-16-le")) // 2


def shown(post: Post) -> Reading:
    """What a reader sees of a post, after what holds for every post."""
    reading = Reading(post.html)
    assert 0 < reading.units <= 4_096
    assert reading.text.strip()
    assert len(post.html.encode()) < 30_000
    assert all(one["length"] > 0 for one in reading.entities)
    for button in buttons(post):
        assert bool(button.data) != bool(button.url)
        assert len(button.data.encode()) <= 64
        assert 0 < len(button.label) <= 40
    assert len(buttons(post)) <= 100
    return reading


def buttons(post: Post) -> list[Button]:
    """What can be pressed below a post, row by row."""
    return [button for row in post.keyboard for button in row]


def squeezed(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())
