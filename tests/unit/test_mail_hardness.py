"""Only what says that nobody is there gives an address up; all else is tried again later."""

from __future__ import annotations

import pytest

from channels.email.kinds import hardness

GONE = (
    ("5.1.1", ""),
    ("5.1.2", "unrouteable address"),
    ("5.2.1", "This account is disabled"),
    ("5.4.4", "Host not found"),
    ("5.0.0", "550 User unknown"),
    ("5.7.1", "550 5.7.1 No such user here"),
    ("5.1.1", "550 5.1.1 User unknown; see our policy on spam"),
    ("", "553 sorry, that address is not here"),
    ("5.1.0", "550 5.1.0 nobody of that name"),
    ("", "host in.nowhere.example not found"),
    ("", "No MX record found for nowhere.example"),
)
LATER = (
    ("", ""),
    ("5.0.0", ""),
    ("4.1.1", "450 4.1.1 User unknown in the table"),
    ("5.2.2", "552 5.2.2 Mailbox full"),
    ("5.1.1", "Over quota"),
    ("5.3.4", "552 message too large"),
    ("5.7.1", "550 5.7.1 Blocked as spam"),
    ("5.1.3", "553 Blocked, see our block list"),
    ("5.1.8", "553 5.1.8 Domain of sender address does not exist"),
    ("5.7.26", "550 5.7.26 DMARC policy of the domain"),
    ("5.4.7", "Delivery time expired"),
    ("5.7.0", "550 5.7.0 something of ours"),
    ("", "421 no such user cache, come back"),
    ("", "554 Relay access denied"),
    ("", "550 Protocol violation"),
)


@pytest.mark.parametrize(("status", "words"), GONE)
def test_nobody_is_there(status: str, words: str) -> None:
    assert hardness.is_hard(status=status, words=words)


@pytest.mark.parametrize(("status", "words"), LATER)
def test_it_may_work_another_time(status: str, words: str) -> None:
    assert not hardness.is_hard(status=status, words=words)


@pytest.mark.parametrize(
    ("text", "status"),
    [("550 5.1.1 x", "5.1.1"), ("at 192.0.2.5 said 5.7.26", "5.7.26"), ("2.0.0 ok", ""), ("", "")],
)
def test_the_status_is_told_from_addresses_of_machines(text: str, status: str) -> None:
    assert hardness.status_of(text) == status
