"""Reminders that are cancelled by what they are about, by their place, or all at once."""

from __future__ import annotations

import re

from bot.domain.messages import Reply
from bot.phrases import reminders as phrases
from bot.usecases.end_reminder import end_every_reminder, end_reminder
from bot.usecases.set_reminder import own_reminder
from handlers.command import NUMBER
from handlers.request import NotMine, Request

_END = r"(?:cancel|delete|remove|drop|forget|stop|end|clear)"
ALL = (
    rf"{_END} (?:all|every)(?: of)?(?: (?:my|the|those))? reminders?|{_END} (?:my|the) reminders"
    r"|clear(?: out)? reminders"
)
ALL_NOW = rf"{_END} all reminders now"
KEEP_ALL = r"keep my reminders"
PLACED = rf"{_END} (?:my |the )?(?P<place>last|latest|newest|most recent|next|first) reminder"
ABOUT = (
    rf"{_END} (?:my |the |that )?reminder (?:about|of|for|to|on|that|at|called|with) (?P<text>.+)"
)
NAMED = rf"{_END} (?:my|the|that) (?P<text>\S.{{0,80}}?) reminder"
SEVERAL = (
    rf"{_END} (?:my |the )?reminders (?P<numbers>#?\d{{1,9}}"
    r"(?:(?:, and|,? &|,| and) ?#?\d{1,9})*)"
)
CANCEL = rf"{_END} (?:my |the )?reminder[ -]?{NUMBER}"
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
        return (_end(request, coming[0].number),)
    return (_end(request, max(one.number for one in own)),)


def about(request: Request) -> tuple[Reply, ...]:
    """`cancel the reminder about the essay`: the one that has those words."""
    person = request.actor()
    own = request.uow.reminders.of(person)
    said = _words(request.args["text"])
    if not said:
        raise NotMine
    found = [one for one in own if said <= _words(one.text)]
    if len(found) == 1:
        return (_end(request, found[0].number),)
    return (phrases.which(found or own, person, now=request.now, some=bool(found)),)


def named(request: Request) -> tuple[Reply, ...]:
    """`remove my TECH-8 reminder`; where none has those words it is said of something else."""
    own, said = request.uow.reminders.of(request.actor()), _words(request.args["text"])
    if not said or not any(said <= _words(one.text) for one in own):
        raise NotMine
    return about(request)


def several(request: Request) -> tuple[Reply, ...]:
    """`cancel reminders 1 and 2`: all of them, or none where one is not there."""
    person, uow = request.actor(), request.uow
    numbers = dict.fromkeys(int(one) for one in re.findall(r"[0-9]+", request.args["numbers"]))
    for number in numbers:
        own_reminder(uow, person, number)
    if len(numbers) == 1:
        return (_end(request, *numbers),)
    ended = [end_reminder(uow, person, number, now=request.now) for number in numbers]
    return (phrases.several_cancelled(ended),)


def cancel(request: Request) -> tuple[Reply, ...]:
    """`cancel reminder 2`."""
    request.actor()
    return (_end(request, request.number()),)


def _end(request: Request, number: int) -> Reply:
    ended = end_reminder(request.uow, request.actor(), number, now=request.now)
    return phrases.cancelled(ended, request.actor().zone, now=request.now)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(text.casefold())) - _SLIGHT
