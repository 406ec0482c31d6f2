"""What can be said about addresses and notices, and what mail is good for."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.limits import LARGEST_FILE, in_megabytes
from bot.domain.notices.happenings import COMMENTS
from bot.domain.program import Program

CALLED = {
    "email": "mail",
    "e-mail": "mail",
    "mails": "mail",
    "notifications": "notices",
    "calendar": "notices",
    "deadlines": "notices",
}  # what else people call a topic

_NOTICES = (
    "notices: what I tell you without being asked, how often and where.",
    f"notices {COMMENTS} off: no more of it; on, daily, weekly, at once; off by email, for one "
    "channel.",
    "digest daily, or digest weekly: what can wait comes in one message; digest off.",
    "quiet hours 21:00 to 7:00; no quiet hours; usual quiet hours.",
    "time zone Europe/Berlin, or time zone Chicago: where your days and hours are counted.",
    "tell me by slack, or tell me by email: where I tell you things first.",
    "upcoming notices: what I will tell you next, and when; my deadlines: those that are yours.",
    "calendar: your deadlines and reminders as a file, and an address to subscribe to; new "
    "calendar address, another; no calendar address, none.",
)


def addresses(program: Program) -> Mapping[str, tuple[str, ...]]:
    """The topics on where somebody is connected, what they are told there, and on mail."""
    return {
        "addresses": (
            "connect YOU@EXAMPLE.ORG, from an address that I do not know: a code goes to that "
            "e-mail address if it is on record.",
            "code, from one that I know: a code for another one. It works once, within 30 minutes.",
            "link CODE, from the address that you want to connect.",
            "addresses: where you are connected, and where what I tell you goes.",
            "unlink: disconnects the address you say it from; unlink 2, or unlink slack, another.",
            "private address: where mail of yours counts as yours; new private address, another.",
        ),
        "notices": _NOTICES,
        "mail": _by_mail(program),
    }


def _by_mail(program: Program) -> tuple[str, ...]:
    code, section = program.sets[0].competencies[0].id, program.sets[0].competencies[0].id.lower()
    return (
        "All of this works by mail too: write it in a mail to me, or as a reply to one of mine.",
        "A number alone, as a reply: picks that line of the mail that you reply to.",
        f"A file: attach it, up to {in_megabytes(LARGEST_FILE)} each; your own mail server may "
        "send less. Say in the mail, or in its subject, what it is for.",
        f"A mail to my address with +{section} before the @: its files are for {code}.",
        "private address: an address of mine that is for you alone, for when I ask each time "
        "whether a mail is yours; new private address, another.",
        "discard all mails: forgets what came in your name and waits for your word.",
        f"unsubscribe {COMMENTS}: no more such notices by mail; subscribe {COMMENTS}: again.",
    )
