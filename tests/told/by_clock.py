"""What is told by the clock: for each kind a candidate to whom all of its lead times come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.messages import OutboundMessage
from bot.domain.notices.kinds import Event, Kind
from bot.domain.notices.notice import Notice
from bot.domain.notices.plan import plan
from bot.domain.notices.timed import Timed, timed
from bot.domain.people import Candidate, Person
from tests.carded import announced, cards
from tests.cast import ADA, BEA
from tests.desk import House
from tests.flows.props import prop
from tests.reviewed import appealable, reply, staffed
from tests.stating import achieve
from tests.submitted import asked_for_more, fill
from tests.told.seen import Scene, Seen, seen

ENDS = date(2027, 3, 31)
AFTER_THE_LIMIT = date(2029, 3, 31)
WEBINAR = Event(
    id="introduction",
    title="Introduction to the program",
    starts=datetime(2027, 4, 24, 18, tzinfo=UTC),
    minutes=60,
    url="https://example.org/webinar",
)


def lead_times(house: House, person: Person, kind: str, *, about: str = "") -> Iterator[Seen]:
    """Each of the kind's lead times in turn, of the matter that is called so."""
    house.sweep()
    for one in _planned(house, person, kind, about):
        house.clock.forward(one.at - house.clock())
        house.sweep()
        message = said(house, one.notice)
        yield seen(house, titled(house, one.notice), message, zone=person.time_zone)


def said(house: House, notice: Notice) -> OutboundMessage:
    """The message that tells it."""
    sent = (*house.channel.sent, *house.mail.sent)
    (found,) = [one for one in sent if notice.key in one.notices]
    return found


def titled(house: House, notice: Notice) -> str:
    """Which of its kind's lead times it is, in words, and what it is about."""
    kind = house.desk.program.notices.kinds[notice.kind]
    return f"{titles(kind)[notice.lead]} ({notice.matter})"


def titles(kind: Kind) -> list[str]:
    """The kind's lead times in words: `expiry, 30 days before`."""
    return [f"{kind.id}, {_when(lead.days)}" for lead in kind.leads]


def _when(days: int) -> str:
    if not days:
        return "on the day"
    count = "1 day" if abs(days) == 1 else f"{abs(days)} days"
    return f"{count} {'before' if days < 0 else 'after'}"


def soon(house: House) -> Candidate:
    """Ada, whose subscription ends in some months."""
    return house.enrol(replace(ADA, subscription_ends=ENDS))


def certified(house: House) -> Candidate:
    """Ada, all of whose sets were approved today."""
    ada = house.enrol(ADA)
    program = house.desk.program
    for one in (*(s.id for s in program.required_sets), *ADA.electives):
        achieve(house, ADA, one)
    return ada


def begun(house: House, *, whole: bool = False) -> Candidate:
    """Ada, who filed one thing of a set, or evidence of everything without the statement."""
    ada = house.enrol(ADA)
    ids = [one.id for one in house.desk.program.set("technology").competencies]
    caption = f"for {', '.join(ids if whole else ids[:1])}"
    house.send(ADA.email, prop("log.txt", house.folder), caption=caption)
    return ada


def handed_in(house: House) -> Candidate:
    """Ada, whose set waits for its decision."""
    ada = house.enrol(ADA)
    staffed(house)
    fill(house, ADA.email, house.desk.program)
    house.say(ADA.email, "submit technology")
    return ada


def _planned(house: House, person: Person, kind: str, about: str) -> list[Timed]:
    program = house.desk.program
    with house.transaction() as uow:
        (situation,) = uow.situations.of((person.id,), now=house.clock(), program=program)
    planned = [n for n in plan(program, situation) if n.kind == kind and about in n.matter]
    found = (timed(program, situation, notice) for notice in planned)
    return sorted((one for one in found if one), key=lambda one: one.at)


def _expiry(house: House) -> Iterator[Seen]:
    yield from lead_times(house, soon(house).person, "expiry")


def _time_limit(house: House) -> Iterator[Seen]:
    ada = house.enrol(replace(ADA, subscription_ends=AFTER_THE_LIMIT))
    achieve(house, ADA, "technology")
    yield from lead_times(house, ada.person, "time-limit")


def _idle(house: House) -> Iterator[Seen]:
    yield from lead_times(house, begun(house).person, "idle")


def _statement(house: House) -> Iterator[Seen]:
    yield from lead_times(house, begun(house, whole=True).person, "statement")


def _requests(house: House) -> Iterator[Seen]:
    yield from lead_times(house, asked_for_more(house).person, "requests")


def _review_overdue(house: House) -> Iterator[Seen]:
    yield from lead_times(house, handed_in(house).person, "review-overdue")


def _staff_overdue(house: House) -> Iterator[Seen]:
    ada = handed_in(house)
    announced(house)
    house.sweep()
    for one in _planned(house, ada.person, "staff-overdue", ""):
        house.clock.forward(one.at - house.clock())
        house.sweep()
        announced(house)
        card = cards(house, "submission:1")[-1]
        yield seen(house, f"{titled(house, one.notice)}, as its card", card)


def _appeal(house: House) -> Iterator[Seen]:
    ada = appealable(house)
    yield from lead_times(house, ada.person, "appeal")


def _appeal_with_reasons(house: House) -> Iterator[Seen]:
    ada = appealable(house)
    reply(house, ADA.email, "notice 1")
    reply(house, ADA.email, "file notice 1")
    yield from lead_times(house, ada.person, "appeal")


def _event(house: House) -> Iterator[Seen]:
    rules = replace(house.desk.program.notices, events=(WEBINAR,), mark="with an event")
    house.desk = replace(house.desk, program=replace(house.desk.program, notices=rules))
    yield from lead_times(house, house.enrol(BEA).person, "event")


def _reminder(house: House) -> Iterator[Seen]:
    ada = house.enrol(ADA)
    house.say(ADA.email, "remind me tomorrow at 16:00 to ask Bea about TECH-8")
    house.say(ADA.email, "yes")
    yield from lead_times(house, ada.person, "reminder")


def _after(kind: str) -> Scene:
    def scene(house: House) -> Iterator[Seen]:
        yield from lead_times(house, certified(house).person, kind)

    return scene


BY_CLOCK: Mapping[str, Scene] = {
    "expiry": _expiry,
    "time-limit": _time_limit,
    "idle": _idle,
    "statement": _statement,
    "requests": _requests,
    "review-overdue": _review_overdue,
    "staff-overdue": _staff_overdue,
    "appeal": _appeal,
    "certificate": _after("certificate"),
    "renewal-opens": _after("renewal-opens"),
    "renewal-closes": _after("renewal-closes"),
    "grace-ends": _after("grace-ends"),
    "event": _event,
    "reminder": _reminder,
}
MORE: Mapping[str, Scene] = {"appeal, second step": _appeal_with_reasons}
