"""What the mail channel asks of the core at once: private addresses, and links with tokens."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.filenames import file_name
from bot.domain.messages import Address, Download
from bot.usecases.erase_person import erase_person
from bot.usecases.link_tokens import LASTING, declined_by, file_of
from handlers.window import DeskWindow
from storage.proof.signing import Ed25519Signer
from tests.cast import ADA, BEA, DOT, MIA
from tests.clock import SetClock
from tests.desk import House
from tests.mailed import INVITATION, Writer

FILE = Download(name="Ärchiv 1.zip", media_type="application/zip", size=3, sha256="ab" * 32)
AT_MAIL = Address(channel="email", value=ADA.email)


@pytest.fixture
def window(home: House) -> DeskWindow:
    """The window onto that house."""
    return DeskWindow(home.desk, home.transaction)


def test_a_private_address_is_the_same_until_there_is_another(home: House) -> None:
    with home.transaction() as uow:
        uow.private_tokens.keep_form("email", INVITATION)
        uow.commit()
    ada, bea = Writer(house=home), Writer(house=home, email=BEA.email)
    token = ada.token()

    assert len(token) >= 12
    assert f"carrel+{token}@example.org" in home.say(ADA.email, "private address")
    assert token == ada.token() != bea.token()
    home.say(ADA.email, "new private address")
    assert ada.token() != token


def test_without_mail_coming_in_there_is_no_private_address(home: House) -> None:
    assert "I receive no mail here" in home.say(ADA.email, "private address")
    assert "do not know" in home.say(DOT, "private address")


def test_a_link_to_a_file_works_for_a_while(home: House, window: DeskWindow) -> None:
    token = window.lasting(FILE)

    assert window.had(token) == FILE
    home.clock.forward(LASTING - timedelta(seconds=1))
    assert window.had(token) == FILE
    home.clock.forward(timedelta(seconds=1))
    assert window.had(token) is None


@pytest.mark.parametrize("letter", ["a", "\u0436", "\u4e2d", "\U0001f33b", '"', "\ud800"])
def test_a_link_to_a_file_of_the_longest_name_is_no_longer_than_the_name_asks_for(
    window: DeskWindow, letter: str
) -> None:
    for name in (file_name(f"{letter * 300}.pdf"), letter * 255):
        file = replace(FILE, name=name)
        token = window.lasting(file)

        assert window.had(token) == file
        assert len(token) <= 300 + 4 * len(name.encode(errors="surrogatepass")) // 3 * (
            2 if letter == '"' else 1
        )


def test_a_token_stands_for_its_own_file_and_nothing_else(home: House, window: DeskWindow) -> None:
    token, other = window.lasting(FILE), window.lasting(replace(FILE, sha256="cd" * 32))
    said, _, mark = token.partition(".")

    assert window.had(f"{other.partition('.')[0]}.{mark}") is None
    assert window.had(window.declining(AT_MAIL, "comments")) is None
    assert window.declined(token, now_so=True) == ""
    stranger = replace(home.desk, signer=Ed25519Signer("another secret for the tests"))
    assert DeskWindow(stranger, home.transaction).had(token) is None
    for broken in ("", ".", said, mark, f"{token}x", token[:-1], token.upper(), "é.é", "a" * 9999):
        assert window.had(broken) is None


@given(st.text(max_size=60))
def test_no_text_is_a_token_by_chance(text: str) -> None:
    signer = Ed25519Signer("a secret for the tests")
    assert declined_by(signer, text) is None
    assert file_of(signer, text, now=SetClock()()) is None


def test_looking_at_what_is_declined_changes_nothing(home: House, window: DeskWindow) -> None:
    token = window.declining(AT_MAIL, "comments")

    assert window.declined(token, now_so=False) == "comments on what is shared"
    with home.transaction() as uow:
        assert uow.wanted_kinds.wants(AT_MAIL, "comments")

    for _ in range(2):
        assert window.declined(token, now_so=True) == "comments on what is shared"
    with home.transaction() as uow:
        assert not uow.wanted_kinds.wants(AT_MAIL, "comments")
        assert uow.wanted_kinds.wants(AT_MAIL, "changes")


def test_who_unsubscribes_by_words_is_believed_where_they_are_known(home: House) -> None:
    ada = Writer(house=home)

    assert "Was this mail from you?" in ada.says("unsubscribe comments")
    told = ada.says("unsubscribe comments", proved=True)
    assert "no longer send anything to you by e-mail about comments on what is shared" in told
    assert "You are told it by memory now" in told
    with home.transaction() as uow:
        assert not uow.wanted_kinds.wants(AT_MAIL, "comments")
    ada.replies("1", proved=True)
    with home.transaction() as uow:
        assert uow.wanted_kinds.wants(AT_MAIL, "comments")
    assert "Of what?" in ada.says("unsubscribe", proved=True)


def test_who_declined_comments_is_mailed_none_but_reads_them(home: House) -> None:
    with home.transaction() as uow:
        person = uow.people.find(ADA.email)
        assert person is not None
        uow.people.connect(person, AT_MAIL, at=home.clock())
        uow.commit()
    home.appoint(*MIA)
    home.say(ADA.email, f"share technology with {MIA[1]} for 30 days")
    home.say(MIA[1], "comment share 1: Well done.")
    first = home.mail.sent[-1]
    assert first.kind == "comments"

    window = DeskWindow(home.desk, home.transaction)
    window.declined(window.declining(AT_MAIL, first.kind), now_so=True)
    before = len(home.mail.sent)
    home.say(MIA[1], "comment share 1: Go on.")

    assert len(home.mail.sent) == before
    assert "Go on." in home.say(ADA.email, "comments")


def test_a_link_of_somebody_who_was_erased_declines_nothing(
    home: House, window: DeskWindow
) -> None:
    token = window.declining(AT_MAIL, "comments")
    with home.transaction() as uow:
        erase_person(uow, home.desk.program, ADA.email, now=home.clock())
        uow.commit()

    assert window.declined(token, now_so=True) == ""

    with home.transaction() as uow:
        assert uow.wanted_kinds.wants(AT_MAIL, "comments")


def test_what_was_handed_over_is_known_by_its_channel_before_and_after_it_was_read(
    home: House, window: DeskWindow
) -> None:
    message = home.message(ADA.email, "help", id="one")
    home.pipeline.receive(message)
    channel = message.sender.channel

    assert window.received(channel, ["one", "two"]) == {"one"}
    home.drain()
    assert window.received(channel, ["one", "two"]) == {"one"}
    assert window.received("another", ["one"]) == window.received(channel, []) == frozenset()
