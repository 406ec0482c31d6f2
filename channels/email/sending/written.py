"""A letter -> the bytes of a mail; pure, and the same for the same letter."""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import format_datetime

from channels.email.sending import headers, mime
from channels.email.sending.flowed import KIND
from channels.email.sending.pieces import Declining, File, Letter, Picture
from channels.email.sending.plain import plain_twin
from channels.email.sending.rich import html_twin

_ONE_CLICK = "List-Unsubscribe=One-Click"  # https://www.rfc-editor.org/rfc/rfc8058


def written(letter: Letter) -> bytes:
    """The mail as it is handed in: plain text and HTML of the same words, pictures, files."""
    return b"".join((*_headers(letter), b"MIME-Version: 1.0\r\n", _body(letter)))


def _headers(letter: Letter) -> Iterator[bytes]:
    yield headers.line("From", headers.address(letter.sender))
    yield headers.line("To", headers.address(letter.to))
    if letter.replies_to:
        yield headers.line("Reply-To", headers.address(letter.replies_to))
    yield headers.line("Subject", headers.words(letter.subject, taken=len("Subject: ")))
    yield headers.line("Date", format_datetime(letter.at))
    yield headers.line("Message-ID", letter.id)
    if letter.above:
        yield headers.line("In-Reply-To", letter.above[-1])
        yield headers.line("References", headers.listed(letter.above))
    yield headers.line("Auto-Submitted", "auto-replied" if letter.answers else "auto-generated")
    # Exchange sends its absence notes all the same, unless it is told so in its own way.
    yield headers.line("X-Auto-Response-Suppress", "All")
    if letter.declining:
        yield from _declining(letter.declining)


def _declining(declining: Declining) -> Iterator[bytes]:
    ways = [f"<{way}>" for way in (declining.url, declining.address) if way]
    if ways:
        yield headers.line("List-Unsubscribe", headers.listed(ways, ","))
    if declining.url:
        yield headers.line("List-Unsubscribe-Post", _ONE_CLICK)


def _body(letter: Letter) -> bytes:
    mark = letter.id[1:21]
    files = [mime.file(one.media_type, one.data, name=one.name) for one in _files(letter)]
    shown = [
        mime.picture("image/png", one.data, cid=one.cid, name="progress.png")
        for one in _pictures(letter)
    ]
    html = mime.text("html; charset=utf-8", html_twin(letter))
    rich = mime.together('related; type="text/html"', [html, *shown], mark=f"shown-{mark}")
    twins = [mime.text(KIND, plain_twin(letter)), rich]
    words = mime.together("alternative", twins, mark=f"twins-{mark}")
    return mime.together("mixed", [words, *files], mark=f"all-{mark}")


def _files(letter: Letter) -> list[File]:
    return [one for one in letter.pieces if isinstance(one, File)]


def _pictures(letter: Letter) -> list[Picture]:
    return [one for one in letter.pieces if isinstance(one, Picture)]
