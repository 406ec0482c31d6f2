"""Slack's marks inside text (`<@U1>`, `<https://..|label>`, `&amp;`) <-> plain text; pure.

https://docs.slack.dev/messaging/formatting-message-text says which there are and that `&`, `<` and
`>` are all that is ever escaped.
"""

from __future__ import annotations

import re

_MARK = re.compile(r"<([@#!][^<>]*|[a-z][a-z0-9+.-]*:[^<>]*)>", re.IGNORECASE)
_SIGN = {"@": "@", "#": "#", "!": "@"}  # of people, channels, and groups of people
_CALLS = ("@", "!subteam^", "!here", "!channel", "!everyone")
_LINK = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)


def escaped(text: str) -> str:
    """The text for a field where Slack looks for marks: it finds none."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    """The text as its writer meant it.

    Payloads of interactions bring back labels escaped that were sent as they are:
    https://github.com/slackapi/bolt-python/issues/513
    """
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def mentions(text: str, user: str) -> bool:
    """Whether the text mentions this user."""
    return f"<@{user}>" in text or f"<@{user}|" in text


def mentions_others(text: str) -> bool:
    """Whether the text calls for somebody: a person, a group of people, or everybody there."""
    return any(mark[1].startswith(_CALLS) for mark in _MARK.finditer(text))


def readable(text: str, own: str) -> str:
    """The text as a person reads it, without mentions of the user `own`."""
    # looked for from where a run of spaces begins: the time grows with the text and no faster
    own_mention = re.compile(rf"(?<![ \t])[ \t]*<@{re.escape(own)}(?:\|[^<>]*)?>[,:]?")
    return unescaped(_MARK.sub(_spelt, own_mention.sub("", text))).strip()


def _spelt(mark: re.Match[str]) -> str:
    target, bar, label = mark[1].partition("|")
    sign = _SIGN.get(target[:1], "")
    if target.startswith("!date^"):
        return label or target
    if sign:
        return sign + (label or target[1:].rpartition("^")[2]).lstrip("@#")
    if not bar or not label:
        return _LINK.sub("", target) if target.lower().startswith(("mailto:", "tel:")) else target
    return label if _same(label, target) else f"{label} ({_shown(target)})"


def _same(label: str, target: str) -> bool:
    return _bare(label) == _bare(target)


def _bare(address: str) -> str:
    return "".join(_LINK.sub("", address).split()).rstrip("/")


def _shown(target: str) -> str:
    return target if target.lower().startswith("http") else _LINK.sub("", target)
