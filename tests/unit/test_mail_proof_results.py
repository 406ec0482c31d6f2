"""What our own receiving server found counts, and what anybody wrote under its name does not."""

from __future__ import annotations

import pytest

from tests.proving import COVERED, MAIL, proof, signed

MX = "mx.bot.test"
CAME = (
    "Received: from out.uni.example (out.uni.example [192.0.2.7])\r\n\tby mx.bot.test (Postfix) "
    "with ESMTPS id 4Zk1\r\n\tfor <submit@bot.test>; Mon,  2 Mar 2026 09:30:02 +0000 (UTC)\r\n"
)
HANDED = (
    "Received: from mx.bot.test ([127.0.0.1])\r\n\tby imap.bot.test with LMTP\r\n\tid aBcD; "
    "Mon, 02 Mar 2026 09:30:03 +0000\r\n"
)
DIRECT = "spf=pass smtp.mailfrom=ada@uni.example; dmarc=pass header.from=uni.example"
SHAPES = {
    "a large provider": (
        "mx.google.com;\r\n       dkim=pass header.i=@uni.example header.s=one header.b=aBc/dE=;"
        "\r\n       spf=pass (google.com: domain of ada@uni.example designates 192.0.2.7 as "
        "permitted sender) smtp.mailfrom=ada@uni.example;\r\n       dmarc=pass (p=REJECT "
        "sp=REJECT dis=NONE) header.from=uni.example"
    ),
    "a spam filter": (
        "mx.bot.test;\r\n\tdkim=pass header.d=uni.example header.s=one header.b=Qw3;\r\n\tdmarc="
        "pass (policy=quarantine) header.from=uni.example;\r\n\tspf=pass (mx.bot.test: domain of "
        "ada@uni.example designates 192.0.2.7 as permitted sender) smtp.mailfrom=ada@uni.example"
    ),
    "a mail provider": (
        "mx1.mail.test;\r\n    dkim=pass (2048-bit rsa key sha256) header.d=uni.example\r\n    "
        "header.i=@uni.example header.b=x0; header.a=rsa-sha256 header.s=one x-bits=2048;\r\n    "
        "dmarc=pass policy.published-domain-policy=none\r\n    policy.applied-disposition=none "
        "(p=none,d=none,d.eval=none) policy.policy-from=p\r\n    header.from=uni.example;\r\n    "
        "iprev=pass smtp.remote-ip=192.0.2.7 (out.uni.example);\r\n    spf=pass smtp.mailfrom="
        '"ada"@uni.example smtp.helo=out.uni.example;\r\n    x-tls=pass x-tls.cipher="A B";\r\n'
        "    bimi=skipped (DMARC did not pass (or)\r\n    was not \\) judged)"
    ),
    "a mail server": (
        "mx.bot.test; iprev=pass (out.uni.example) smtp.remote-ip=192.0.2.7; spf=pass smtp."
        "mailfrom=uni.example; dkim=pass header.d=uni.example header.s=one header.a=rsa-sha256; "
        "dmarc=pass header.from=uni.example; arc=none"
    ),
    "a cloud": (
        "amazonses.com;\r\n spf=pass (spfCheck: domain of uni.example designates 192.0.2.7 as "
        "permitted sender) smtp.mailfrom=ada@uni.example;\r\n dkim=pass header.i=@uni.example;\r\n"
        " dmarc=pass header.from=uni.example;"
    ),
    "with a version and blanks": (
        'MX.Bot.Test (ours) 1 ; dmarc / 1 = (yes) pass reason="as; it = is" header.from ='
        "uni.example ; spf=pass smtp.mailfrom=uni.example"
    ),
}


def results(text: str) -> str:
    """A results field."""
    return f"Authentication-Results: {text}\r\n"


def above(text: str, *, mail: bytes = MAIL, way: str = CAME) -> bytes:
    """A mail that our server took in, with this result."""
    return (results(text) + way).encode() + mail


def below(text: str, *, mail: bytes = MAIL, way: str = CAME) -> bytes:
    """A mail that our server took in, with this result below its own Received."""
    return (way + results(text)).encode() + mail


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES.keys())
def test_findings_are_understood_as_servers_write_them(text: str) -> None:
    server = text.split(maxsplit=1)[0].rstrip(";")

    assert proof(above(text), server=server).ok
    assert not proof(above(text.replace("uni.example", "evil.example")), server=server).ok


@pytest.mark.parametrize("way", [CAME, HANDED + CAME, HANDED.replace("LMTP", "LMTPA") + CAME])
def test_findings_above_the_arrival_count(way: str) -> None:
    assert proof(above(f"{MX}; {DIRECT}", way=way), server=MX).ok


def test_findings_between_the_last_step_in_our_house_and_the_arrival_count() -> None:
    assert proof(HANDED.encode() + above(f"{MX}; {DIRECT}"), server=MX).ok


def test_two_fields_of_findings_are_taken_together() -> None:
    signers = results(f"{MX}; dkim=pass header.d=uni.example")
    sent = results(f"{MX}; spf=pass smtp.mailfrom=uni.example") + CAME

    assert proof((signers + sent).encode() + MAIL, server=MX).ok


def test_findings_below_the_arrival_do_not_count() -> None:
    assert not proof(below(f"{MX}; {DIRECT}"), server=MX).ok


def test_findings_below_a_forged_arrival_do_not_count() -> None:
    """The sender wrote the lower Received, in our name, and the findings above it."""
    forged = CAME + results(f"{MX}; {DIRECT}") + CAME
    handed = CAME + results(f"{MX}; {DIRECT}") + HANDED + CAME
    other = CAME.replace("mx.bot.test", "inner.house") + results(f"{MX}; {DIRECT}") + CAME

    assert not any(proof(raw.encode() + MAIL, server=MX).ok for raw in (forged, handed, other))


