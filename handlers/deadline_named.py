"""A person's own deadline in words about a time: `3 weeks before my subscription ends`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from bot.domain.notices.deadlines import deadlines
from bot.domain.notices.kinds import Moment
from bot.domain.people import Person
from handlers.request import Request

_CERTIFICATE = "certificate"
_NOUNS: Mapping[str, frozenset[Moment]] = {
    "subscription": frozenset({Moment.SUBSCRIPTION_ENDS}),
    "time limit": frozenset({Moment.TIME_LIMIT}),
    "deadline": frozenset({Moment.SUBSCRIPTION_ENDS, Moment.TIME_LIMIT}),  # whichever is sooner
    "appeal": frozenset({Moment.APPEAL_DUE}),
    "renewal": frozenset({Moment.RENEWAL_OPENS}),
    _CERTIFICATE: frozenset({Moment.RENEWAL_CLOSES}),
}
_ON = r"(?:on )?the day(?: when| that)?|when|on|until"  # the day itself
_END = r"(?:the )?(?:end|last day|expiry|expiration)(?: date)? of"
_ENDS = r"(?:ends?|expir(?:es|y)|runs out|lapses|closes|opens|is (?:over|due|up|reached)|end date)"


def dated(request: Request, text: str) -> str:
    """The text with the day itself where one of the person's deadlines is named."""
    found = _pattern(request.desk.program.words.certificate).search(text)
    if found is None or request.person is None:
        return text
    noun = next((n for n in (found["of"], found["ends"], found["alone"]) if n), "").casefold()
    day = _day(request, request.person, _NOUNS.get(noun, _NOUNS[_CERTIFICATE]))
    if day is None:
        return text
    lead = found["lead"] or "on"
    return f"{text[: found.start()]}{lead} {day}{text[found.end() :]}"


def _pattern(certificate: str) -> re.Pattern[str]:
    """A word that a time counts by, and a deadline; a program has its own word for one of them."""
    nouns = "|".join(map(re.escape, (*_NOUNS, "certification", certificate)))
    of = rf"{_END} (?:my |the )?(?P<of>{nouns})"
    ends = rf"(?:my |the )?(?P<ends>{nouns}) {_ENDS}"
    alone = r"(?:my |the )?(?P<alone>deadline|time limit)"
    return re.compile(
        rf"\b(?:(?P<lead>before|after|from)|{_ON}) (?:{of}|{ends}|{alone})\b", re.IGNORECASE
    )


def _day(request: Request, person: Person, moments: frozenset[Moment]) -> date | None:
    """The next day on which one of these is."""
    program, today = request.desk.program, request.now.astimezone(person.zone).date()
    situations = request.uow.situations.of((person.id,), now=request.now, program=program)
    coming = (
        one.day
        for situation in situations
        for one in deadlines(program, situation)
        if one.moment in moments and one.day and one.day >= today
    )
    return min(coming, default=None)
