"""How much of one thing anybody may say or ask for; the house's own choice, no program's rule."""

from __future__ import annotations

from datetime import timedelta

from bot.errors import Refused

EARLIEST, LATEST = 1990, 2200  # years that anything can have happened in
_MEGABYTE = 1024 * 1024
LARGEST_FILE = 50 * _MEGABYTE  # bytes
LARGEST_EXPORT = 40 * _MEGABYTE  # of files: with its pages it goes wherever LARGEST_FILE goes
LONGEST_NAME = 200  # characters of a person's name or address
LONGEST_MESSAGE = 20_000  # characters
LONGEST_WORDS = 2_000  # characters of a reason, a comment, a question to staff, or a reply
LONGEST_OFFER = 500  # characters kept of what came with an offered file
LONGEST_STATEMENT = 60_000  # characters: many times what any program advises
MOST_CLAIMS = 20  # submissions that one reviewer has taken on at a time
MOST_QUESTIONS = 20  # that wait for a reply, of one address
MOST_OF_NOBODY = 20  # that wait, of all mails that anybody may have written: names cost nothing
LINK_LASTS = timedelta(days=7)  # of a file that is too large to be mailed
MOST_SHARES_A_DAY = 40  # made by one candidate, ended ones too: each writes to somebody
MOST_EXPORTS = 3  # archives given to one candidate within an hour
MOST_REMINDERS = 50  # of one person that are still to come
MOST_TOLD_REMINDERS = 100  # of one person that were told and are not marked as done
LONGEST_REMINDER = 500  # characters
MOST_COMMENTS_A_DAY = 40  # on one candidate's record, by one person


def in_megabytes(limit: int) -> str:
    """A limit of so many bytes as people are told it everywhere: `50 MB`, of 1,024 kilobytes each.

    A limit that was chosen in such megabytes is told as it was chosen.
    """
    return f"{max(1, round(limit / _MEGABYTE))} MB"


def check_words(text: str, what: str) -> None:
    """`Refused` when there are too many; `what` names them, such as `A reason`."""
    if len(text) > LONGEST_WORDS:
        raise Refused(
            f"{what} may have at most {LONGEST_WORDS:,} characters, and this has {len(text):,}. "
            "Nothing was kept: say it more briefly."
        )


def check_count(count: int, most: int, what: str) -> None:
    """`Refused` when there are `most` of them already; `what` says so as a sentence with advice."""
    if count >= most:
        raise Refused(what)
