"""What a signature and its key must be like to prove anything."""

from __future__ import annotations

from datetime import timedelta

import dkim
import pytest

from tests.proving import MAIL, NOW, ed25519, proof, published, rsa, short, signed


@pytest.mark.parametrize(
    ("tag", "days", "ok"), [(b"x", -1, False), (b"x", 1, True), (b"t", 2, False), (b"t", -9, True)]
)
def test_a_signature_holds_for_its_time(tag: bytes, days: int, ok: bool) -> None:
    instant = int((NOW + timedelta(days=days)).timestamp())

    assert proof(signed(more=((tag, str(instant).encode()),))).ok is ok


@pytest.mark.parametrize("tag", [b"t=-1", b"x=1e9", b"t=" + b"9" * 5000, b"q=carrier", b"d=b.co"])
def test_a_signature_with_odd_tags_proves_nothing(tag: bytes) -> None:
    name, _, value = tag.partition(b"=")

    assert not proof(signed(more=((name, value),))).ok


@pytest.mark.parametrize(
    ("more", "ok"),
    [
        (b"; t=y", False),
        (b"; t=s:y", False),
        (b"; t=s", True),
        (b"; s=email", True),
        (b"; s=tlsrpt", False),
        (b"; h=sha1", False),
        (b"; h=sha1:sha256", True),
        (b"; p=", False),
    ],
)
def test_what_a_key_says_of_itself_is_minded(more: bytes, ok: bool) -> None:
    keys = {"one._domainkey.uni.example": rsa().record + more.decode()}

    assert proof(signed(), keys).ok is ok


def test_a_key_may_rule_out_subdomains() -> None:
    mail = signed(more=((b"i", b"@cs.uni.example"),))
    key = rsa().record

    assert proof(mail).ok
    assert not proof(mail, {"one._domainkey.uni.example": key + "; t=s"}).ok


def test_a_key_that_is_too_short_proves_nothing() -> None:
    raw = signed(key=short())
    names = {b"one._domainkey.uni.example.": short().record.encode()}

    assert dkim.verify(raw, dnsfunc=lambda name, **_: names[name], minkey=512)
    assert not proof(raw, published(uni_example=short())).ok
    assert proof(signed(key=rsa(1024)), published(uni_example=rsa(1024))).ok


def test_a_key_of_another_kind_proves_nothing() -> None:
    assert not proof(signed(), published(uni_example=ed25519())).ok
    assert not proof(signed(key=ed25519()), published(uni_example=rsa())).ok


@pytest.mark.parametrize(
    "record",
    [
        "",
        "garbage",
        "v=DKIM1; p=",
        "v=DKIM1; p=!!!!",
        "v=DKIM1; p=AAAA",
        "v=DKIM2; p=AAAA",
        "p=" + "A" * 100_000,
        "v=DKIM1; k=rsa; p=" + "TUlJ" * 200,
        "\xff\x00;=;p=p=p",
        "p",
    ],
)
def test_a_key_that_is_garbage_proves_nothing(record: str) -> None:
    found = proof(signed(), {"one._domainkey.uni.example": record})

    assert not found.ok
    assert not found.again


def test_one_good_signature_among_others_is_enough() -> None:
    other = signed(key=rsa(1024), domain=b"evil.example")
    broken = signed(domain=b"cs.uni.example").replace(b"bh=", b"bh=AAAA")
    heads = [mail[: -len(MAIL)] for mail in (other, broken)]

    assert proof(b"".join(heads) + signed()).ok


def test_a_mail_is_to_be_tried_again_when_names_cannot_be_looked_up() -> None:
    found = proof(signed(), {"*": "down"})

    assert not found.ok
    assert found.again
    assert found.why == "names could not be looked up"


def test_what_fails_anyhow_asks_for_no_name() -> None:
    assert not proof(signed(more=((b"l", b"10"),)), {"*": "down"}).again
