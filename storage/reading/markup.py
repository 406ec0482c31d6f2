"""The visible text of HTML, SVG and XML; nothing is run and nothing is fetched."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from storage.reading import plain
from storage.reading.passage import Extract, pages
from storage.reading.source import Source

# The standard library's parser takes minutes over a page of unclosed comments. Here whatever is
# left open runs to the end of the page, so each letter is looked at once.
_PIECE = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<hidden>script|style|template|noscript)\b.*?(?:</(?P=hidden)\b[^>]*(?:>|\Z)|\Z)"
    r"|<!\[CDATA\[(?P<literal>.*?)(?:\]\]>|\Z)"
    r"|<!doctype\b[^>\[]*\[.*?(?:\]\s*>|\Z)"
    r"|<[!?][^>]*(?:>|\Z)"
    r"|<title\b[^<>]*>[^<]*"
    r"|</?(?P<tag>[a-z][a-z0-9:-]*)(?P<rest>[^>]*)(?:>|\Z)"
    r"|(?P<text>[^<]+|<+(?=<)|<)",
    re.DOTALL | re.IGNORECASE,
)
_TITLE = re.compile(r"<title\b[^<>]*>([^<]*)", re.IGNORECASE)
_ALT = re.compile(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_CELLS = frozenset(("td", "th"))
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd"),
        *("desc", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3"),
        *("h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre"),
        *("section", "table", "text", "tr", "tspan", "ul"),
    )
)


def read(source: Source) -> Extract:
    """The page as one page of text, with its title."""
    markup, notes = plain.beginning(source)
    title, text = visible(markup)
    return Extract(pages=pages(text), title=title, notes=notes)


def visible(markup: str) -> tuple[str, str]:
    """The title and the visible text of a page."""
    title = _TITLE.search(markup)
    shown = "".join(text for piece in _PIECE.finditer(markup) for text in _shown(piece))
    lines = (line.strip() for line in shown.split("\n"))
    return _spaced(html.unescape(title[1])) if title else "", "\n".join(lines)


def _shown(piece: re.Match[str]) -> Iterator[str]:
    tag = (piece["tag"] or "").lower()
    if tag in _BLOCKS:
        yield "\n"
    elif tag in _CELLS:
        yield "\t"
    elif tag == "img" and (alt := _ALT.search(piece["rest"])):
        yield _spaced(html.unescape(alt[1] or alt[2] or alt[3] or ""))
    elif piece["text"]:
        yield re.sub(r"\s+", " ", html.unescape(piece["text"]))
    elif piece["literal"]:
        yield piece["literal"]


def _spaced(text: str) -> str:
    return " ".join(text.split())
