"""A person's own deadline in words about a time: `3 weeks before my subscription ends`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.notices.deadlines import deadlines
from bot.domain.notices.kinds import Moment
from bot.domain.people import Person
from bot.domain.when.scan import LONGEST
from handlers.request import Request

_CERTIFICATE = frozenset({Moment.RENEWAL_CLOSES})
_NOUNS: Mapping[str, frozenset[Moment]] = {
    "subscription": frozenset({Moment.SUBSCRIPTION_ENDS}),
    "time limit": frozenset({Moment.TIME_LIMIT}),
    # whichever is sooner; who is certified has that of the certificate alone
    "deadline": frozenset({Moment.SUBSCRIPTION_ENDS, Moment.TIME_LIMIT, Moment.RENEWAL_CLOSES}),
    "appeal": frozenset({Moment.APPEAL_DUE}),
    "renewal": _CERTIFICATE,
    "certificate": _CERTIFICATE,
    "certification": _CERTIFICATE,
}
_OPENS = frozenset({Moment.RENEWAL_OPENS})
_BEFORE = r"before|ahead of|prior to"
_ON = (  # the day itself
    r"(?:on )?the day(?: when| that|(?= of ))?|when|once|as soon as|by the time|on|by|at|until|till"
)
_EDGE = r"(?:end|last day|expiry|expiration)(?: date)?"
_WILL = r"end|expire|run out|lapse|close"
_ENDS = (
    rf"(?:(?:{_EDGE}|deadline|due date)|expires|runs out|(?:end|lapse|close)s|will (?:{_WILL})"
    r"|(?:is|has been) (?:over|due|up|reached)|has (?:ended|expired|lapsed|closed)"
    r"|['\u2019]s (?:end|last day|expiry|expiration)(?: date)?)"
)
_AGAIN = re.compile(r"\b(?:(?:every|each) (?:\S+ )?\S+|daily|weekly|monthly) $", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A text with a day where a deadline was named; of that day `words` were said."""

    text: str
    day: str = ""
    words: str = ""

    def said(self, topic: str) -> str:
        """The topic as it was typed: a deadline in it is no time."""
        return topic.replace(self.day, self.words) if self.day else topic


def dated(request: Request, text: str) -> Dated:
    """The text with the day itself where one of the person's deadlines is named."""
    if request.person is None or len(text) > LONGEST:  # no time is read in what is longer
        return Dated(text=text)
    found = _pattern(request.desk.program.words.certificate).search(text)
    if found is None or _AGAIN.search(text[: found.start()][-60:]):
        return Dated(text=text)  # of what comes again and again a deadline is no beginning
    noun = next((n for n in (found["of"], found["ends"], found["alone"]) if n), "").casefold()
    moments = _OPENS if found["opens"] else _NOUNS.get(noun, _CERTIFICATE)
    day = _day(request, request.person, moments)
    if day is None:
        return Dated(text=text)
    before, after = found["before"], found["after"]
    said = f"{'before' if before else after or 'on'} {day}"
    whole = f"{text[: found.start()]}{said}{text[found.end() :]}"
    return Dated(text=whole, day=said, words=found[0])


def _pattern(certificate: str) -> re.Pattern[str]:
    """A word that a time counts by, and a deadline; a program has its own word for one of them."""
    bare, _, short = certificate.partition(" (")
    names = {certificate, bare, short.removesuffix(")"), *_NOUNS} - {""}
    nouns = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    of = rf"(?:the )?{_EDGE} of (?:my |the )?(?P<of>{nouns})"
    ends = rf"(?:my |the )?(?P<ends>{nouns})(?:(?= ?['\u2019])| ){_ENDS}"
    opens = r"(?:my |the )?(?P<opens>renewal (?:opens|will open|is open|begins|starts))"
    other = r"(?! (?:for|of|on|in|is|next|tomorrow)\b)"  # a deadline of something else
    alone = rf"(?:my |the )?(?P<alone>deadline|time limit){other}"
    lead = rf"(?:(?P<before>{_BEFORE})|(?P<after>after|from)|{_ON})"
    return re.compile(rf"\b{lead} (?:of )?(?:{of}|{ends}|{opens}|{alone})(?![\w-])", re.IGNORECASE)


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
