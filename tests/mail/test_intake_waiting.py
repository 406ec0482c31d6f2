"""What cannot be known or kept at once waits, in its order, and staff hear of what failed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from bot.domain.channel_state import State
from bot.domain.messages import Address, InboundMessage
from bot.errors import StorageFailed
from channels.email.access import parse_imap
from channels.email.intake.waiting import Waiting
from tests.clock import SetClock
from tests.mail.dovecot import BOT, Dovecot
from tests.mail.liar import Liar
from tests.mail.reader import Back, Reader, mail, processed, put
from tests.proving import KnownNames, published, rsa, signed
from tests.tags import returned

TALK = "email:ada@uni.example"


@pytest.fixture
def reader(dovecot: Dovecot, tmp_path: Path) -> Reader:
    """Reads the server's mailbox over TLS."""
    return Reader.of(dovecot, tmp_path)


def signed_mail(words: str) -> bytes:
    """A mail that a domain has signed."""
    today = {"Date": format_datetime(datetime.now(UTC))}
    return signed(mail(words, sender="ada@uni.example", more=today))


def names(**records: str) -> KnownNames:
    """A domain's key, unless the test says otherwise."""
    return KnownNames({**published(uni_example=rsa()), **records})


def proofs(reader: Reader) -> list[bool]:
    """Whether what was taken is believed."""
    return [bool(one.envelope and one.envelope.proved) for one in list(reader.kept.values())]


async def test_a_mail_waits_while_names_cannot_be_asked_and_others_do_not(
    dovecot: Dovecot, reader: Reader
) -> None:
    known, clock = names(), SetClock(datetime.now(UTC))
    reader.names, reader.clock = known, clock
    place = "one._domainkey.uni.example"
    key = known.records.pop(place)
    known.records[place] = "down"
    async with reader.reading():
        await asyncio.to_thread(dovecot.deliver, signed_mail("first"))
        await asyncio.to_thread(dovecot.deliver, signed_mail("second"))
        await put(dovecot, "somebody else")
        await reader.until(processed(dovecot, 1))
        assert reader.texts == ["somebody else"]
        known.records[place] = key
        clock.forward(timedelta(seconds=11))
        await reader.until(processed(dovecot, 3))

    assert reader.texts == ["somebody else", "first", "second"]
    assert proofs(reader) == [False, True, True]


async def test_a_mail_that_waited_long_enough_is_taken_as_anybodys(
    dovecot: Dovecot, reader: Reader
) -> None:
    known, clock = names(), SetClock(datetime.now(UTC))
    reader.names, reader.clock = known, clock
    known.records["one._domainkey.uni.example"] = "down"
    began = clock()
    async with reader.reading():
        await asyncio.to_thread(dovecot.deliver, signed_mail("first"))
        await reader.until(_as_time_goes_by(clock, processed(dovecot, 1)))

    assert proofs(reader) == [False]
    assert len(known.asked) == 5
    assert clock() - began >= timedelta(minutes=10)


def _as_time_goes_by(clock: SetClock, condition: Callable[[], bool]) -> Callable[[], bool]:
    """The condition; some time has gone by whenever it is asked for."""

    def asked() -> bool:
        clock.forward(timedelta(seconds=30))
        return condition()

    return asked


def test_what_was_said_behind_a_mail_that_waits_does_so_too() -> None:
    clock = SetClock()
    waiting = Waiting(clock)

    assert waiting.put_off(5, TALK)
    assert waiting.follows(7, TALK)
    assert not waiting.follows(4, TALK)
    assert not waiting.follows(8, "email:bea@uni.example")
    assert (waiting.holds(5), waiting.holds(7), waiting.holds(8)) == (True, True, False)
    clock.forward(timedelta(seconds=10))
    assert not waiting.holds(5)
    waiting.done(5)
    assert not waiting.follows(7, TALK)


def test_nobody_waits_for_a_mail_that_somebody_took_away() -> None:
    clock = SetClock()
    waiting = Waiting(clock)
    waiting.put_off(5, TALK)
    clock.forward(timedelta(minutes=16))

    assert waiting.uids() == ()
    assert not waiting.follows(7, TALK)


def test_new_numbers_tell_nothing_of_what_waited() -> None:
    waiting = Waiting(SetClock())
    waiting.begin(7)
    waiting.put_off(5, TALK)
    waiting.begin(7)
    assert waiting.uids() == (5,)
    waiting.begin(8)

    assert waiting.uids() == ()
    assert not waiting.holds(5)


async def test_what_one_sender_says_is_kept_in_order_where_keeping_fails_once(
    dovecot: Dovecot, reader: Reader
) -> None:
    failed: list[str] = []

    def once(message: InboundMessage) -> None:
        if message.text.strip() == "mail 1" and not failed:
            failed.append(message.text)
            raise StorageFailed("The database is away.")

    async with reader.reading():
        pass
    await put(dovecot, *(f"mail {n}" for n in range(4)))
    reader.refuse = once
    async with reader.reading():
        await reader.until(processed(dovecot, 4))

    assert failed
    assert reader.texts == [f"mail {n}" for n in range(4)]


