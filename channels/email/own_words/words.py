"""What somebody wrote themselves in a mail, without what was written before or by machines."""

from __future__ import annotations

from collections.abc import Sequence

from channels.email.mail import Mail
from channels.email.own_words.kept import kept_words
from channels.email.own_words.line import Line, Mark, lines_of, plain
from channels.email.own_words.page import page_lines
from channels.email.own_words.separator import is_forward
from channels.email.own_words.tables import words

LONGEST_STUB = 300  # characters
LONGEST_NAME = 100  # of a sender


def own_words(mail: Mail) -> str:
    """The person's own words; empty when there are none.

    Quotations, signatures and disclaimers are left out; answers between quotations keep these, and
    what is passed on stays. What may be the person's own is kept, in doubt. The plain text is read
    where there is one, and the page where that tells better what is quoted.
    """
    lines = [] if _is_stub(mail) else lines_of(mail.text)
    if not mail.html.strip() or _is_quoted(lines):
        return _kept(lines, mail)
    page = page_lines(mail.html)
    if not any(plain(line.text) for line in page):
        return _kept(lines, mail)
    if not lines or _is_quoted(page):
        return _kept(page, mail)
    return _kept(lines, mail)


def _kept(lines: Sequence[Line], mail: Mail) -> str:
    ours = frozenset(address for address in mail.recipients if address)
    name = mail.sender_name[:LONGEST_NAME]
    return kept_words(lines, forward=is_forward(mail.subject), ours=ours, name=name)


def _is_quoted(lines: Sequence[Line]) -> bool:
    """Whether its form tells what is quoted in it."""
    return any(line.depth or line.mark in (Mark.HISTORY, Mark.CREDIT) for line in lines)


def _is_stub(mail: Mail) -> bool:
    """Whether the plain text is none, or only says to look at the page."""
    told = plain(mail.text[: LONGEST_STUB + 1])
    if not told or not mail.html:
        return not told
    if told.startswith(("<html", "<!doctype", "<div", "<body", "<p>")):
        return True
    if len(told) > LONGEST_STUB or len(mail.html) < len(told) * 2:
        return False
    return sum(word in told for word in words("endings", "stubs")) > 1
