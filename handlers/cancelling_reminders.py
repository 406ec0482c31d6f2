"""Reminders that are cancelled by what they are about, by their place, or all at once."""

from __future__ import annotations

import re

from bot.domain.messages import Reply
from bot.domain.notices.reminder import Reminder
from bot.phrases import reminders as phrases
from bot.usecases.end_reminder import end_every_reminder, end_reminder
from handlers.request import NotMine, Request

_END = r"(?:cancel|delete|remove|drop|forget|stop|end)"
ALL = rf"{_END} (?:all|every)(?: of)?(?: (?:my|the|those))? reminders?|{_END} (?:my|the) reminders"
ALL_NOW = rf"{_END} all reminders now"
KEEP_ALL = r"keep my reminders"
PLACED = rf"{_END} (?:my |the )?(?P<place>last|latest|newest|most recent|next|first) reminder"
ABOUT = (
    rf"{_END} (?:my |the |that )?reminder (?:about|of|for|to|on|that|at|called|with) (?P<text>.+)"
)
_WORDS = re.compile(r"\w+")
_SLIGHT = frozenset(("the", "a", "an", "my", "to", "of", "on", "at", "for", "about"))


def ask_all(request: Request) -> tuple[Reply, ...]:
    """`cancel all reminders`: asked once."""
    person = request.actor()
    own = request.uow.reminders.of(person)
    return (phrases.ask_all(own, person, now=request.now),)


def every(request: Request) -> tuple[Reply, ...]:
    """`cancel all reminders now`."""
    return (
        phrases.all_cancelled(end_every_reminder(request.uow, request.actor(), now=request.now)),
    )


def keep_all(request: Request) -> tuple[Reply, ...]:
    """`keep my reminders`, as the answer to what was asked."""
    request.actor()
    return (phrases.all_kept(),)


def placed(request: Request) -> tuple[Reply, ...]:
    """`cancel my last reminder`: the one set last; `next` is the one to come first."""
    own = request.uow.reminders.of(request.actor())
    if not own:
        return (phrases.listed(own, request.actor(), now=request.now),)
    coming = [one for one in own if one.at > request.now] or list(own)
    if request.args["place"].casefold() in ("next", "first"):
        return (_end(request, coming[0]),)
    return (_end(request, max(own, key=lambda one: one.number)),)


def about(request: Request) -> tuple[Reply, ...]:
    """`cancel the reminder about the essay`: the one that has those words."""
    person = request.actor()
    own = request.uow.reminders.of(person)
    said = _words(request.args["text"])
    if not said:
        raise NotMine
    found = [one for one in own if said <= _words(one.text)]
    if len(found) == 1:
        return (_end(request, found[0]),)
    return (phrases.which(found or own, person, now=request.now, some=bool(found)),)


def _end(request: Request, one: Reminder) -> Reply:
    ended = end_reminder(request.uow, request.actor(), one.number, now=request.now)
    return phrases.cancelled(ended, request.actor().zone, now=request.now)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(text.casefold())) - _SLIGHT