async def test_staff_hear_once_of_a_mail_that_lies_in_failed(
    dovecot: Dovecot, reader: Reader
) -> None:
    def poisoned(_message: InboundMessage) -> None:
        raise ZeroDivisionError

    where: list[int] = []
    window = Told(lambda: where.append(dovecot.count(folder="Failed")))
    reader.refuse, reader.window = poisoned, window
    async with reader.reading():
        await put(dovecot, "poison")
        await reader.until(lambda: window.aside)

    ((_, sender, why),) = window.aside
    assert (sender, why, where[0]) == ("ada@example.org", "ZeroDivisionError", 0)


async def test_staff_hear_later_while_the_database_is_away(
    dovecot: Dovecot, reader: Reader
) -> None:
    reader.window.away = True
    async with reader.reading():
        await put(dovecot, "long ago")
        await asyncio.to_thread(dovecot.deliver, deep())
        await reader.until(lambda: reader.window.tries >= 2)
        assert dovecot.count(folder="Failed") == 0  # nobody would tell of it after a crash
        reader.window.away = False
        await put(dovecot, "later")
        await reader.until(lambda: dovecot.count(folder="Failed") == 1)

    assert [why for _, _, why in reader.window.aside] == ["nested-too-deep"]
    assert [one.attachments[0].name for one in reader.kept.values() if one.attachments] == ["Films"]


def deep() -> bytes:
    """A mail that nobody can read."""
    inner = b"Content-Type: message/rfc822\r\n\r\n" * 2_000
    head = f"From: ada@example.org\r\nTo: {BOT}\r\nSubject: Films\r\n"
    return head.encode() + inner + b"Hi\r\n"


class Told(Back):
    """A window that tells when staff hear of something."""

    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__()
        self._then = then

    def set_aside(self, key: str, *, sender: str, why: str, proved: bool = False) -> None:
        """Remembers it."""
        self._then()
        super().set_aside(key, sender=sender, why=why, proved=proved)


class Forwarded(Back):
    """A window that knows a mail by its tag, and no address that it was forwarded to."""

    def bounced(self, address: Address, *, receipt: str, hard: bool, why: str) -> bool:
        """Remembers it."""
        super().bounced(address, receipt=receipt, hard=hard, why=why)
        return not address.value


async def test_a_bounce_from_where_a_mail_was_forwarded_to_is_of_whoever_it_was_sent_to(
    dovecot: Dovecot, reader: Reader
) -> None:
    start = "0123456789abcdef0123"
    raw = (
        f"From: MAILER-DAEMON@example.net\r\nTo: bot+{returned(start)}@mail.test\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\n\r\nNo such user.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; example.net\r\n\r\nFinal-Recipient: rfc822; elsewhere@example.net\r\n"
        "Action: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
    )
    reader.window = Forwarded()
    async with reader.reading():
        await asyncio.to_thread(dovecot.deliver, raw.encode(), sender="")
        await reader.until(processed(dovecot, 1))

    assert [one[:3] for one in reader.window.returned] == [
        ("elsewhere@example.net", start, True),
        ("", start, True),
    ]


async def test_a_setting_that_cannot_be_used_is_told_with_its_remedy(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    reader = Reader.of(dovecot, tmp_path)
    reader.access = parse_imap(dovecot.url(), ca=tmp_path / "nowhere.pem")
    task = asyncio.create_task(reader.read())
    await reader.until(lambda: State.NOT_PERMITTED in dict(reader.told))
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert "name a PEM file" in dict(reader.told)[State.NOT_PERMITTED]


async def test_how_many_older_mails_stay_is_told_where_a_mailbox_is_read_first(
    dovecot: Dovecot, reader: Reader
) -> None:
    dovecot.put([mail("long ago"), mail("before")])
    async with reader.reading():
        told = reader.told[-1][1]
    async with reader.reading():
        again = reader.told[-1][1]

    assert told.startswith("2 mails lay in the mailbox")
    assert "carrel mail import --since DATE" in told
    assert again == ""


async def test_an_empty_message_is_dealt_with(tmp_path: Path) -> None:
    liar = Liar.of([])
    async with liar.serving():
        reader = liar.reader(tmp_path)
        async with reader.reading():
            pass
        liar.folders["INBOX"] |= {1: b"", 2: mail("good")}
        async with reader.reading():
            await reader.until(lambda: reader.kept and liar.count("Processed") == 2)

    assert reader.texts == ["good"]
    assert liar.count("Failed") == 0


class Vanishing(Liar):
    """A server of which somebody takes the first mail away once it was listed."""

    def _done(self, kind: str, command: str) -> bytes:
        answer = super()._done(kind, command)
        if kind == "RFC822.SIZE":
            self.folders["INBOX"].pop(1, None)
        return answer


async def test_what_the_server_does_not_give_fails_and_what_is_gone_does_not(
    tmp_path: Path,
) -> None:
    liar = Vanishing.of([])
    liar.refuses = frozenset({"BODY.PEEK[]"})
    async with liar.serving():
        reader = liar.reader(tmp_path)
        async with reader.reading():
            pass
        liar.folders["INBOX"] |= {1: mail("taken away"), 2: mail("not given")}
        async with reader.reading():
            await reader.until(lambda: reader.window.aside)

    assert [why for _, _, why in reader.window.aside] == ["Ungiven"]
    assert liar.count("Failed") == 1
