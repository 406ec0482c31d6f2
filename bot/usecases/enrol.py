"""Make a person a candidate of the program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import available_timezones

from bot.domain.limits import EARLIEST, LATEST, LONGEST_NAME
from bot.domain.notices.days import months_after
from bot.domain.people import UNKNOWN_ZONE, Candidate, Person
from bot.domain.program import Program
from bot.errors import Refused
from bot.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What is needed to enrol someone. `subscription_ends` is worked out when it is not given.

    Whoever is known already keeps the time zone they have where none is given; others get UTC.
    """

    name: str
    email: str
    time_zone: str | None = None
    enrolled_on: date
    subscription_ends: date | None = None
    electives: tuple[str, ...] = ()


def enrol(uow: UnitOfWork, program: Program, who: Enrolment, *, now: datetime) -> Candidate:
    """The new candidate; `Refused` says what is wrong with the enrolment."""
    check_enrolment(program, who)
    person = _person(uow, who)
    ends = who.subscription_ends or years_after(who.enrolled_on, program.subscription_years)
    candidate = uow.people.enrol(
        person,
        enrolled_on=who.enrolled_on,
        subscription_ends=ends,
        electives=who.electives,
    )
    uow.trail.append(
        at=now,
        actor="operator",
        action="enrolled",
        subject=f"person:{person.id}",
        details={"ends": ends.isoformat(), "electives": " ".join(who.electives)},
    )
    return candidate


def _person(uow: UnitOfWork, who: Enrolment) -> Person:
    """A new person, or who is known by that address already and is no candidate: a mentor, say."""
    name, email = who.name.strip(), who.email.strip()
    known = known_by(uow, email)
    if known is None:
        return uow.people.add(name, email=email, time_zone=who.time_zone or UNKNOWN_ZONE)
    if uow.people.candidate(known):
        raise Refused(
            f"{email} is a candidate's address already ({known.name}), and nothing was changed. To "
            "move the dates or to replace the electives: carrel enrol --change, with the same name "
            "and address."
        )
    return uow.people.rename(known, name, time_zone=who.time_zone or known.time_zone)


def known_by(uow: UnitOfWork, email: str) -> Person | None:
    """Who has that address on record; an address only looks like a name or a number by chance."""
    known = uow.people.find(email)
    return known if known and known.email == email.strip().lower() else None


def years_after(day: date, years: int) -> date:
    """The same calendar day some years on; 29 February becomes 1 March where there is none."""
    return months_after(day, 12 * years)


def check_person(name: str, *, email: str, time_zone: str) -> None:
    """`Refused` says what is wrong with a new person's name, address or time zone."""
    _refuse_first(
        (
            (not name.strip(), "The name is empty: give the person's name."),
            (
                not name.isprintable() or len(name) > LONGEST_NAME,
                f"The name must be plain text of at most {LONGEST_NAME} characters.",
            ),
            (not _is_address(email), f"{email!r} is no e-mail address."),
            (
                time_zone not in available_timezones(),
                f"{time_zone!r} is no time zone: use a name like America/Chicago.",
            ),
        )
    )


def check_enrolment(program: Program, who: Enrolment) -> None:
    """`Refused` says what is wrong with it, whoever it is for."""
    check_person(who.name, email=who.email, time_zone=who.time_zone or UNKNOWN_ZONE)
    electives = {s.id for s in program.elective_sets}
    unknown = [id for id in who.electives if id not in electives]
    _refuse_first(
        (
            (
                not EARLIEST <= who.enrolled_on.year <= LATEST
                or (who.subscription_ends is not None and who.subscription_ends.year > LATEST),
                f"A date lies outside the years {EARLIEST} to {LATEST}: check it.",
            ),
            (
                bool(unknown),
                f"{', '.join(unknown)}: no elective; use {', '.join(sorted(electives))}.",
            ),
            (
                len(set(who.electives)) != len(who.electives)
                or len(who.electives) > program.electives_needed,
                f"Choose at most {program.electives_needed} different electives.",
            ),
            (
                who.subscription_ends is not None and who.subscription_ends <= who.enrolled_on,
                "The subscription ends before it begins: check the two dates.",
            ),
        )
    )


def _refuse_first(wrong: Iterable[tuple[bool, str]]) -> None:
    for failed, advice in wrong:
        if failed:
            raise Refused(advice)


def _is_address(text: str) -> bool:
    local, at, domain = text.strip().rpartition("@")
    plain = text.isprintable() and len(text) <= LONGEST_NAME
    return plain and bool(
        local and at and "." in domain and not any(c.isspace() for c in text.strip())
    )