@pytest.mark.parametrize(
    "hello", ["by", "(", "LMTP", '"', "x)by(y", "a;by", "x\xa0by\xa0mx\xa0with\xa0LMTP"]
)
def test_how_the_sender_greets_our_server_moves_no_bound(hello: str) -> None:
    arrival = CAME.replace("from out.uni.example ", f"from {hello} ")
    forged = arrival + results(f"{MX}; {DIRECT}") + CAME

    assert not proof(forged.encode("latin-1") + MAIL, server=MX).ok


def test_findings_in_a_mail_that_arrived_nowhere_do_not_count() -> None:
    assert not proof(above(f"{MX}; {DIRECT}", way=""), server=MX).ok


@pytest.mark.parametrize(
    "name",
    [
        "mx.bot.test.evil.example",
        "xmx.bot.test",
        "bot.test",
        "evil.example",
        "mx.bot.tést",
        "mx.bot.test.",
        "mx.bot.test 2",
        '"mx.bot.test" x',
        "(mx.bot.test) evil.example",
        "",
    ],
)
def test_findings_under_another_name_do_not_count(name: str) -> None:
    assert not proof(above(f"{name}; {DIRECT}"), server=MX).ok


@pytest.mark.parametrize("name", ["", MX])
def test_without_a_name_for_our_server_no_findings_count(name: str) -> None:
    assert not proof(above(f"{name}; {DIRECT}"), server="").ok


@pytest.mark.parametrize(
    "found",
    [
        "none",
        "spf=pass smtp.mailfrom=ada@uni.example",
        "dkim=pass",
        "dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=uni.example",
        "dkim=pass header.d=uni.example.evil.example",
        "dkim=pass header.d=uni.example header.d=evil.example; spf=pass smtp.mailfrom=uni.example",
        "dkim=pass header.i=@evil.example; spf=pass smtp.mailfrom=uni.example",
        "dkim=fail header.d=uni.example; spf=pass smtp.mailfrom=uni.example",
        "dkim=temperror header.d=uni.example; spf=pass smtp.mailfrom=uni.example",
        "dkim=policy header.d=uni.example; spf=pass smtp.mailfrom=uni.example",
        "dmarc=pass; spf=pass smtp.mailfrom=uni.example",
        "dmarc=pass header.from=evil.example; spf=pass smtp.mailfrom=uni.example",
        "dmarc=none header.from=uni.example; spf=pass smtp.mailfrom=uni.example",
        "dmarc=bestguesspass header.from=uni.example; spf=pass smtp.mailfrom=uni.example",
        f"dmarc=fail header.from=uni.example; dkim=pass header.d=uni.example; {DIRECT}",
        f"{DIRECT}; dmarc=pass header.from=uni.example",
        "dmarc=pass header.from=evil.example; dkim=pass header.d=uni.example; spf=pass "
        "smtp.mailfrom=uni.example",
        f'reason="; {DIRECT}"',
        f"spf=fail (; {DIRECT})",
        f"spf=fail (\\) ; {DIRECT})",
        f'spf=fail (" ) ; {DIRECT} ("',
        f"spf=fail ( ; {DIRECT}",
        f"spf=fail ) ; {DIRECT}",
        f'smtp.helo="x ; {DIRECT}',
        f"what is this ; {DIRECT}",
    ],
)
def test_findings_that_do_not_vouch_for_the_sender_prove_nothing(found: str) -> None:
    assert not proof(above(f"{MX}; {found}"), server=MX).ok


def test_a_failure_by_our_server_outweighs_a_good_signature() -> None:
    found = proof(above(f"{MX}; dmarc=fail header.from=uni.example", mail=signed()), server=MX)

    assert found.why == "our server found that it is not from its sender"


def test_where_our_server_found_nothing_the_signature_is_checked() -> None:
    for found in ("none", "dmarc=none header.from=uni.example", "dkim=temperror", "!"):
        assert proof(above(f"{MX}; {found}", mail=signed()), server=MX).ok


def test_a_mail_to_somebody_else_is_not_proved_by_findings_either() -> None:
    mail = MAIL.replace(b"<submit@bot.test>", b"<eve@evil.example>")

    assert proof(above(f"{MX}; {DIRECT}", mail=mail), server=MX).why == "it was not addressed to us"


SENT_ON = "dkim=pass header.d=uni.example; spf=pass smtp.mailfrom=eve@evil.example; dmarc=pass"


def test_a_mail_that_came_by_others_must_be_signed_to_us() -> None:
    """DMARC passes for a signed mail whoever sends it on, and whomever they write into To."""
    text = f"{MX}; {SENT_ON} header.from=uni.example"
    without = tuple(name for name in COVERED if name != b"to")

    assert proof(above(text, mail=signed()), server=MX).ok
    assert not proof(above(text, mail=signed(covered=without)), server=MX).ok
    assert not proof(above(text, mail=signed(more=((b"l", b"10"),))), server=MX).ok
    assert not proof(above(text), server=MX).ok


def test_a_forged_signature_to_us_does_not_stand_in_for_the_real_one() -> None:
    real = signed(covered=(b"from", b"subject", b"date", b"message-id"))
    forged = signed().partition(b"From:")[0].replace(b"b=", b"b=AAAA")

    text = f"{MX}; {SENT_ON} header.from=uni.example"
    assert not proof(above(text, mail=forged + real), server=MX).ok
