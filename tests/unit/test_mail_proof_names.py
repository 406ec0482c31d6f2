"""Names are asked of a real name server: for a bounded time, and remembered for a while."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from bot.errors import ConfigurationError
from channels.email.proof.judge import proof_of
from channels.email.proof.names import (
    ALLOWED,
    KEPT,
    LONGEST,
    MOST_KEYS,
    PATIENCE,
    PATIENT,
    REMEMBERED,
    SULKING,
    DnsNames,
    NoAnswer,
)
from channels.email.proof.proof import Proof
from channels.email.reading.mail import read
from tests.mail.names import NameServer
from tests.proving import NOW, OWN, published, rsa, signed


class Clock:
    """A clock that a test sets; `pace` is how much later it is each time that it is looked at."""

    def __init__(self) -> None:
        self.at = self.pace = 0.0

    def __call__(self) -> float:
        """What it shows."""
        self.at += self.pace
        return self.at


@pytest.fixture
def server() -> Iterator[NameServer]:
    """A name server that knows the key of uni.example."""
    with NameServer(published(uni_example=rsa())) as running:
        yield running


def judged(names: DnsNames) -> Proof:
    """What is found of a good mail."""
    raw = signed()
    return proof_of(raw, read(raw), server="", names=names, own=OWN, now=NOW)


def test_a_mail_is_proved_by_what_a_name_server_says(server: NameServer) -> None:
    assert judged(DnsNames(server.address)).ok


def test_a_key_that_was_asked_for_is_remembered_for_its_time(server: NameServer) -> None:
    clock = Clock()
    names = DnsNames(server.address, clock=clock)

    assert judged(names).ok
    server.records.clear()
    assert judged(names).ok
    assert len(server.asked) == 1
    clock.at = LONGEST + 1
    assert not judged(names).ok


def test_what_does_not_exist_is_no_failure(server: NameServer) -> None:
    server.records.clear()
    found = judged(DnsNames(server.address))

    assert not found.ok
    assert not found.again


def test_a_name_server_that_fails_is_to_be_asked_again(server: NameServer) -> None:
    names = DnsNames(server.address)
    server.failing = True

    assert judged(names).again
    server.failing = False
    assert judged(names).ok


def test_a_name_server_that_is_not_there_is_to_be_asked_again() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        names = DnsNames(f"127.0.0.1:{taken.getsockname()[1]}", patience=0.2)

        assert judged(names).again


def test_all_questions_of_a_mail_share_its_time(server: NameServer) -> None:
    """One that took it all leaves none; the next mail has its own."""
    server.silent = True
    names = DnsNames(server.address, patience=0.2)
    names.fresh()

    for name in ("a.example", "b.example"):
        with pytest.raises(NoAnswer):
            names.txt(name)
    assert {*server.asked} == {"a.example"}
    server.silent = False
    assert judged(names).ok


def later() -> Clock:
    """A clock that really runs and that a test can put forward."""

    class Real(Clock):
        def __call__(self) -> float:
            return self.at + time.monotonic()

    return Real()


def test_a_domain_that_does_not_answer_keeps_only_one_mail_waiting(server: NameServer) -> None:
    clock = later()
    names = DnsNames(server.address, patience=0.2, clock=clock)
    assert names.txt("one._domainkey.uni.example")
    server.silent = True
    for number in range(1000):
        names.fresh()
        with pytest.raises(NoAnswer):
            names.txt(f"s{number}._domainkey.x{number}.slow.example")
    server.silent = False

    assert {*server.asked[1:]} == {"s0._domainkey.x0.slow.example"}
    assert judged(names).ok
    with pytest.raises(NoAnswer):
        names.txt("_dmarc.slow.example")
    clock.at += SULKING
    names.fresh()
    assert names.txt("_dmarc.slow.example") == ()


def test_a_domain_that_always_answers_late_is_not_asked_for_long(server: NameServer) -> None:
    clock = Clock()
    names = DnsNames(server.address, clock=clock)
    clock.pace = 2.0
    for number in range(30):
        names.fresh()
        with suppress(NoAnswer):
            names.txt(f"s{number}._domainkey.slow.example")
    clock.pace = 0.0

    assert len(server.asked) <= ALLOWED / 2
    assert judged(names).ok


def forged(number: int) -> bytes:
    """A mail with five signatures in the name of a domain, by keys that are not there."""
    raw = signed()
    own, rest = raw[: raw.index(b"From:")], raw[raw.index(b"From:") :]
    made = (own.replace(b"s=one", b"s=z%d-%d" % (number, place)) for place in range(5))
    return b"".join(made) + rest


def test_forged_mails_do_not_put_a_domain_out_of_reach(server: NameServer) -> None:
    """Its server is far away, and each of their keys is one that nobody asked for before."""
    clock = Clock()
    names = DnsNames(server.address, clock=clock)
    clock.pace = 0.3
    for number in range(30):
        raw = forged(number)
        found = proof_of(raw, read(raw), server="", names=names, own=OWN, now=NOW)
        assert (found.ok, found.again) == (False, False)
    assert len(server.asked) == 30 * MOST_KEYS

    assert judged(names).ok


def test_a_key_that_proved_a_mail_stays_usable_while_its_domain_does_not_answer(
    server: NameServer,
) -> None:
    clock = later()
    names = DnsNames(server.address, patience=0.2, clock=clock)
    assert judged(names).ok
    server.silent = True
    clock.at += LONGEST + 1

    assert judged(names).ok
    assert judged(names).ok
    clock.at += KEPT
    assert judged(names).again


def test_many_domains_that_do_not_answer_leave_little_time_for_each(server: NameServer) -> None:
    names = DnsNames(server.address, patience=0.3)
    server.silent = True
    began = time.monotonic()
    for number in range(int(PATIENT / ALLOWED)):
        names.fresh()
        with pytest.raises(NoAnswer):
            names.txt(f"slow{number}.example")
    between = time.monotonic()
    names.fresh()
    with pytest.raises(NoAnswer):
        names.txt("another.example")

    assert time.monotonic() - between < (between - began) / 12
    server.silent = False
    assert judged(names).ok


def test_a_mail_waits_for_names_no_longer_than_seconds() -> None:
    assert PATIENCE <= 3


@pytest.mark.parametrize("server", ["localhost:53", "192.0.2.53", "[::1]", ":53", "1.2.3.4:x"])
def test_a_name_server_that_is_no_address_and_port_is_refused_at_once(server: str) -> None:
    with pytest.raises(ConfigurationError, match="CARREL_DNS"):
        DnsNames(server)


def test_a_name_server_may_have_an_address_of_version_6() -> None:
    with pytest.raises(NoAnswer):
        DnsNames("[::1]:9", patience=0.1).txt("a.example")


def test_texts_are_joined_whatever_their_length(server: NameServer) -> None:
    server.records["long.example"] = "x" * 2000
    server.records["huge.example"] = ["x" * 9000, "y" * 9000]
    names = DnsNames(server.address)

    assert names.txt("Long.example.") == (b"x" * 2000,)
    assert names.txt("huge.example") == ()


@pytest.mark.parametrize("name", ["", ".", "a..b", "x" * 70 + ".example", "ü" * 300, "a." * 200])
def test_a_name_that_cannot_be_has_no_texts(server: NameServer, name: str) -> None:
    assert DnsNames(server.address).txt(name) == ()


def test_no_more_than_a_bound_of_names_is_remembered(server: NameServer) -> None:
    names = DnsNames(server.address)
    for number in range(REMEMBERED + 1):
        names.txt(f"n{number}.example")
    names.txt("n1.example")
    names.txt("n0.example")

    assert len(server.asked) == REMEMBERED + 2
