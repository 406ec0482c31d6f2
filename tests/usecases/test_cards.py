"""One card for each matter in the staff's room, which follows whatever becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.messages import Address, OutboundMessage
from bot.domain.people import Candidate
from bot.domain.rights import Role
from bot.domain.rules import Rating, Route
from bot.errors import DeliveryFailed
from bot.usecases.announce import REST, announce
from bot.usecases.erase_person import erase_person
from tests.carded import ROOM, announced, cards, says, shown
from tests.cast import ADA, BEA, DOT, REV, ROB, SAL
from tests.desk import House
from tests.reviewed import reply, staffed, submitted, waiting
from tests.submitted import fill

SET, CARD, QUESTION = "technology", "submission:1", "question:1"
PARKING = "Is there a parking fee at the workshop?"
REFUSED = DeliveryFailed("the room takes nothing", permanent=True)
OTHER_ROOM = Address(channel="memory", value="other-room")


@pytest.fixture
def ada(house: House) -> Candidate:
    """Ada, in a Carrel with two reviewers, one of staff and one admin."""
    staffed(house)
    return house.enrol(ADA)


def test_a_submission_has_a_card_that_tells_whose_it_is_and_what(
    house: House, ada: Candidate
) -> None:
    fill(house, ADA.email, house.desk.program)
    reply(house, ADA.email, "submit technology")
    announced(house)

    told = shown(house, CARD)
    assert told.startswith("Submission 1: Ada Reyes, Technology")
    assert "- Portfolio, round 1, 2 files, " in told
    assert "submitted on 21 November 2026 at 12:00 (America/Chicago)." in told
    assert "- Waiting for a review; 2 places free." in told
    assert says(house, CARD) == ["claim 1", "dossier 1"]


def test_the_card_is_brought_up_to_date_in_its_place(house: House, ada: Candidate) -> None:
    submitted(house, ada, SET)
    announced(house)
    reply(house, REV[1], "claim 1")
    announced(house)

    first, second = cards(house, CARD)
    assert (first.replaces, second.replaces) == ("", _id(house, first))
    assert "- In review; 1 place free." in shown(house, CARD)
    assert "- Rev Lindqvist has rated 0 of 9." in shown(house, CARD)


def test_what_is_taken_given_back_and_taken_again_is_told_three_times(
    house: House, ada: Candidate
) -> None:
    submitted(house, ada, SET)
    announced(house)
    for said in ("claim 1", "release 1", "claim 1"):
        reply(house, REV[1], said)
        announced(house)

    assert len(cards(house, CARD)) == 4
    assert "Rev Lindqvist has rated 0" in shown(house, CARD)


def test_changes_of_the_very_same_instant_are_all_told(house: House, ada: Candidate) -> None:
    submitted(house, ada, SET)
    for said in ("claim 1", "release 1", "claim 1"):
        reply(house, REV[1], said)
        with house.transaction() as uow:
            assert announce(uow, house.desk.program, (ROOM,), now=house.clock())
            uow.commit()
        house.drain()

    assert len(cards(house, CARD)) == 3
    assert "In review; 1 place free." in shown(house, CARD)


def test_changes_before_anybody_looks_are_one_card(house: House, ada: Candidate) -> None:
    submitted(house, ada, SET)
    reply(house, REV[1], "claim 1")
    reply(house, ROB[1], "claim 1")

    assert announced(house) == 1
    assert announced(house) == 0
    assert "- In review; no place is free." in shown(house, CARD)
    assert len(cards(house, CARD)) == 1


def test_a_room_learns_how_much_was_rated_and_neither_how_nor_why(
    house: House, ada: Candidate
) -> None:
    submitted(house, ada, SET)
    reply(house, REV[1], "claim 1")
    reply(house, REV[1], "rate 1 TECH-3 not met: Nothing of your own.")
    announced(house)
    open_card = shown(house, CARD)
    assert "- Rev Lindqvist has rated 1 of 9." in open_card
    assert says(house, CARD) == ["claim 1", "dossier 1", "rate 1", "ratings 1"]

    reply(house, REV[1], "rate 1 the rest met")
    reply(house, ROB[1], "claim 1")
    reply(house, ROB[1], "rate 1 all met")
    announced(house)
    assert says(house, CARD) == ["dossier 1", "ratings 1", "decide 1"]
    reply(house, SAL[1], "approve 1: The log was shown on paper.")
    announced(house)

    decided = shown(house, CARD)
    assert "- Decided: approved, by Sal Moreau on 21 November 2026 at 12:00" in decided
    assert says(house, CARD) == ["dossier 1", "ratings 1"]
    for told in (open_card, decided):
        assert "TECH-3" not in told
        assert "Nothing of your own" not in told
        assert "on paper" not in told


def test_a_certificate_can_be_decided_at_once(house: House, ada: Candidate) -> None:
    submitted(house, ada, SET, route=Route.COURSE)
    announced(house)

    assert "decide 1" in says(house, CARD)
    assert "rate 1" not in says(house, CARD)


def test_what_was_withdrawn_says_so_and_offers_nothing(house: House, ada: Candidate) -> None:
    submitted(house, ada, SET)
    announced(house)
    reply(house, ADA.email, "withdraw submission 1")
    announced(house)

    assert "- Withdrawn." in shown(house, CARD)
    assert says(house, CARD) == []


def test_what_ended_before_a_room_heard_of_it_is_not_told_there(
    house: House, ada: Candidate
) -> None:
    submitted(house, ada, SET)
    reply(house, ADA.email, "withdraw submission 1")
    reply(house, ADA.email, f"ask staff: {PARKING}")
    reply(house, SAL[1], "answer 1: No.")

    assert announced(house) == 2
    assert cards(house, CARD) == cards(house, QUESTION) == []


def test_a_card_that_could_not_be_sent_yet_is_never_left_as_it_was(
    house: House, ada: Candidate
) -> None:
    submitted(house, ada, SET)
    house.channel.failures = [DeliveryFailed("the network is away")]
    announced(house)
    assert cards(house, CARD) == []
    reply(house, ADA.email, "withdraw submission 1")
    announced(house)
    house.clock.forward(timedelta(hours=1))
    house.drain()

    assert "- Withdrawn." in shown(house, CARD)


def test_without_rooms_each_matter_waits_once_and_the_first_room_hears_of_those_still_open(
    house: House, ada: Candidate
) -> None:
    submitted(house, ada, SET)
    reply(house, REV[1], "claim 1")
    reply(house, ADA.email, f"ask staff: {PARKING}")
    reply(house, SAL[1], "answer 1: No.")
    with house.transaction() as uow:
        assert not announce(uow, house.desk.program, (), now=house.clock())
        uow.commit()

    assert announced(house) == 2
    assert len(cards(house, CARD)) == 1
    assert "- In review; 1 place free." in shown(house, CARD)
    assert cards(house, QUESTION) == []


def test_a_card_that_a_room_refused_is_offered_again_an_hour_later(
    house: House, ada: Candidate
) -> None:
    submitted(house, ada, SET)
    house.channel.failures = [REFUSED, REFUSED]
    announced(house)
    for minutes in (1, 58):
        announced(house)
        assert cards(house, CARD) == []
        house.clock.forward(timedelta(minutes=minutes))
    house.clock.forward(timedelta(minutes=1))
    announced(house)  # refused once more
    announced(house)
    house.clock.forward(REST)
    announced(house)

    assert len(cards(house, CARD)) == 1
    assert house.channel.failures == []


def test_a_refused_card_is_offered_at_once_when_its_matter_changes(
    house: House, ada: Candidate
) -> None:
    submitted(house, ada, SET)
    house.channel.failures = [REFUSED]
    announced(house)
    reply(house, REV[1], "claim 1")
    announced(house)

    assert "In review; 1 place free." in shown(house, CARD)


def test_a_matter_that_ended_before_a_room_took_its_card_is_not_told_there(
    house: House, ada: Candidate
) -> None:
    submitted(house, ada, SET)
    house.channel.failures = [REFUSED]
    announced(house)
    reply(house, ADA.email, "withdraw submission 1")
    announced(house)
    house.clock.forward(REST)

    assert announced(house) == 0
    assert cards(house, CARD) == []


def test_the_news_that_a_matter_ended_is_offered_again_where_its_card_hangs(
    house: House, ada: Candidate
) -> None:
    submitted(house, ada, SET)
    announced(house)
    reply(house, ADA.email, "withdraw submission 1")
    house.channel.failures = [REFUSED]
    announced(house)
    assert "- Withdrawn." not in shown(house, CARD)
    announced(house)
    house.clock.forward(REST)
    announced(house)

    assert "- Withdrawn." in shown(house, CARD)


def test_every_room_has_a_card_of_its_own(house: House, ada: Candidate) -> None:
    submitted(house, ada, SET)
    announced(house, ROOM, OTHER_ROOM)
    reply(house, REV[1], "claim 1")
    announced(house, ROOM, OTHER_ROOM)

    for room in (ROOM, OTHER_ROOM):
        first, second = cards(house, CARD, room)
        assert second.replaces == _id(house, first)


def test_a_filed_appeal_stands_on_the_card(house: House, ada: Candidate) -> None:
    one = submitted(house, ada, SET)
    announced(house)
    reply(house, REV[1], f"claim {one.id}")
    reply(house, ROB[1], f"claim {one.id}")
    for who in (REV[1], ROB[1]):
        reply(house, who, "rate 1 TECH-3 not met: Nothing.")
        reply(house, who, "rate 1 the rest met")
    reply(house, SAL[1], "recommend course 1: A course fits better.")
    announced(house)
    before = len(cards(house, CARD))
    reply(house, ADA.email, "notice 1")
    assert announced(house) == 0
    reply(house, ADA.email, "file notice 1")
    announced(house)

    assert len(cards(house, CARD)) == before + 1
    assert "- Appeal 1 against the decision is under way." in shown(house, CARD)


def test_a_question_s_card_tells_who_asks_what_and_who_is_on_it(
    house: House, ada: Candidate
) -> None:
    reply(house, ADA.email, f"ask staff: {PARKING}")
    announced(house)
    told = shown(house, QUESTION)
    assert told.startswith("Question 1 from Ada Reyes, 21 November 2026 at 12:00")
    assert PARKING in told
    assert (
        "Nobody has taken it. What you reply to this goes to Ada Reyes as the staff's reply, "
        "without files; begin with note: to talk among yourselves. Or say: answer 1: YOUR REPLY."
        in told
    )
    assert says(house, QUESTION) == ["take 1", "answer 1"]

    reply(house, SAL[1], "take 1")
    reply(house, ADA.email, "It is the one in Denver.")
    announced(house)
    told = shown(house, QUESTION)
    assert "Sal Moreau has it." in told
    assert "- It is the one in Denver." in told
    assert says(house, QUESTION) == ["answer 1"]

    reply(house, SAL[1], "answer 1: No, parking is free.")
    announced(house)
    told = shown(house, QUESTION)
    assert "Sal Moreau answered on 21 November 2026 at 12:00 (America/Chicago):" in told
    assert "No, parking is free." in told
    assert "What is replied to this now goes to nobody." in told
    assert says(house, QUESTION) == []
    assert [one.replaces != "" for one in cards(house, QUESTION)] == [False, True, True]


def test_a_stranger_s_address_is_not_told_to_a_room(house: House, ada: Candidate) -> None:
    reply(house, DOT, "ask staff: may I join?")
    announced(house)

    told = shown(house, QUESTION)
    assert "Question 1 from somebody on memory who is not connected yet," in told
    assert "they say to me: connect" in told
    assert "carrel link" in told
    assert DOT not in shown(house, QUESTION)


def test_a_card_stays_short_however_much_was_said(house: House, ada: Candidate) -> None:
    reply(house, ADA.email, f"ask staff: {'Why? ' * 390}")
    reply(house, SAL[1], "take 1")
    for number in range(15):
        reply(house, ADA.email, f"Also {number} {'and so on ' * 90}")
    announced(house)

    told = shown(house, QUESTION)
    assert "Added since (the last 10 of 15):" in told
    assert len(told) < 6_000


def test_a_card_of_somebody_who_was_erased_tells_nothing_of_them(
    house: House, ada: Candidate
) -> None:
    one = waiting(house, ada, SET)
    submitted(house, ada, "supervision-and-management")
    reply(house, ADA.email, f"ask staff: {PARKING}")
    announced(house)
    reply(house, SAL[1], f"approve {one.id}: Shown.")
    with house.transaction() as uow:
        erase_person(uow, house.desk.program, ADA.email, now=house.clock())
        uow.commit()
    announced(house)

    with house.database.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT message FROM outbox WHERE card <> ''").scalars()
        assert not [text for text in kept if ADA.name in text or PARKING in text]
    assert shown(house, CARD).startswith(f"Submission 1: erased person {ada.person.id}, Technology")
    for card in ("submission:2", QUESTION):
        assert shown(house, card).startswith("What stood here was erased")
        assert cards(house, card)[-1].replaces


def test_a_card_that_cannot_be_made_holds_no_other_up(house: House, ada: Candidate) -> None:
    submitted(house, ada, "a-set-that-the-program-dropped")
    house.clock.forward(timedelta(seconds=1))
    submitted(house, ada, SET)

    assert announced(house) == 2
    assert cards(house, CARD) == []
    assert len(cards(house, "submission:2")) == 1


def test_a_crash_before_the_commit_loses_no_card(knowledge: Knowledge, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/carrel.db"
    before = House(knowledge, tmp_path, url=url)
    submitted(before, before.enrol(ADA), SET)
    with before.transaction() as uow:
        announce(uow, before.desk.program, (ROOM,), now=before.clock())
    before.database.close()

    after = House(knowledge, tmp_path, url=url)
    assert announced(after) == 1
    assert len(cards(after, CARD)) == 1
    after.database.close()


@pytest.fixture
def guild(other_knowledge: Knowledge, tmp_path: Path) -> Iterator[House]:
    """A Carrel for the invented program."""
    made = House(other_knowledge, tmp_path)
    yield made
    made.database.close()


def test_another_program_s_cards_are_in_its_own_words(guild: House) -> None:
    program = guild.desk.program
    bea = guild.enrol(replace(BEA, electives=()))
    weak = {"MOVE-2": (Rating.NOT_MET, "It stands still.")}
    waiting(guild, bea, "movements", weak)
    submitted(guild, bea, "customers", route=Route.COURSE)
    guild.appoint(*SAL, Role.STAFF)
    announced(guild)

    portfolio, course = shown(guild, CARD), shown(guild, "submission:2")
    assert portfolio.startswith(f"Submission 1: Bea Okafor, {program.set('movements').title}")
    assert program.rules.routes[Route.PORTFOLIO].title in portfolio
    assert program.rules.routes[Route.COURSE].title in course
    assert "- The review aims at 12 December 2026." in course
    assert "decide 1" in says(guild, CARD)


def _id(house: House, message: OutboundMessage) -> str:
    """The channel's own id of a message that was sent."""
    return f"m{house.channel.sent.index(message) + 1}"
