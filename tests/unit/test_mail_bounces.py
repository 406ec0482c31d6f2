"""Bounces of many systems: known for what they are, whom they name, and which mail came back."""

from __future__ import annotations

import pytest

from channels.email.kinds.judge import returned_start
from channels.email.kinds.kind import Kind
from tests.judged import BOUNCES, OWN, SENT, bounce, judged, written
from tests.tags import returned

GONE, LATER = True, False
ADA = "ada@example.net"
BEA = "bea@example.net"
# The system, whom its bounce names and whether nobody is there, and whether it tells which mail.
ZOO: dict[str, tuple[tuple[tuple[str, bool], ...], bool]] = {
    "amazon-notice": (((ADA, GONE),), True),
    "amazonses": (((ADA, GONE),), True),
    "amazonworkmail": (((ADA, LATER),), True),
    "aol": (((ADA, LATER),), False),
    "courier": (((ADA, GONE),), True),
    "docomo": (((ADA, GONE),), True),
    "domino": (((ADA, GONE),), True),
    "dragonfly": (((ADA, GONE),), True),
    "exchange": (((ADA, GONE),), True),
    "exchange-5.5": (((ADA, GONE),), True),
    "exim": (((ADA, GONE),), True),
    "exim-old": (((ADA, GONE),), True),
    "exim-warning": (((ADA, LATER),), False),
    "ezweb": (((ADA, GONE),), True),
    "forwarded-on": (((ADA, GONE),), True),
    "french": (((ADA, GONE),), True),
    "german": (((ADA, GONE),), True),
    "gmail": (((ADA, GONE),), True),
    "gmail-delayed": (((ADA, LATER),), True),
    "googlegroups": ((("clockmakers@groups.example.com", GONE),), True),
    "groupwise": (((ADA, GONE),), True),
    "html-only": (((ADA, GONE),), True),
    "imail": (((ADA, GONE),), True),
    "imail-full": (((ADA, LATER),), True),
    "interscan": (((ADA, GONE),), True),
    "kddi": (((ADA, LATER),), True),
    "mailru": (((ADA, GONE),), True),
    "mcafee": (((ADA, GONE),), True),
    "mdaemon": (((ADA, GONE),), False),
    "mimecast": (((ADA, GONE),), False),
    "mxlogic": (((ADA, GONE),), True),
    "no-such-domain": ((("ada@nowhere.example", GONE),), True),
    "no-words-but-a-code": (((ADA, GONE),), True),
    "office365": (((ADA, GONE),), True),
    "opensmtpd": (((ADA, GONE),), True),
    "postfix": (((ADA, GONE),), True),
    "postfix-blocked": (((ADA, LATER),), True),
    "postfix-delayed": (((ADA, LATER),), True),
    "postfix-full": (((ADA, LATER),), True),
    "postfix-old": (((ADA, GONE),), True),
    "qmail": (((ADA, GONE),), True),
    "qmail-several": (((ADA, GONE), (BEA, LATER)), True),
    "qmail-three-languages": (((ADA, GONE),), True),
    "sendmail": (((ADA, GONE),), True),
    "sendmail-5": (((ADA, GONE),), True),
    "sendmail-warning": (((ADA, LATER),), True),
    "several": (((ADA, GONE), (BEA, LATER)), True),
    "smtp32": (((ADA, LATER),), True),
    "spanish": (((ADA, GONE),), True),
    "surfcontrol": (((ADA, GONE),), True),
    "verizon": (((ADA, GONE),), True),
    "x400": (((ADA, GONE),), True),
    "yahoo": (((ADA, GONE),), True),
    "yandex": (((ADA, GONE),), True),
    "zoho": (((ADA, GONE),), True),
}


@pytest.mark.parametrize("system", ZOO)
def test_a_bounce_is_known_with_whom_it_names(system: str) -> None:
    expected, tells = ZOO[system]

    found = judged(bounce(system))

    assert (found.kind, found.silent) == (Kind.BOUNCE, True)
    assert tuple((one.address, one.hard) for one in found.failures) == expected
    assert found.returned == (SENT if tells else "")


def test_every_bounce_of_the_corpus_is_expected_by_name() -> None:
    assert {path.stem for path in BOUNCES.iterdir()} == set(ZOO)
    assert len(ZOO) >= 40


@pytest.mark.parametrize("system", ZOO)
def test_the_address_a_bounce_came_to_tells_which_mail_it_is_of(system: str) -> None:
    assert returned_start(bounce(system), OWN) == SENT[:20]


def test_an_ordinary_address_or_that_of_another_tells_of_no_mail() -> None:
    assert returned_start(written(), OWN) == ""
    other = written(headers={"Delivered-To": f"other+{returned(SENT)}@example.org"})
    assert returned_start(other, OWN) == ""


def test_a_status_is_kept_for_the_log() -> None:
    (failure,) = judged(bounce("postfix-full")).failures

    assert failure.status == "5.2.2"
    assert "over its quota" in failure.why


def test_a_report_that_a_mail_arrived_is_no_bounce_and_is_not_answered() -> None:
    text = (
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n"
        "\r\nFinal-Recipient: rfc822; ada@example.net\r\nAction: delivered\r\nStatus: 2.0.0\r\n"
        "--b--"
    )
    kind = "multipart/report; report-type=delivery-status; boundary=b"

    found = judged(
        written("Successful", text, content_type=kind, sender="mailer-daemon@example.net")
    )

    assert (found.kind, found.silent, found.failures) == (Kind.AUTO_REPLY, True, ())
