"""What the placeholders of a notice stand for, worked out when it is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from bot.domain.notices.kinds import Moment
from bot.domain.notices.notice import Notice
from bot.domain.pace import Pace, paced
from bot.domain.people import Person
from bot.domain.program import Program
from bot.phrases.pace import FEW_WEEKS, outlook, span
from bot.phrases.reminding import NAMELESS
from bot.phrases.sections import full_name, short_name, together
from bot.phrases.times import moment as told_moment
from bot.phrases.times import told_in_full

Values = Mapping[str, str]
FAR = 2 * FEW_WEEKS  # days from which months are said


def values(
    program: Program, notice: Notice, person: Person, *, moment: Moment, today: date
) -> Values:
    """Every placeholder that words about the moment may have (see `allowed`)."""
    own = _VALUES[moment](program, notice, person, today)
    everywhere = {
        "name": person.name,
        "program": program.name,
        "record": program.words.record_short,
    }
    return {**everywhere, **_days(notice, today), **own}


def days_from(notice: Notice, today: date) -> int:
    """Days from today to the day that it counts from; negative when that is over."""
    return (_day(notice, "date") - today).days


def when(days: int) -> str:
    """`in 28 days`, `tomorrow`, `today`, `3 days ago`."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"in {_count(days)}" if days > 0 else f"{_count(-days)} ago"


def _count(days: int) -> str:
    """Days; far away as months."""
    if days >= FAR:
        return f"about {span(days)}"
    return "1 day" if days == 1 else f"{days} days"


def _days(notice: Notice, today: date) -> dict[str, str]:
    left = days_from(notice, today)
    return {
        "date": told_in_full(_day(notice, "date")),
        "when": when(left),
        "days": _count(abs(left)),
    }


def _day(notice: Notice, name: str) -> date:
    found = notice.about[name]
    if not isinstance(found, date):
        raise TypeError(f"{name} of {notice.key} is no day")
    return found


def _deadline(program: Program, notice: Notice, _: Person, today: date) -> Values:
    found = paced(
        program.sets_needed,
        int(str(notice.about["done"])),
        achieved=int(str(notice.about["achieved"])),
        enrolled_on=_day(notice, "enrolled_on"),
        ends=_day(notice, "ends"),
        today=today,
    )
    return {"sets": _sets(found), "pace": outlook(found)}


def _sets(found: Pace) -> str:
    """What is left to be done, as a sentence."""
    if not found.left:
        return f"All {found.needed} sets are submitted or achieved."
    if found.left == found.needed > 1:
        return f"All {found.needed} sets are still to be submitted."
    verb = "is" if found.left == 1 else "are"
    return f"{found.left} of {found.needed} sets {verb} still to be submitted."


def _set(program: Program, notice: Notice, _: Person, __: date) -> Values:
    about = notice.about
    shown = ("number", "covered", "total", "step", "says")
    return {
        "set": _title(program, str(about["set_id"])),
        "statement": program.words.statement,
        **{name: str(about[name]) for name in shown if name in about},
    }


def _requested(program: Program, notice: Notice, person: Person, today: date) -> Values:
    words = str(notice.about["wanted"]).split()
    pairs = zip(words[::2], words[1::2], strict=True)
    known = {section.id for section in program.sections}
    wanted = [
        f"{short_name(program, section) if section in known else section} (code {token})"
        for section, token in pairs
    ]
    count = len(wanted)
    return {
        **_set(program, notice, person, today),
        "wanted": together(wanted),
        "count": "1 request" if count == 1 else f"{count} requests",
    }


def _renewal(_: Program, notice: Notice, __: Person, ___: date) -> Values:
    names = ("certified_on", "opens", "closes", "grace")
    return {name: told_in_full(_day(notice, name)) for name in names}


def _event(_: Program, notice: Notice, person: Person, __: date) -> Values:
    starts = _day(notice, "starts")
    if not isinstance(starts, datetime):
        raise TypeError(f"starts of {notice.key} is no instant")
    local = starts.astimezone(person.zone)
    shown = ("title", "minutes", "url")
    told = f"{local:%A}, {told_moment(starts, person.zone)}"
    return {"starts": told, **{name: str(notice.about[name]) for name in shown}}


def _own(program: Program, notice: Notice, _: Person, __: date) -> Values:
    section, text = str(notice.about["section"]), str(notice.about["text"])
    text = "it is time (you did not say of what)" if text == NAMELESS else text
    return {"text": text, "section": _place(program, section)}


def _place(program: Program, id: str) -> str:
    """A section or a set in words; empty for none."""
    if any(section.id == id for section in program.sections):
        return full_name(program, id)
    return _title(program, id) if id else ""


def _title(program: Program, set_id: str) -> str:
    """A set's title; its id where the program no longer has it."""
    return next((one.title for one in program.sets if one.id == set_id), set_id)


def _plain(_: Program, __: Notice, ___: Person, ____: date) -> Values:
    return {}


_VALUES: Mapping[Moment, Callable[[Program, Notice, Person, date], Values]] = MappingProxyType(
    {
        Moment.SUBSCRIPTION_ENDS: _deadline,
        Moment.TIME_LIMIT: _deadline,
        Moment.SET_TOUCHED: _set,
        Moment.SET_COVERED: _set,
        Moment.SUBMITTED: _set,
        Moment.REQUESTED: _requested,
        Moment.APPEAL_DUE: _set,
        Moment.CERTIFIED: _plain,
        Moment.RENEWAL_OPENS: _renewal,
        Moment.RENEWAL_CLOSES: _renewal,
        Moment.GRACE_ENDS: _renewal,
        Moment.EVENT: _event,
        Moment.OWN: _own,
    }
)
