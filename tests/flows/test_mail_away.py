"""Codes where no mail goes out, and codes that wait too long."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.app import Knowledge
from bot.domain.channel_state import State
from channels.markup import plain_text
from tests.cast import ADA, DOT
from tests.desk import House
from tests.filling import asked
from tests.linking import PHONE, TABLET, codes, steps


@pytest.mark.parametrize("state", [State.STOPPED, State.TOKEN_INVALID])
def test_where_no_mail_goes_out_no_code_is_made_and_the_other_ways_are_named(
    home: House, state: State
) -> None:
    home.mail_is(state)

    known = home.say(PHONE, "connect ada@example.org")
    unknown = home.say(TABLET, f"connect {DOT}")

    assert known == unknown
    assert "on its way" not in known
    for way in ("No mail goes out", "say: code", "link CODE", "carrel link", "staff to connect me"):
        assert way in known
    assert steps(home) == []
    home.mail_is(State.CONNECTED)
    home.drain()
    assert home.mail.sent == []


@pytest.mark.parametrize("said", ["connect", "link"])
def test_the_first_words_of_connecting_promise_no_mail_that_is_not_sent(
    home: House, said: str
) -> None:
    told = home.say(PHONE, said)
    assert "by mail" in told or "A code goes there" in told
    assert asked(home, PHONE, "connect") is not None

    home.mail_is(State.STOPPED)

    told = home.say(PHONE, said)
    assert "by mail" not in told
    assert "A code goes there" not in told
    assert "say: code" in told
    assert asked(home, PHONE, "connect") is None


def test_a_house_that_never_served_mail_says_so(knowledge: Knowledge, tmp_path: Path) -> None:
    house = House(knowledge, tmp_path)
    with house.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM channel_states"))

    assert "No mail goes out" in house.say(PHONE, "connect ada@example.org")


@pytest.mark.parametrize(("minutes", "sent"), [(29, 1), (30, 0)])
@pytest.mark.parametrize(("who", "said"), [(PHONE, f"connect {ADA.email}"), (ADA.email, "code")])
def test_a_code_that_waited_past_its_time_is_never_sent(
    home: House, who: str, said: str, *, minutes: int, sent: int
) -> None:
    home.pipeline.receive(home.message(who, said))
    home.pipeline.handle_one()

    home.clock.forward(timedelta(minutes=minutes))
    home.drain()

    told = codes([plain_text(m.reply) for m in (*home.mail.sent, *home.channel.sent)])
    assert len(told) == sent
    with home.transaction() as uow:
        assert uow.outbox.counts()["waiting"] == 0
