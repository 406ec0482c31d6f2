"""The servers of these tests do what tests rely on: they are real, and can be killed."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import dns.exception
import dns.resolver
import pytest
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from tests.mail.dovecot import BOT, PASSWORD, Dovecot
from tests.mail.names import NameServer
from tests.mail.postfix import Postfix
from tests.mail.programs import short_folder
from tests.mail.swaks import swaks
from tests.mail.tokens import access_token
from tests.post_office import PostOffice, post_office

MAIL = b"From: ada@example.org\r\nSubject: x\r\n\r\nhello\r\n"


@pytest.fixture
async def world() -> AsyncIterator[PostOffice]:
    """Where mail for everybody else arrives."""
    async with post_office() as office:
        yield office


def test_mail_for_a_tagged_address_lies_in_the_inbox(dovecot: Dovecot) -> None:
    dovecot.deliver(MAIL, "bot+tech-8@mail.test")

    (taken,) = dovecot.taken()
    assert b"Delivered-To: bot+tech-8@mail.test" in taken.raw
    assert taken.raw.endswith(b"Subject: x\n\nhello\n")
    assert not taken.seen


def test_it_is_read_over_tls_and_what_is_moved_lies_elsewhere(dovecot: Dovecot) -> None:
    dovecot.put([MAIL, MAIL])

    trusted = ssl.create_default_context(cafile=str(dovecot.ca))
    with IMAPClient("127.0.0.1", dovecot.imaps, ssl_context=trusted) as client:
        client.login(BOT, PASSWORD)
        client.create_folder("Processed")
        client.select_folder("INBOX")
        client.add_flags([1], [rb"\Seen"])
        client.move([1], "Processed")

    assert [one.seen for one in dovecot.taken(folder="Processed")] == [True]
    assert dovecot.count() == 1


def test_an_access_token_lets_in_until_it_is_over(dovecot: Dovecot) -> None:
    def logged_in(token: str) -> str:
        trusted = ssl.create_default_context(cafile=str(dovecot.ca))
        with IMAPClient("127.0.0.1", dovecot.imaps, ssl_context=trusted) as client:
            return str(client.oauth2_login(BOT, token))

    assert "Logged in" in logged_in(access_token(BOT))
    with pytest.raises(IMAPClientError):
        logged_in(access_token(BOT, seconds=-10))
    with pytest.raises(IMAPClientError):
        logged_in(access_token("ada@mail.test"))


def test_a_killed_server_comes_back_with_all_mail(dovecot: Dovecot) -> None:
    dovecot.deliver(MAIL)
    dovecot.kill9()
    with pytest.raises(OSError, match="refused"):
        dovecot.deliver(MAIL)

    dovecot.start().deliver(MAIL)

    assert dovecot.count() == 2


async def test_a_relay_takes_mail_between_the_world_and_the_mailbox(
    dovecot: Dovecot, world: PostOffice, tmp_path: Path
) -> None:
    file = tmp_path / "my notes.txt"
    file.write_text("what I did")
    with short_folder() as folder, Postfix(folder, dovecot, world.port) as postfix:
        await asyncio.to_thread(swaks, postfix.smtp, file, to="bot+x@mail.test")
        await asyncio.to_thread(dovecot.wait, dovecot.count)
        outwards = partial(swaks, sender=BOT, user=BOT, ca=postfix.ca)
        await asyncio.to_thread(outwards, postfix.submission, to="ada@example.org")
        await asyncio.to_thread(dovecot.wait, lambda: world.mails)

    (mail,) = dovecot.messages()
    assert b"by relay.mail.test (Postfix)" in mail
    assert b'filename="my notes.txt"' in mail
    assert world.recipients == ["ada@example.org"]


async def test_a_killed_relay_forgets_nothing_that_it_took(
    dovecot: Dovecot, world: PostOffice
) -> None:
    dovecot.kill9()
    with short_folder() as folder, Postfix(folder, dovecot, world.port) as postfix:
        with smtplib.SMTP("127.0.0.1", postfix.smtp) as door:
            door.sendmail("ada@example.org", [BOT], MAIL)
        postfix.kill9()
        assert postfix.waiting() == 1

        postfix.start()
        dovecot.start()
        await asyncio.to_thread(dovecot.wait, dovecot.count)

    assert dovecot.count() == 1


def test_a_name_server_answers_knows_nothing_or_is_silent(name_server: NameServer) -> None:
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers, resolver.port = ["127.0.0.1"], name_server.port
    resolver.lifetime = 0.2
    name_server.records["key.example.org"] = "p=" + "A" * 600

    (answer,) = resolver.resolve("key.example.org", "TXT")
    assert b"".join(answer.strings) == b"p=" + b"A" * 600
    with pytest.raises(dns.resolver.NXDOMAIN):
        resolver.resolve("other.example.org", "TXT")
    name_server.silent = True
    with pytest.raises(dns.exception.Timeout):
        resolver.resolve("key.example.org", "TXT")
    assert name_server.asked[0] == "key.example.org"
