"""Snooze and done: of what somebody was told by the clock, in a reply to it or by its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.domain.messages import Reply
from bot.domain.when.outcome import Either, NotMet, Outcome, Unmet, When
from bot.domain.when.stamp import STAMP, instant_at, stamp_of
from bot.errors import Refused
from bot.knowledge.dates import when
from bot.phrases import reminding, times
from bot.phrases import snoozing as phrases
from bot.phrases.notices import SNOOZE_DAYS
from bot.usecases import snooze as usecase
from handlers.moving_reminders import put_off
from handlers.replied import choices_above
from handlers.request import Request

# Of what is told, and of own reminders.
USUAL, SOON = timedelta(days=SNOOZE_DAYS), timedelta(hours=1)
_HEADS = "idle|statement|review|requests?|appeal|event|reminder"
_ALONE = "expiry|time[ -]limit|renewal|certificate"
_KNOWN = rf"(?:(?:the |my )?(?:{_HEADS})[ -][a-z0-9][a-z0-9_-]*|{_ALONE})"
_ANY = r"[a-z]+-[a-z0-9][a-z0-9_-]*"
DONE = rf"/?(?:done|finished)(?: with)? (?P<matter>{_KNOWN})|/?done (?P<name>{_ANY})"
ALONE = r"/?done"
SNOOZE = r"/?(?:snooze|postpone|put off)(?: (?P<said>.+))?"
WAKE = rf"/?(?:wake|unsnooze)(?: (?P<matter>{_KNOWN}|{_ANY}))?"
_MATTER = re.compile(rf"(?P<matter>{_KNOWN}|{_ANY})(?:\s+(?P<when>.+))?", re.IGNORECASE | re.DOTALL)
_LONGEST = 100  # characters of a matter's name
_TO = re.compile(r"(?:until|till|to)\s+", re.IGNORECASE)
_FOR = re.compile(r"(?:for|by)\s+(?:another\s+)?", re.IGNORECASE)
_IT = re.compile(r"(?:it|this|that)\b\s*", re.IGNORECASE)
_SAYS = re.compile(rf"(?:snooze|done) (?P<matter>{_KNOWN}|{_ANY})(?: .*)?", re.IGNORECASE)


def snooze(request: Request) -> tuple[Reply, ...]:
    """`snooze idle-tech until Monday`, `snooze 1 hour` below what was told, `snooze`."""
    request.actor()
    said = request.args.get("said", "").strip()
    matter, words = _apart(request, _without_it(request, said))
    if not matter:
        return _each(request, f"snooze{f' {words}' if words else ''}", _again(words))
    return (_put_off(request, matter, words),)


def done(request: Request) -> tuple[Reply, ...]:
    """`done idle-tech`."""
    return (_done(request, matter_named(request.args.get("matter") or request.args["name"])),)


def done_above(request: Request) -> tuple[Reply, ...]:
    """`done` below what was told."""
    return _each(request, "done", _done)


def wake(request: Request) -> tuple[Reply, ...]:
    """`wake idle-tech`."""
    person, said = request.actor(), request.args.get("matter", "")
    if not said:
        return (phrases.nothing_above("wake"),)
    matter = matter_named(said)
    if not usecase.wake(request.uow, person, matter, now=request.now):
        return (phrases.not_hushed(matter),)
    return (_woken(request, matter),)


def _woken(request: Request, matter: str) -> Reply:
    """It is heard of as before; of an own reminder that is over, how it is said once more."""
    person, name = request.actor(), _called(request, matter)
    due = usecase.next_of(request.uow, request.desk.program, person, matter, now=request.now)
    if due and due <= request.now:
        return phrases.open_again(matter, name, due, person.zone)
    return phrases.woken(name, person.zone, due=due)


def above(request: Request) -> tuple[str, ...]:
    """The matters of what the words reply to, or else of what was told last."""
    found = (_SAYS.fullmatch(one.says) for one in choices_above(request.uow, request.message))
    return tuple(dict.fromkeys(one["matter"].lower() for one in found if one))


def matter_named(said: str) -> str:
    """`my reminder 3` -> `reminder-3`."""
    words = said.lower().removeprefix("the ").removeprefix("my ")
    name = "-".join(words.split())[:_LONGEST]
    return re.sub(r"^request-", "requests-", name)


def _without_it(request: Request, said: str) -> str:
    """`it until Monday` -> `until Monday`; `this Friday` is a time as it is."""
    lead = _IT.match(said)
    return said[lead.end() :] if lead and _when(request, said) is None else said


def _apart(request: Request, said: str) -> tuple[str, str]:
    """The matter and the time; what is a time by itself names no matter."""
    found = _MATTER.fullmatch(said)
    if found is None or _when(request, said) is not None:
        return "", said
    return matter_named(found["matter"]), (found["when"] or "").strip()


def _each(request: Request, verb: str, act: Callable[[Request, str], Reply]) -> tuple[Reply, ...]:
    """Acts on the one matter above; asks which where there are several."""
    request.actor()
    matters = above(request)
    if not matters:
        return (phrases.nothing_above(verb.split(maxsplit=1)[0]),)
    if len(matters) > 1:
        return (phrases.which(verb.split(maxsplit=1)[0], matters),)
    return (act(request, matters[0]),)


def _again(words: str) -> Callable[[Request, str], Reply]:
    return lambda request, matter: _put_off(request, matter, words)


def _put_off(request: Request, matter: str, words: str) -> Reply:
    person, program, now = request.actor(), request.desk.program, request.now
    if early := put_off(request, matter, words):
        return early
    until = _until(request, matter, words)
    if isinstance(until, Reply):
        return until
    told = usecase.snooze(request.uow, program, person, matter, until=until, now=now)
    name, again = _called(request, matter), told.again
    text = phrases.snoozed(name, until, person.zone, again=again, due=told.due, anyway=told.anyway)
    return phrases.with_wake(text, matter)


def _until(request: Request, matter: str, words: str) -> datetime | Reply:
    zone = request.actor().zone
    if not words:
        return request.now + (SOON if matter.startswith("reminder-") else USUAL)
    exact = _TO.sub("", words.rstrip(" ."), count=1)
    if re.fullmatch(STAMP, exact, re.IGNORECASE):
        return _stamped(exact, request)
    match _when(request, words):
        case When() as found:
            return found.at
        case Either() as days:
            pair = (days.first, days.second)
            named = [(times.moment_in_full(at, zone), stamp_of(at, zone)) for at in pair]
            return phrases.either(matter, named)
        case Unmet() as why:
            raise Refused(f"{reminding.unmet(why)} Nothing was changed.")
    raise Refused(phrases.not_a_time(words, matter))


def _stamped(stamp: str, request: Request) -> datetime:
    try:
        return instant_at(stamp, request.actor().zone)
    except NotMet as not_met:
        raise Refused(f"{reminding.unmet(Unmet(why=not_met.why))} Nothing was changed.") from None


def _when(request: Request, words: str) -> Outcome | None:
    """The time; `for 2 days` and `2 days` are in 2 days."""
    zone, usual = request.actor().zone, request.desk.program.notices.at
    plain = _TO.sub("", words, count=1) if _TO.match(words) else _FOR.sub("in ", words, count=1)
    found = when(plain, now=request.now, zone=zone, usual=usual)
    return found or when(f"in {plain}", now=request.now, zone=zone, usual=usual)


def _done(request: Request, matter: str) -> Reply:
    person, program, now = request.actor(), request.desk.program, request.now
    told = usecase.done(request.uow, program, person, matter, now=now)
    if matter.startswith("reminder-"):
        number = matter.removeprefix("reminder-")
        return phrases.reminder_done(number, told.reminder, person.zone, now=now)
    return phrases.done(matter, _called(request, matter), again=told.again)


def _called(request: Request, matter: str) -> str:
    program, person = request.desk.program, request.actor()
    return usecase.called(request.uow, program, person, matter, now=request.now)
