"""What a channel may ask the window for: its menu, what was picked, where rooms and threads are."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.domain.choices import digest
from bot.domain.messages import Address
from handlers import guiding, talking
from handlers.router import command
from handlers.window import OFFERED
from tests.carded import ROOM, announced, cards, in_room, receipt, shown
from tests.cast import ADA, BEA, SAL
from tests.desk import House
from tests.filling import window
from tests.flows.props import prop
from tests.reviewed import reply, staffed, submitted

CARD = "submission:1"
MOVED = Address(channel="memory", value="moved-room")


def test_every_command_of_the_menu_is_one(house: House) -> None:
    menu = window(house).commands()

    names = [one.says for one in menu]
    assert len(set(names)) == len(names)
    assert 10 <= len(names) <= 15
    for one in menu:
        assert re.fullmatch(r"[a-z_]{1,32}", one.says.replace(" ", "_"))
        assert 3 <= len(one.label) < 100
        routed = command(one.says)
        assert routed is not None
        assert routed.handler is not guiding.half
        assert (routed.handler is talking.help_text) == (one.says == "help")


def test_every_command_of_the_menu_does_something_for_a_candidate(home: House) -> None:
    for one in window(home).commands():
        said = home.say(ADA.email, one.says)

        assert said
        assert "I do not know yet who you are" not in said


def test_what_was_offered_is_known_again_by_its_digest(home: House) -> None:
    home.send(ADA.email, prop("notes.txt", home.folder))
    offered = home.choices()
    reply(home, ADA.email, "thanks")
    there = str(home.address(ADA.email))

    for post in ("m1", "m2", "m999"):  # known by its own post, and below any other lately
        assert [window(home).picked(there, digest(one.says), post=post) for one in offered] == [
            one.says for one in offered
        ]
    assert window(home).picked(there, digest("approve 1"), post="m1") == ""
    elsewhere = str(home.address(BEA.email))
    assert window(home).picked(elsewhere, digest(offered[0].says), post="m1") == ""


def test_what_was_offered_long_ago_is_known_again_below_its_own_post_alone(home: House) -> None:
    home.send(ADA.email, prop("notes.txt", home.folder))
    own, offered = f"m{len(home.channel.sent)}", home.choices()
    for _ in range(OFFERED):
        reply(home, ADA.email, "thanks")
    there = str(home.address(ADA.email))

    assert window(home).picked(there, digest(offered[0].says), post=own) == offered[0].says
    assert window(home).picked(there, digest(offered[0].says), post="m999") == ""


def test_what_a_card_offers_is_known_again_in_its_room(house: House) -> None:
    staffed(house)
    submitted(house, house.enrol(ADA), "technology")
    announced(house)

    for post in (receipt(house, CARD), "m999"):
        assert window(house).picked(str(ROOM), digest("claim 1"), post=post) == "claim 1"


def test_what_was_said_in_a_thread_leads_back_to_it(house: House) -> None:
    staffed(house)
    submitted(house, house.enrol(ADA), "technology")
    announced(house)
    below = in_room(house, SAL[1], "How much does it cost to apply?", below=CARD)
    asked = replace(below, apart=True)  # Carrel is named: among colleagues it keeps silent
    house.deliver(asked)
    answered = f"m{len(house.channel.sent)}"

    assert window(house).conversation(str(ROOM), answered) == asked.conversation
    assert window(house).conversation(str(ROOM), receipt(house, CARD)) == ""
    assert window(house).conversation("memory:other", answered) == ""
    assert window(house).conversation(str(ROOM), "m999") == ""


def test_a_room_that_was_moved_is_told_where_it_is_now(house: House) -> None:
    staffed(house)
    submitted(house, house.enrol(ADA), "technology")
    announced(house)
    for _ in range(2):
        window(house).moved(ROOM, MOVED)

    reply(house, SAL[1], "questions")
    house.enrol(BEA)
    reply(house, ADA.email, "withdraw submission 1")
    announced(house)

    assert len(cards(house, CARD)) == 1
    (card,) = cards(house, CARD, MOVED)
    assert card.conversation == str(MOVED)
    assert card.replaces == ""


def test_a_card_that_waits_goes_where_the_room_is_now(house: House) -> None:
    staffed(house)
    submitted(house, house.enrol(ADA), "technology")
    house.channel.failures.clear()
    announced(house)
    window(house).moved(ROOM, MOVED)
    reply(house, ADA.email, "ask staff: Is there a parking fee?")
    announced(house)

    assert [one.to for one in cards(house, "question:1", MOVED)] == [MOVED]
    assert cards(house, "question:1") == []
    assert "Waiting for a review" in shown(house, CARD)


@pytest.mark.parametrize("said", ["write statement", "ask staff", "connect"])
def test_two_words_are_one_name_in_a_menu(house: House, said: str) -> None:
    names = [one.says for one in window(house).commands()]

    assert said in names
