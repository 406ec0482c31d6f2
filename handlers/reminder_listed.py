"""Numbers directly below a list of reminders: they mean the reminders."""

from __future__ import annotations

import re

from handlers.reminder_answers import when_said
from handlers.replied import choices_above
from handlers.request import Request

_ONE = re.compile(r"cancel reminder \d+|done reminder-\d+")
_NUMBER = r"(?:(?:number|no\.?) )?#?(?P<number>\d{1,9})"
_MORE = r"(?P<more>(?:(?:,| and|, and|,? &) ?#?\d{1,9})*)"
_END = re.compile(
    rf"(?:please )?(?P<verb>cancel|delete|remove|drop|forget|done(?: with)?) {_NUMBER}{_MORE}[.!]?",
    re.IGNORECASE,
)
_MOVE = re.compile(
    rf"(?:please )?(?:move|change|reschedule|postpone|shift|push|delay|put off|snooze) {_NUMBER}"
    r"(?: (?P<how>to|till|until|by|for))? (?P<words>.+)",
    re.IGNORECASE,
)
_LONGEST = 100  # characters


def meant(request: Request) -> str:
    """The words in full for `cancel 2` and `move 1 to Friday`; empty where they are something else.

    They are when there is no such reminder, or a move is not to a time.
    """
    text = request.text.strip()
    if request.person is None or len(text) > _LONGEST:
        return ""
    found = _END.fullmatch(text) or _MOVE.fullmatch(text)
    if found is None or not _is_listed(request):
        return ""
    if request.uow.reminders.numbered(request.actor(), int(found["number"])) is None:
        return ""
    parts = found.groupdict()
    if "verb" in parts:
        return _ended(parts)
    how, words = (parts["how"] or "to").lower(), parts["words"]
    if how in ("by", "for"):
        return f"move reminder {parts['number']} by {words}"
    return f"move reminder {parts['number']} to {words}" if when_said(request, words) else ""


def _is_listed(request: Request) -> bool:
    choices = choices_above(request.uow, request.message)
    return bool(choices) and all(_ONE.fullmatch(one.says) for one in choices)


def _ended(parts: dict[str, str]) -> str:
    if parts["more"]:
        return f"cancel reminders {parts['number']}{parts['more']}"
    if parts["verb"].lower().startswith("done"):
        return f"done reminder-{parts['number']}"
    return f"cancel reminder {parts['number']}"
