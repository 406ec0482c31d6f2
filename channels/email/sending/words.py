"""What Carrel itself says in every mail, for both of its twins."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.limits import in_megabytes

REPLY = "Reply with a number, or with your own words."
DECLINE = "To get no more notices like this one"
ELSEWHERE = "Where you talk to me, you can say:"
TOO_NEW_ADDRESS = (
    "the mail server takes no address with letters beyond ASCII before the @: put another address "
    "on record"
)


def picture(alt: str) -> str:
    """In place of a picture; `alt` tells what it shows."""
    return f"Picture: {alt}"


def too_large(name: str) -> str:
    """Why a file does not go along, where there is no link to it either."""
    return f"{name} is too large to be mailed: ask for it where you talk to me."


def not_kept(name: str) -> str:
    """Why a file does not go along for good."""
    return f"{name} is not kept any more."


def linked(name: str, size: int, *, until: datetime) -> str:
    """Before the link to a file that is too large; it works `until` then."""
    told = f" ({in_megabytes(size)})" if size else ""
    ends = until.astimezone(UTC)
    day = f"{ends.day} {ends:%B %Y} at {ends:%H:%M} (UTC)"
    return (
        f"{name}{told} is too large to be mailed. Until {day}, whoever has this link can open it, "
        "so pass it on to nobody:"
    )


def decline(kind: str, url: str, *, by_mail: bool) -> str:
    """Below a notice that nobody has to get."""
    ways = [f"open {url}"] if url else []
    ways += [f"reply with: unsubscribe {kind}"] if by_mail else []
    return f"{DECLINE}, {' or '.join(ways)}" if ways else ""
