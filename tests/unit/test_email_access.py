"""What one URL in the settings tells of a mail server, and what of it is never told."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from channels.email.access import Security, parse


@pytest.mark.parametrize(
    ("url", "server", "account"),
    [
        (
            "smtp+starttls://carrel:p%40ss@mail.example.org",
            ("mail.example.org", 587, Security.STARTTLS),
            ("carrel", "p@ss"),
        ),
        (
            "smtps://mail.example.org:1465",
            ("mail.example.org", 1465, Security.TLS),
            ("", ""),
        ),
        ("smtp://u:p@127.0.0.1", ("127.0.0.1", 25, Security.NONE), ("u", "p")),
    ],
)
def test_a_url_tells_the_server(
    url: str, server: tuple[str, int, Security], account: tuple[str, str]
) -> None:
    access = parse(url)

    assert (access.host, access.port, access.security) == server
    assert (access.user, access.password) == account


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "No scheme"),
        ("http://mail.example.org", "'http'"),
        ("smtp://", "names no host"),
        ("smtps://mail.example.org:port", "cannot be read"),
        ("smtps://u@mail.example.org", "user and password both"),
        ("smtp://u:hush@mail.example.org", "in the clear"),
    ],
)
def test_a_wrong_url_is_told_without_its_password(url: str, told: str) -> None:
    with pytest.raises(ConfigurationError, match=told) as wrong:
        parse(url)

    assert "hush" not in str(wrong.value)


def test_the_password_is_in_no_printed_access() -> None:
    assert "hush" not in repr(parse("smtps://u:hush@mail.example.org"))


def test_a_file_that_holds_no_certificates_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    path.write_text("nothing")

    with pytest.raises(ConfigurationError, match=r"ca\.pem"):
        parse("smtps://mail.example.org", ca=path).trusted()
