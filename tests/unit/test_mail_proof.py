"""A mail counts as its sender's when that sender's domain has signed it, to Carrel."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime

import dkim
import pytest

from tests.proving import COVERED, MAIL, NOW, ed25519, proof, published, rsa, signed

MANNERS = [b"simple/simple", b"relaxed/simple", b"simple/relaxed", b"relaxed/relaxed"]


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("kind", ["rsa", "ed25519"])
def test_a_mail_that_its_domain_signed_is_proved(kind: str, manner: bytes) -> None:
    key = {"rsa": rsa, "ed25519": ed25519}[kind]()

    found = proof(signed(key=key, manner=manner), published(uni_example=key))

    assert found.ok, found.why


def test_a_mail_signed_as_the_library_does_by_itself_is_proved() -> None:
    now = datetime.now(UTC)
    mail = MAIL.replace(b"Mon, 02 Mar 2026 09:30:00 +0000", format_datetime(now).encode())
    signature = dkim.sign(mail, b"one", b"uni.example", rsa().private)

    assert proof(signature + mail, now=now).ok


def test_a_mail_kept_with_bare_line_feeds_is_proved() -> None:
    assert proof(signed().replace(b"\r\n", b"\n")).ok


def test_fields_that_servers_add_on_the_way_change_nothing() -> None:
    way = b"Return-Path: <ada@uni.example>\r\nReceived: from a by b; Mon, 2 Mar 2026 09:30:01 +0000"

    assert proof(way + b"\r\n" + signed()).ok


@pytest.mark.parametrize(
    "to",
    [
        b"submit@bot.test",
        b"SUBMIT@Bot.Test",
        b"submit+tech-8@bot.test",
        b'"Lovelace, Ada" <ada@uni.example>, "The bot" <submit+x@bot.test>',
        b"Bots: other@bot.test, submit@bot.test;",
        b"friend@home.example (a friend),\r\n submit@bot.test (the bot)",
    ],
)
def test_a_mail_may_name_us_among_others_and_with_any_tag(to: bytes) -> None:
    found = proof(signed(MAIL.replace(b"Carrel <submit@bot.test>", to)))

    assert found.ok, found.why


def test_being_named_in_cc_is_enough() -> None:
    mail = MAIL.replace(b"To: Carrel <submit@bot.test>", b"To: x@y.example\r\nCc: submit@bot.test")

    assert proof(signed(mail, covered=(*COVERED, b"cc"))).ok


def test_a_mail_without_a_signature_is_not_proved() -> None:
    found = proof(MAIL)

    assert not found.ok
    assert found.why == "it has no signature of its sender's domain"


def test_a_sender_of_another_domain_than_the_signer_is_not_proved() -> None:
    mail = MAIL.replace(b"ada@uni.example", b"ada@college.example")

    assert not proof(signed(mail)).ok


def test_the_signature_of_a_neighbour_below_the_same_public_suffix_proves_nothing() -> None:
    mail = MAIL.replace(b"ada@uni.example", b"ada@a.co.uk")
    keys = published(b_co_uk=rsa(), a_co_uk=rsa(1024))

    assert not proof(signed(mail, domain=b"b.co.uk"), keys).ok
    assert not proof(signed(mail, domain=b"co.uk"), published(co_uk=rsa())).ok
    assert proof(signed(mail, domain=b"a.co.uk"), published(a_co_uk=rsa())).ok


@pytest.mark.parametrize(
    ("sender", "signer"), [("uni.example", "mail.uni.example"), ("cs.uni.example", "uni.example")]
)
def test_a_domain_and_its_subdomains_speak_for_each_other(sender: str, signer: str) -> None:
    mail = MAIL.replace(b"ada@uni.example", b"ada@" + sender.encode())
    keys = {f"one._domainkey.{signer}": rsa().record}

    assert proof(signed(mail, domain=signer.encode()), keys).ok


@pytest.mark.parametrize("place", ["_dmarc.uni.example", "_dmarc.cs.uni.example"])
def test_a_domain_may_say_that_only_itself_speaks_for_it(place: str) -> None:
    mail = MAIL.replace(b"ada@uni.example", b"ada@cs.uni.example")
    keys = published(uni_example=rsa(), cs_uni_example=rsa())
    strict = keys | {place: "v=DMARC1; p=reject; adkim=s"}

    assert proof(signed(mail), keys | {place: "v=DMARC1; p=reject"}).ok
    assert not proof(signed(mail), strict).ok
    assert proof(signed(mail, domain=b"cs.uni.example"), strict).ok


@pytest.mark.parametrize("policy", ["v=DMARC1; what", "v=DMARC1; adkim=r; adkim=s"])
def test_a_domain_whose_policy_cannot_be_read_speaks_for_itself_alone(policy: str) -> None:
    mail = MAIL.replace(b"ada@uni.example", b"ada@cs.uni.example")
    keys = published(uni_example=rsa()) | {"_dmarc.cs.uni.example": policy}

    assert not proof(signed(mail), keys).ok


def test_a_changed_body_is_found() -> None:
    found = proof(signed().replace(b"my report", b"no report"))

    assert not found.ok
    assert found.why == "its body is not the one that was signed"


@pytest.mark.parametrize("old", [b"Ada Lovelace", b"My report", b"<1@uni", b"09:30:00"])
def test_a_changed_field_is_found(old: bytes) -> None:
    assert not proof(signed().replace(old, old[::-1])).ok


def test_a_body_that_was_signed_only_in_part_is_not_proved() -> None:
    found = proof(signed(more=((b"l", b"10"),)))

    assert found.why == "its signature leaves out part of the body"


@pytest.mark.parametrize("name", ["From", "To", "Subject", "Date", "Message-ID", "from"])
@pytest.mark.parametrize("at_top", [True, False])
def test_a_field_added_a_second_time_is_found(name: str, at_top: bool) -> None:
    more = f"{name}: eve@evil.example\r\n".encode()
    mail = signed()
    forged = more + mail if at_top else mail.replace(b"\r\n\r\n", b"\r\n" + more + b"\r\n", 1)

    assert proof(forged).why == f"it has more than one {name.lower()}"


def test_two_senders_in_one_from_are_not_proved() -> None:
    mail = MAIL.replace(b"<ada@uni.example>", b"<ada@uni.example>, eve@evil.example")

    assert not proof(signed(mail)).ok


@pytest.mark.parametrize(
    "sender",
    [
        b"ada@uni.example <eve@evil.example>",
        b"eve@evil.example <ada@uni.example>",
        b'"ada@uni.example" (x',
        b"ada@uni.example eve@evil.example",
        b"<ada@uni.example><eve@evil.example>",
        b"ada@[127.0.0.1]",
        b"ada@uni",
        "ada@unï.example".encode(),
        b"",
    ],
)
def test_a_sender_that_can_be_read_in_two_ways_is_not_proved(sender: bytes) -> None:
    mail = MAIL.replace(b"Ada Lovelace <ada@uni.example>", sender)
    keys = {"one._domainkey.uni.example": rsa().record}

    assert not proof(signed(mail), keys).ok


def test_a_signed_mail_to_somebody_else_cannot_be_sent_on_to_us() -> None:
    mail = MAIL.replace(b"Carrel <submit@bot.test>", b"eve@evil.example")

    assert proof(signed(mail)).why == "it was not addressed to us"


@pytest.mark.parametrize(
    "to",
    [
        b'"submit@bot.test" <eve@evil.example>',
        b"submit@bot.test <eve@evil.example>",
        b"eve@evil.example (submit@bot.test)",
        b"submit@bot.test.evil.example",
        b"xsubmit@bot.test",
        b"submit@xbot.test",
        b'"submit"@bot.test@evil.example',
    ],
)
def test_our_address_beside_the_one_it_was_sent_to_is_not_enough(to: bytes) -> None:
    mail = MAIL.replace(b"Carrel <submit@bot.test>", to)

    assert proof(signed(mail)).why == "it was not addressed to us"


def test_an_addressee_that_the_signature_leaves_out_proves_nothing() -> None:
    """Whoever got it could have written us there."""
    covered = (b"from", b"subject", b"date", b"message-id")

    assert proof(signed(covered=covered)).why == "its signature does not cover to"


def test_a_cc_to_us_that_was_added_later_proves_nothing() -> None:
    mail = signed(MAIL.replace(b"Carrel <submit@bot.test>", b"eve@evil.example"))

    assert not proof(b"Cc: submit@bot.test\r\n" + mail).ok


@pytest.mark.parametrize("name", [b"from", b"subject", b"date", b"message-id"])
def test_what_tells_one_mail_from_another_must_be_covered(name: bytes) -> None:
    found = proof(signed(covered=tuple(one for one in COVERED if one != name)))

    assert found.why == f"its signature does not cover {name.decode()}"


def test_a_mail_without_date_message_id_and_subject_is_proved_as_it_is() -> None:
    lines = [line for line in MAIL.split(b"\r\n") if line[:4] not in (b"Date", b"Mess", b"Subj")]

    signed_then = (b"t", str(int(NOW.timestamp())).encode())
    raw = signed(b"\r\n".join(lines), covered=(b"from", b"to"), more=(signed_then,))
    assert proof(raw).ok
