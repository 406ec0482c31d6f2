"""Somebody's deadlines as a calendar."""

from __future__ import annotations

from bot.domain.messages import Choice, Reply
from bot.phrases import calendar as phrases
from bot.usecases.give_calendar import Given, give_calendar, new_address, no_address
from handlers.request import Request

_MINE = r"(?:(?:my|a|the|private) )*"
_DATES = r"(?:(?:my|all|the) )*(?:deadlines|dates|reminders)(?: and (?:deadlines|reminders))?"
CALENDAR = (
    rf"/?(?:(?:give me|show|export|send me|subscribe(?: me)?(?: to)?) )?{_MINE}calendar"
    r"(?: (?:file|feed|address|link))?"
    r"|/?(?:(?:give me|show|export|send me) )?(?:(?:an|my|the|a) )*i(?:cs|cal)(?: (?:file|feed))?"
    rf"|(?:add|put|export|copy|save) {_DATES} (?:in(?:to)?|to|on) {_MINE}calendar"
)
NEW = rf"/?{_MINE}new (?:private )?calendar (?:address|feed|link)"
NONE = rf"/?(?:no|close|revoke|delete) {_MINE}calendar (?:address|feed|link)"


def calendar(request: Request) -> tuple[Reply, ...]:
    """`calendar`: the file, and how to subscribe."""
    person = request.actor()
    given = give_calendar(request.uow, request.desk, person, now=request.now)
    file = phrases.file(given.file.sha256, given.file.size)
    about, choices = _address(request, given)
    told = phrases.given(
        file, count=given.count, about=about, choices=choices, once=bool(given.url)
    )
    return (told,)


def new(request: Request) -> tuple[Reply, ...]:
    """`new calendar address`."""
    person = request.actor()
    return (phrases.new_address(new_address(request.uow, request.desk, person, now=request.now)),)


def none(request: Request) -> tuple[Reply, ...]:
    """`no calendar address`."""
    gone = no_address(request.uow, request.actor(), now=request.now)
    return (phrases.revoked(was_there=gone),)


def _address(request: Request, given: Given) -> tuple[tuple[str, ...], tuple[Choice, ...]]:
    """What is told of it: whole when it was made just now, else since when there is one."""
    if given.url:
        return phrases.first_address(given.url), phrases.of_address()
    if given.feed:
        return phrases.known_address(given.feed, request.actor().zone), phrases.of_address()
    if given.closed:
        return phrases.closed_address(), phrases.of_closed()
    return phrases.no_web(), ()
