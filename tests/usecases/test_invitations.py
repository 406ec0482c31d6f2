"""How somebody begins on another channel: a link that brings a code along, or a few words."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from bot.domain.messages import Address
from channels.markup import plain_text
from handlers.router import command
from tests.cast import ADA, BEA, DOT
from tests.desk import House
from tests.linking import PHONE, codes, mailed

INVITATION = "https://chat.example.org/carrel?start={code}"
SCREEN = 600  # characters: one screen of a phone


def invite(house: House, channel: str = "telegram", link: str = INVITATION) -> None:
    """That channel can be begun on with a code."""
    with house.transaction() as uow:
        uow.channels.keep_invitation(channel, link)
        uow.commit()


def link(code: str) -> str:
    """The invitation with a code in it."""
    return INVITATION.replace("{code}", code)


@pytest.mark.parametrize("form", ["{}", "{} ", " {}", "{}."])
@pytest.mark.parametrize("bare", [False, True])
@pytest.mark.parametrize("low", [False, True])
def test_beginning_with_a_code_connects(home: House, form: str, bare: bool, low: bool) -> None:
    (code,) = codes([home.say(ADA.email, "code")])
    said = code.replace("-", "") if bare else code

    told = home.say(PHONE, f"/start {form.format(said.lower() if low else said)}")

    assert "now connected to Ada Reyes" in told
    assert "Ada" in home.say(PHONE, "/start")


def test_a_code_that_connects_nothing_is_told_and_guessing_has_an_end(home: House) -> None:
    for _ in range(10):
        assert "wrong, used or too old" in home.say(PHONE, "/start ABCD-2345")

    assert "10 times within an hour" in home.say(PHONE, "/start ABCD-2345")
    assert "10 times within an hour" in home.say(PHONE, "link ABCD-2345")


def test_a_code_is_too_old_in_the_end(home: House) -> None:
    (code,) = codes([home.say(ADA.email, "code")])
    home.clock.forward(timedelta(minutes=31))

    assert "too old" in home.say(PHONE, f"/start {code}")


def test_who_is_connected_already_spends_no_code(home: House) -> None:
    (code,) = codes([home.say(ADA.email, "code")])

    assert "connected to Bea Okafor already" in home.say(BEA.email, f"/start {code}")
    assert "now connected to Ada Reyes" in home.say(PHONE, f"/start {code}")


@pytest.mark.parametrize(
    "said", ["/start", "start", "hello", "/start from-the-flyer", "/start x" * 8]
)
def test_a_stranger_reads_on_one_screen_what_carrel_is(home: House, said: str) -> None:
    told = home.say(DOT, said)

    assert told.startswith("Hello. I am Carrel.")
    assert "Ask me anything about the program at once" in told
    assert "To tell me, say: connect." in told
    assert len("\n\n".join(told.split("\n\n")[:3])) < SCREEN
    assert [choice.says for choice in home.choices()][1:3] == ["connect", "link"]


def test_a_stranger_who_began_is_answered_at_once(home: House) -> None:
    home.say(DOT, "/start")

    assert "350" in home.say(DOT, "How much does it cost to apply?")


@pytest.mark.parametrize("said", ["/start", "/start from-the-flyer"])
def test_who_is_known_is_greeted(home: House, said: str) -> None:
    assert home.say(ADA.email, said).startswith("Hello Ada. Ask me about")


def test_to_begin_writing_is_no_greeting() -> None:
    found = command("start my statement")

    assert found is not None
    assert found.handler.__name__ == "begin"
    assert command("start over") is None


def test_a_code_comes_with_the_links_that_bring_it_along(home: House) -> None:
    invite(home)
    invite(home, "memory", "https://here.example.org/{code}")

    told = home.say(ADA.email, "code")

    (code,) = codes([told])
    assert f"On Telegram, you can open this there instead: {link(code)}" in told
    assert "here.example.org" not in told  # where it was asked for, it connects nothing


def test_a_code_without_invitations_is_told_as_before(home: House) -> None:
    assert home.say(ADA.email, "code").endswith("It works once. Do not show it to anyone.")


def test_a_mailed_code_comes_with_the_invitation_of_where_it_was_asked_for(home: House) -> None:
    invite(home, "memory")
    invite(home, "slack", "https://other.example.org/{code}")
    home.say(PHONE, f"connect {ADA.email}")

    (mail,) = mailed(home, ADA.email)
    (code,) = codes([mail])
    assert link(code) in mail
    assert "other.example.org" not in mail
    assert code not in mail.split(".")[0]


def test_the_link_is_on_no_trail_and_in_no_log(
    home: House, caplog: pytest.LogCaptureFixture
) -> None:
    invite(home)
    invite(home, "memory")
    with caplog.at_level(logging.DEBUG):
        told = home.say(ADA.email, "code")
        home.say(PHONE, f"connect {BEA.email}")
        home.say(DOT, f"/start {codes([told])[0]}")

    secret = [*codes([told]), *codes(mailed(home, BEA.email)), "chat.example.org"]
    with home.transaction() as uow:
        trail = " ".join(str(line) for line in uow.trail.entries())
    assert len(secret) == 3
    assert not any(one in trail or one in caplog.text for one in secret)


def test_a_link_that_is_pasted_connects_too(home: House) -> None:
    invite(home)
    (code,) = codes([home.say(ADA.email, "code")])

    assert "now connected to Ada Reyes" in home.say(PHONE, link(code))


def test_what_brings_a_code_along_stays_behind_when_its_address_is_lost(home: House) -> None:
    invite(home)
    home.pipeline.receive(home.message(ADA.email, "code"))
    while home.pipeline.handle_one():
        pass
    with home.transaction() as uow:
        moved = uow.outbox.redirect(
            home.address(ADA.email), Address(channel="memory", value="elsewhere")
        )
        uow.commit()
    home.drain()

    assert moved == 0
    assert not any("chat.example.org" in plain_text(m.reply) for m in home.mail.sent)
