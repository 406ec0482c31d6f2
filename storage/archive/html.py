"""Elements of a page, built as a tree so that no text of anyone can become markup."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from xml.etree import ElementTree as Tree

from bot.domain.filenames import printable

Element = Tree.Element
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 62rem; margin: 0 auto; padding: 1rem; }
h1, h2 { line-height: 1.2; }
h2 { margin-top: 2.5rem; border-bottom: 2px solid; padding-bottom: .25rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
nav ul { columns: 18rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-style: italic; padding: .5rem 0; }
th, td { border: 1px solid #767676; padding: .35rem .6rem; text-align: left; vertical-align: top; }
tbody th { font-weight: 400; min-width: 10rem; }
small { display: block; }
img { max-width: 100%; height: auto; }
.name { display: block; min-width: 11rem; overflow-wrap: anywhere; }
.figure { white-space: nowrap; }
.skip { position: absolute; left: -99rem; }
.skip:focus { position: static; }
.wide { overflow-x: auto; }
@media (max-width: 40rem) { .figure { white-space: normal; } }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, .skip { display: none; }
  .wide { overflow-x: visible; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  h2, caption { break-after: avoid; }
}
"""


def node(tag: str, *parts: str | Element, **attributes: str) -> Element:
    """An element of texts and elements; attributes are named `class_`, `aria_labelledby`."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    made = Element(tag, named)
    for part in parts:
        if not isinstance(part, str):
            made.append(part)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + _shown(part)
        else:
            made.text = (made.text or "") + _shown(part)
    return made


def page(title: str, *parts: Element, pictures: bool = False) -> str:
    """A whole page, without scripts and without anything from elsewhere.

    `pictures` lets it show those that are part of the page itself.
    """
    policy = f"{_POLICY}; img-src data:" if pictures else _POLICY
    head = node(
        "head",
        node("meta", charset="utf-8"),
        node("meta", name="viewport", content="width=device-width, initial-scale=1"),
        Element("meta", {"http-equiv": "Content-Security-Policy", "content": policy}),
        node("title", title),
    )
    style = node("style")
    style.text = _STYLE
    head.append(style)
    whole = node("html", head, node("body", *parts), lang="en")
    Tree.indent(whole, "")
    return "<!DOCTYPE html>\n" + Tree.tostring(whole, encoding="unicode", method="html") + "\n"


def table(caption: str, columns: Iterable[str], rows: Iterable[Element]) -> Element:
    """A table whose caption and column heads a screen reader announces."""
    heads = (node("th", column, scope="col") for column in columns)
    made = node(
        "table",
        node("caption", caption),
        node("thead", node("tr", *heads)),
        node("tbody", *rows),
    )
    # What is wider than the screen must be reachable by keyboard, too.
    return node("div", made, class_="wide", role="region", aria_label=caption, tabindex="0")


def row(head: Element | str, *cells: Element | str) -> Element:
    """A row that is about its first cell."""
    return node("tr", node("th", head, scope="row"), *map(_cell, cells))


def instant(at: datetime) -> Element:
    """A moment, for people and for machines."""
    words = f"{at:%Y-%m-%d %H:%M} UTC"
    return node("time", words, datetime=at.isoformat(), class_="figure")


def _cell(content: Element | str) -> Element:
    if isinstance(content, Element) and content.tag == "td":
        return content
    return node("td", content)


def _shown(text: str) -> str:
    return " ".join(printable(word) for word in text.split(" "))
