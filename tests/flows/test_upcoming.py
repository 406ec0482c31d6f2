"""What somebody will be told next is told as it will be: whole, in time, and with what waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.domain.messages import Address, OutboundMessage, Paragraph, Reply
from bot.domain.notices.wishes import Cadence, Wishes
from bot.domain.people import Person
from bot.usecases.see_due import When, see_due
from tests.cast import ADA
from tests.desk import House
from tests.flows.props import prop
from tests.flows.soon import at, fresh

LATE = replace(ADA, subscription_ends=date(2027, 1, 15))
CHICAGO = ZoneInfo("America/Chicago")


def late(house: House) -> Person:
    """Ada comes on the last day but two, in the middle of the night."""
    at(house, 2027, 1, 13, 8)  # two in the morning, in Chicago
    return house.enrol(LATE).person


def test_who_comes_at_night_is_foreseen_for_the_morning_and_told_then(house: House) -> None:
    late(house)
    program, now = house.desk.program, house.clock()

    found = [
        one
        for _, page in see_due(house.transaction, program, When(day=date(2027, 1, 13)), now=now)
        for one in page
    ]

    assert [f"{one.at.astimezone(CHICAGO):%H:%M}" for one in found] == ["08:00"]
    assert "13 January 2027 at 08:00, by memory: Your" in house.say(ADA.email, "upcoming")
    assert fresh(house) == []
    house.clock.forward(found[0].at - now)
    (said,) = fresh(house)
    assert "15 January 2027" in said


def test_nothing_is_foreseen_that_is_said_again_within_hours(house: House) -> None:
    at(house, 2027, 1, 14, 6)  # midnight: at nine comes what is said a day before
    house.enrol(LATE)

    told = house.say(ADA.email, "upcoming notices")

    assert "14 January 2027 at 08:00" not in told
    assert "14 January 2027 at 09:00" in told


def test_what_is_held_until_morning_comes_next_and_sentences_are_whole(home: House) -> None:
    text = f"Mia commented on {'a very long name of a file, ' * 4}which you shared. See it there."
    with home.transaction() as uow:
        ada = uow.people.find(ADA.email)
        assert ada is not None
        place = home.address(ADA.email)
        held = OutboundMessage(
            key="held",
            to=place,
            conversation=str(place),
            reply=Reply(blocks=(Paragraph(text=text),)),
            whose=ada.id,
        )
        uow.outbox.add(held, due=home.clock() + timedelta(hours=9))
        uow.commit()

    told = home.say(ADA.email, "upcoming")

    assert (
        f"- Saturday, 21 November 2026 at 21:00, by memory: {text.removesuffix(' See it there.')}\n"
        in told
    )


def test_a_terminal_is_called_so(home: House) -> None:
    with home.transaction() as uow:
        ada = uow.people.find(ADA.email)
        assert ada is not None
        terminal = Address(channel=f"console:{ADA.email}", value=ADA.email)
        uow.people.connect(ada, terminal, at=home.clock() + timedelta(seconds=1))
        uow.commit()

    told = home.say(ADA.email, "upcoming notices")

    assert ", in the terminal: " in told
    assert "console:" not in told


def test_a_digest_to_come_names_what_it_tells(house: House) -> None:
    ada = house.enrol(ADA).person
    for one in ("technology", house.desk.program.required_sets[0].id):
        first = house.desk.program.set(one).competencies[0].id
        house.send(ADA.email, prop("log.txt", house.folder), caption=f"for {first}")
    with house.transaction() as uow:
        uow.wishes.put(ada, Wishes(cadence=Cadence.WEEKLY))
        uow.commit()

    told = house.say(ADA.email, "upcoming notices")

    title = house.desk.program.notices.kinds["idle"].title
    assert "- Monday, 21 December 2026 at 09:00, by memory: LSSC, Monday: " in told
    assert f"things in one message. They are about: {title}." in told
