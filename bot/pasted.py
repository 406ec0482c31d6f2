"""What people paste into settings: each is given back as it is used, or refused with the remedy.

What is refused is never told, since it may be a secret. Every check raises `ValueError`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from bot.domain.own_mail import is_own

# What Slack's secrets begin with, and where each is found at https://api.slack.com/apps
SLACK_TOKENS = {
    "xoxb-": "a bot token (xoxb-, under OAuth & Permissions, Bot User OAuth Token)",
    "xapp-": "an app-level token (xapp-, under Basic Information, App-Level Tokens)",
    "xoxp-": "a user token (xoxp-), which Carrel never needs",
    "xoxe": "a token that expires (xoxe): switch token rotation off for the app",
}
SIGNING = "the signing secret (under Basic Information, App Credentials, Signing Secret)"
TELEGRAM_TOKEN = re.compile(r"[1-9][0-9]{0,19}:[A-Za-z0-9_-]{1,60}")
BOTFATHER = "the token that @BotFather shows: digits, a colon, and letters"
CHAT = re.compile(r"(-[1-9][0-9]{0,19})(?:[/#]([1-9][0-9]{0,19}))?")
FIND_CHAT = (
    "open the group at https://web.telegram.org/a: the address of the page ends in its ID. For one"
    " topic of it, put / and the number of the topic behind, like -1001234567890/77."
)
GENERAL = "1"  # the topic of a forum that is the group itself
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})  # what never leaves this machine
SMTP_SCHEMES = frozenset({"smtp", "smtp+starttls", "smtps"})
IMAP_SCHEMES = frozenset({"imap", "imap+starttls", "imaps"})


class HostPort(NamedTuple):
    """Where to listen; port 0 lets the system choose one."""

    host: str
    port: int


def slack_token(given: str, *, start: str) -> str:
    """A token of Slack's that begins with `start`."""
    if given.startswith(start):
        return given
    kind = _kind(given) or "no token of Slack"
    raise ValueError(f"this is {kind}; give {SLACK_TOKENS[start]}.")


def signing_secret(given: str) -> str:
    """Slack's signing secret, which is none of its tokens."""
    if kind := _kind(given):
        raise ValueError(f"this is {kind}; give {SIGNING}.")
    return given


def slack_channel(given: str) -> str:
    """The ID of a channel of Slack's."""
    if not re.fullmatch("[CG][A-Z0-9]+", given):
        raise ValueError(
            "give the channel's ID, like C0123456789; Slack shows it at the bottom of the "
            "channel's details."
        )
    return given


def telegram_token(given: str) -> str:
    """The token of a bot of Telegram's."""
    if not TELEGRAM_TOKEN.fullmatch(given):
        kind = "a token of Slack" if _kind(given) else "no token of Telegram"
        raise ValueError(f"this is {kind}; give {BOTFATHER}.")
    return given


def webhook_secret(given: str) -> str:
    """What Telegram sends along, so that nobody else is taken for it."""
    if not re.fullmatch("[A-Za-z0-9_-]{1,256}", given):
        raise ValueError("give 1 to 256 letters, digits, _ and -, made up by chance.")
    return given


def telegram_chat(given: str) -> str:
    """A group of Telegram's, as ID or ID#TOPIC; ID/TOPIC is understood too."""
    found = CHAT.fullmatch(given)
    if found is None:
        kind = "a name can change" if given.startswith("@") else "this is no ID of a group"
        raise ValueError(f"{kind}; give the ID, like -1001234567890: {FIND_CHAT}")
    return found[1] if found[2] in {None, GENERAL} else f"{found[1]}#{found[2]}"


def written_chat(chat: str) -> str:
    """A group of Telegram's as people write it into the settings."""
    return chat.replace("#", "/")


