"""An HTML mail -> its lines, with what its structure tells of each.

lxml parses it as a stream: no tree is built, so neither depth nor size costs more than their
length, which a tree of HTML 5 cannot promise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from lxml import etree

from channels.email.own_words.line import MOST_LINES, Line, Mark
from channels.email.own_words.page_marks import Role, role_of
from channels.email.own_words.sheet import Sheet
from channels.email.own_words.tables import word_set

LONGEST_PAGE = 1_000_000  # characters; nobody's own words stand further below
LONGEST_LINK = 300  # characters; what is longer tracks
LONGEST_SIGN = 4  # characters of a picture's words that are an emoji
RULE = "_" * 32  # a line drawn across
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TIGHT = re.compile(r"margin(?:-top|-bottom)?:0(?![.\d]*[1-9])")
_MARKS = {Role.SIGNATURE: Mark.SIGNATURE, Role.CREDIT: Mark.CREDIT}


def page_lines(html: str) -> list[Line]:
    """The lines that the page shows; none where there is no page. The last may hold many."""
    page = _Page()
    parser = etree.HTMLParser(target=cast("Any", page), huge_tree=True)
    try:
        parser.feed(_NO_TEXT.sub("", html[:LONGEST_PAGE]))
        parser.close()
    except etree.LxmlError:  # it was empty, or ends amid something; what was read is read
        page.close()
    lines = page.sheet.lines
    rest = "\n".join(line.shown for line in lines[MOST_LINES:])
    return [*lines[:MOST_LINES], *([Line(text=rest)] if rest else [])]


@dataclass(slots=True)
class _Open:
    """An element that has begun; `numbered` counts an ordered list's entries."""

    tag: str
    role: Role
    before: Mark
    link: str = ""
    words_before: int = 0
    numbered: int = 0


@dataclass(slots=True)
class _Page:
    """What the parser calls as it reads."""

    sheet: Sheet = field(default_factory=Sheet)
    open: list[_Open] = field(default_factory=list)
    hidden: int = 0
    preformatted: int = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        role = role_of(tag, attributes)
        if tag in word_set("page", "blocks") or role not in (Role.ORDINARY, Role.HIDDEN):
            self.sheet.end_line()
            self.sheet.apart |= tag in word_set("page", "apart") and not _is_tight(attributes)
        one = _Open(tag=tag, role=role, before=self.sheet.mark)
        one.link, one.words_before = attributes.get("href", ""), len(self.sheet.words)
        self._enter(role)
        self.preformatted += tag == "pre"
        if not self.hidden:
            self._draw(tag, attributes)
        self.open.append(one)

    def end(self, tag: str) -> None:
        """An element ends."""
        if not self.open:
            return
        one = self.open.pop()
        if one.link and not self.hidden:
            self._tell_link(one)
        if tag in word_set("page", "blocks") or one.role not in (Role.ORDINARY, Role.HIDDEN):
            self.sheet.end_line()
            self.sheet.apart |= tag in word_set("page", "apart") and tag != "p"
        self.preformatted -= tag == "pre"
        self._leave(one)

    def data(self, text: str) -> None:
        """Some text."""
        if not self.hidden:
            self.sheet.add(text, as_it_is=self.preformatted > 0)

    def comment(self, text: str) -> None:
        """Nobody sees it."""

    def pi(self, target: str, text: str | None = None) -> None:
        """Nobody sees it."""

    def close(self) -> None:
        """The page ends."""
        self.sheet.end_line()

    def _enter(self, role: Role) -> None:
        self.hidden += role is Role.HIDDEN
        self.sheet.depth += role is Role.QUOTE
        if role is Role.HISTORY:
            self.sheet.mark = Mark.HISTORY
        elif role in _MARKS:
            self.sheet.mark = _MARKS[role]

    def _leave(self, one: _Open) -> None:
        self.hidden -= one.role is Role.HIDDEN
        self.sheet.depth -= one.role is Role.QUOTE
        if one.role in _MARKS and self.sheet.mark is not Mark.HISTORY:
            self.sheet.mark = one.before

    def _draw(self, tag: str, attributes: Mapping[str, str]) -> None:
        match tag:
            case "br":
                self.sheet.break_line()
            case "hr":
                self.sheet.end_line()
                self.sheet.add(RULE)
                self.sheet.end_line()
            case "li":
                self.sheet.add(self._entry())
            case "td" | "th" if self.sheet.words:
                self.sheet.add(" ")
            case "img":
                sign = attributes.get("alt", "").strip()
                if len(sign) <= LONGEST_SIGN and not sign.isascii():
                    self.sheet.add(sign)

    def _entry(self) -> str:
        """What stands before an entry of the list that is open."""
        for one in reversed(self.open[-3:]):
            if one.tag == "ol":
                one.numbered += 1
                return f"{one.numbered}. "
        return "- "

    def _tell_link(self, one: _Open) -> None:
        """Where a link leads, unless its words say so."""
        words = "".join(self.sheet.words[one.words_before :]).strip()
        web = one.link.startswith(("https://", "http://")) and len(one.link) <= LONGEST_LINK
        if web and words and not self.sheet.depth and not _is_address(words):
            self.sheet.add(f" <{one.link.strip()}>")


def _is_address(words: str) -> bool:
    return " " not in words and ("." in words or "@" in words or "/" in words)


def _is_tight(attributes: Mapping[str, str]) -> bool:
    """Whether no blank line stands around a paragraph."""
    if attributes.get("class", "").startswith("Mso"):
        return True
    return _TIGHT.search(attributes.get("style", "")[:2000].replace(" ", "")) is not None
