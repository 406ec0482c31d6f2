"""Whether a mail came through a mailing list, or to many at once."""

from __future__ import annotations

from channels.email.mail import Mail

_OF_LISTS = ("list-id", "list-post", "list-unsubscribe", "x-mailing-list", "x-mailman-version")
_PRECEDENCE = {"list", "bulk", "junk"}


def is_through_list(mail: Mail) -> bool:
    """Whether an answer could go to others than who wrote it, or to nobody."""
    said = {value.strip().lower() for value in mail.all("precedence")}
    return bool(said & _PRECEDENCE) or is_of_list(mail)


def is_of_list(mail: Mail) -> bool:
    """Whether its headers tell of a list, whatever its precedence."""
    return any(mail.header(name) for name in _OF_LISTS)