def web_address(given: str) -> str:
    """An address of the web, which ends in a slash."""
    if not re.match(r"https?://[^/\s@]+(?:/\S*)?$", given) or not _has_a_port(given):
        raise ValueError("give an address that begins with https:// and has no password.")
    return f"{given.rstrip('/')}/"


def private(given: str) -> str:
    """An address that nobody on the way to it can read along at."""
    if given.startswith("http://") and urlsplit(given).hostname not in LOOPBACK:
        raise ValueError(
            "tokens go there: give an address that begins with https://; http:// is only for a "
            "server on this machine (127.0.0.1)."
        )
    return given


def host_port(given: str) -> HostPort:
    """Where to listen, like 127.0.0.1:8080."""
    host, colon, port = given.rpartition(":")
    if not colon or not host or not port.isascii() or not port.isdigit() or int(port) > 65_535:
        raise ValueError("give it as HOST:PORT, for example 127.0.0.1:8080.")
    return HostPort(host.removeprefix("[").removesuffix("]"), int(port))


def mail_server(given: str) -> str:
    """An SMTP server, with the password in it."""
    if not _is_mail_server(given, SMTP_SCHEMES):
        raise ValueError(
            "give it as smtp+starttls://USER:PASSWORD@HOST:PORT (or smtps://, or smtp:// for "
            "a server on this machine), with special characters in the password as %XX."
        )
    return given


def mailbox(given: str) -> str:
    """A folder at an IMAP server, with the password in it."""
    if not _is_mail_server(given, IMAP_SCHEMES):
        raise ValueError(
            "give it as imaps://USER:PASSWORD@HOST:PORT/INBOX (or imap+starttls://), with special "
            "characters in user and password as %XX."
        )
    return given


def mail_address(given: str) -> str:
    """An address of mail, with a name or without."""
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+|[^<>]*<[^@\s<>]+@[^@\s<>]+>", given):
        raise ValueError("give one address, like Carrel <carrel@example.org>.")
    return given


def plain_address(given: str) -> str:
    """An address of mail without a name, in lower case."""
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", given):
        raise ValueError("give one address without a name, like staff@example.org.")
    return given.lower()


def authserv_id(given: str) -> str:
    """The name by which a server writes what it found of a mail, and where it stands."""
    name, _, place = " ".join(given.split()).partition(" ")
    if not re.fullmatch(r"[^\s;\"()<>@,=/]{1,255}", name) or place.lower() not in {"", "below"}:
        raise ValueError(
            "give the word that stands first in Authentication-Results, up to the semicolon, like"
            " mx.example.org; where your server writes them below its own Received, put a blank "
            "and the word below behind it."
        )
    return f"{name} {place.lower()}".strip()


def resolver(given: str) -> str:
    """An IP address and a port at which names are asked for."""
    try:
        ip_address(host_port(given).host)
    except ValueError as error:
        raise ValueError(
            "give the IP address of a resolver and its port as HOST:PORT, like 192.0.2.53:53."
        ) from error
    return given


def staff_address(given: str, own: str) -> str:
    """Where staff's cards go by mail, which is not where Carrel itself reads."""
    address = plain_address(given)
    if own and is_own(address, own.rpartition("<")[2].rstrip("> ")):
        raise ValueError(
            "this is Carrel's own address: give one that your staff read, like staff@example.org."
        )
    return address


def selector(given: str) -> str:
    """The name under which a DKIM key is published: one or more labels of a host's name."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*", given):
        raise ValueError("give the selector alone, like carrel2026.")
    return given


def _kind(given: str) -> str | None:
    """What kind of Slack's tokens it is; None when it is none of them."""
    return next((kind for start, kind in SLACK_TOKENS.items() if given.startswith(start)), None)


def _has_a_port(url: str) -> bool:
    """Whether its port is one, or it names none."""
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def _is_mail_server(url: str, schemes: Collection[str]) -> bool:
    try:
        parts = urlsplit(url)
        scheme = parts.scheme.removesuffix("+xoauth2")  # a token in place of a password
        return scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
