"""Below a broadcast stands how to write back and how to get no more, in words that can be typed."""

from __future__ import annotations

import re

import pytest

from tests.broadcasting import all_sent, got
from tests.cast import ADA, BEA, SAL
from tests.desk import House
from tests.reviewed import staffed

FOOT = re.compile(r"To get no more of these here, say: (?P<says>[^.]+)\.")


@pytest.fixture
def office(home: House) -> House:
    """Ada and Bea are enrolled; everybody got a broadcast from Sal, of staff."""
    staffed(home)
    home.say(SAL[1], "broadcast to candidates: The first.")
    home.say(SAL[1], "send broadcast 1")
    all_sent(home)
    return home


def sent_again(house: House) -> None:
    """Another broadcast."""
    house.say(SAL[1], "broadcast to candidates: The second.")
    house.say(SAL[1], "send broadcast 2")
    all_sent(house)


def test_the_words_that_stop_them_work_long_after_as_they_stand(office: House) -> None:
    found = FOOT.search(office.heard(ADA.email)[-1])
    assert found
    office.say(ADA.email, "pace")
    office.say(ADA.email, found["says"])
    before = len(office.channel.sent)
    sent_again(office)

    here = [m.to.value for m in office.channel.sent[before:] if m.key.startswith("broadcast:2:")]
    assert here == [BEA.email]


def test_told_where_else_they_come_now_and_how_to_hear_them_nowhere(office: House) -> None:
    told = office.say(ADA.email, "unsubscribe broadcasts")
    assert "You are told it by" in told
    office.say(ADA.email, "notices broadcasts off")
    sent_again(office)

    assert ADA.email not in got(office, "The second.")


def test_the_words_to_write_back_reach_the_staff(office: House) -> None:
    assert "ask staff: WORDS" in office.heard(ADA.email)[-1]
    office.say(ADA.email, "ask staff: Is that for me too?")

    assert "Is that for me too?" in office.say(SAL[1], "questions")
