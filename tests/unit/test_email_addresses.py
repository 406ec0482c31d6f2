"""Addresses that mail goes to and comes from, whatever somebody writes for one."""

from __future__ import annotations

import pytest
from aiosmtplib.email import quote_address
from hypothesis import given

from channels.email.sending import headers
from channels.email.sending.addresses import mail_address, sender_of
from tests.unit.test_email_headers import NASTY


@pytest.mark.parametrize(
    "value",
    [
        "", "ada", "@example.org", "ada@", "a@b@c", "ada@example.org\nBcc: eve@example.org",
        "ada@example.org, eve@example.org", "Ada <ada@example.org>", "a b@example.org", "a@b..c",
        "a" * 250 + "@example.org", "a@b\u00afc.org", "a@.org", "a@b.",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="is no e-mail address"):
        mail_address(value)


@given(NASTY, NASTY)
def test_whatever_is_taken_for_an_address_is_one_word(user: str, domain: str) -> None:
    try:
        found = mail_address(f"{user}@{domain}")
    except ValueError:
        return

    assert len(str(found).split()) == 1
    assert str(found).count("@") == 1
    assert found.domain.isascii()
    assert quote_address(str(found)) == f"<{found}>"


def test_a_domain_of_another_alphabet_is_written_as_servers_know_it() -> None:
    assert str(mail_address("ada@b\u00fccher.example")) == "ada@xn--bcher-kva.example"


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("Carrel <carrel@example.org>", "Carrel <carrel@example.org>"),
        ("carrel@example.org", "carrel@example.org"),
        ('"Carrel, the desk" <c@example.org>', '"Carrel, the desk" <c@example.org>'),
    ],
)
def test_a_sender_has_a_name_where_one_is_given(text: str, header: str) -> None:
    assert headers.address(sender_of(text)) == header
