"""How mail programs mark quotations, signatures and the like in their HTML."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from channels.email.own_words.tables import word_set


class Role(Enum):
    """What an element holds; where a table tells it by names, the value is the key there."""

    ORDINARY = "ordinary"
    QUOTE = "quotes"
    CREDIT = "credits"
    HISTORY = "histories"
    """It and all that follows it are older."""
    SIGNATURE = "signatures"
    HIDDEN = "hidden"


def role_of(tag: str, attributes: Mapping[str, str]) -> Role:
    """What an element holds, as far as its names tell. Tags and names of attributes are lower."""
    if tag in word_set("page", "unshown"):
        return Role.HIDDEN
    if not attributes:
        return Role.QUOTE if tag == "blockquote" else Role.ORDINARY
    if "hidden" in attributes or _is_unseen(attributes.get("style", "")):
        return Role.HIDDEN
    names = _names(attributes)
    for role in (Role.HISTORY, Role.QUOTE, Role.CREDIT, Role.SIGNATURE):
        if names & word_set("page", role.value):
            return role
    if attributes.get("data-marker") == "__QUOTED_TEXT__":
        return Role.QUOTE
    return Role.QUOTE if tag == "blockquote" and not _only_indents(attributes) else Role.ORDINARY


def _names(attributes: Mapping[str, str]) -> frozenset[str]:
    """Its classes and its id; Outlook puts `x_` before those of mails that it quotes."""
    told = f"{attributes.get('class', '')} {attributes.get('id', '')}".casefold()
    return frozenset(name.replace("x_", "") for name in told.split()[:50])


def _is_unseen(style: str) -> bool:
    told = style[:2000].replace(" ", "").casefold()
    return any(
        word in told
        for word in ("display:none", "mso-hide:all", "visibility:hidden", "font-size:0px")
    )


def _only_indents(attributes: Mapping[str, str]) -> bool:
    """Whether a blockquote only moves words to the right, as Gmail's and Outlook's buttons do."""
    style = attributes.get("style", "")[:2000].replace(" ", "").casefold()
    cited = "cite" in attributes.get("type", "").casefold() or "class" in attributes
    return not cited and "border:none" in style and "margin" in style
