"""A letter -> its HTML twin: the same words, and what it needs to look well anywhere.

No colour is set for words or paper, so that a program may choose both, as at night. Nothing is
fetched from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import assert_never
from urllib.parse import quote

from bot.domain.filenames import printable
from bot.domain.messages import Bullets, Paragraph, Quotation
from bot.domain.text import plain
from channels.email.sending import words
from channels.email.sending.addresses import MailAddress
from channels.email.sending.pieces import Declining, File, Letter, Link, Missing, Picture, Piece

_FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_WHOLE = (
    f"max-width:40em;margin:0 auto;padding:16px;{_FONT};font-size:16px;line-height:1.5;"
    "overflow-wrap:anywhere"
)
_SPACE = "margin:0 0 16px"
_QUOTED = f"{_SPACE};padding:0 0 0 14px;border-left:4px solid #7d8794"
_BUTTON = (
    "display:inline-block;padding:8px 16px;border-radius:6px;background:#1d4f91;"
    "border:1px solid #8fb4e3;color:#ffffff;text-decoration:none;font-weight:600"
)
_SMALL = "margin:24px 0 0;padding:12px 0 0;border-top:1px solid #7d8794;font-size:14px"
_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{title}</title>
</head>
<body style="margin:0;padding:0">
<div role="article" lang="en" aria-label="{title}" style="{style}">
{parts}
</div>
</body>
</html>
"""


def html_twin(letter: Letter) -> str:
    """A whole page with the same words as the plain twin."""
    parts = [_piece(one) for one in letter.pieces]
    parts += [*_choices(letter), *_declining(letter.declining)]
    return _PAGE.format(
        title=escape(printable(letter.subject)), style=_WHOLE, parts="\n".join(parts)
    )


def _piece(piece: Piece) -> str:
    match piece:
        case Paragraph() | Missing():
            return _paragraph(_text(piece.text))
        case Bullets():
            items = "".join(
                f'<li style="margin:0 0 4px">{_text(one)}</li>\n' for one in piece.items
            )
            return f'<ul style="{_SPACE};padding:0 0 0 24px">\n{items}</ul>'
        case Quotation():
            return _quotation(piece)
        case Picture():
            return _paragraph(
                f'<img src="cid:{escape(piece.cid)}" alt="{escape(printable(piece.alt))}" '
                'width="600" style="display:block;width:100%;max-width:600px;height:auto;border:0">'
            )
        case File():
            return _paragraph(f"File: <strong>{_text(printable(piece.name))}</strong>")
        case Link():
            told = _text(words.linked(printable(piece.name), piece.size, until=piece.until))
            return _paragraph(f"{told}<br>\n{_linked(piece.url, piece.url)}")
        case _:
            assert_never(piece)


def _paragraph(inside: str) -> str:
    return f'<p style="{_SPACE}">{inside}</p>'


def _quotation(quotation: Quotation) -> str:
    document = f"<cite>{_text(quotation.document)}</cite>"
    dated = f" ({_text(quotation.dated)})" if quotation.dated else ""
    place = f"\u2014 {document}, \u201c{_text(quotation.heading)}\u201d{dated}"
    return (
        f'<blockquote style="{_QUOTED}">\n'
        f'<p style="margin:0 0 4px">{_text(quotation.text)}</p>\n'
        f'<p style="margin:0;font-size:14px">{place}</p>\n'
        "</blockquote>"
    )


def _choices(letter: Letter) -> Iterator[str]:
    if not letter.choices:
        return
    if letter.replies_to is None:
        yield _paragraph(_text(words.ELSEWHERE))
        yield _piece(Bullets(items=tuple(printable(one.says) for one in letter.choices)))
        return
    for number, choice in enumerate(letter.choices, start=1):
        href = mail_to(letter.replies_to, letter.subject, body=choice.says)
        button = _linked(href, printable(choice.label), style=_BUTTON)
        yield f'<p style="margin:0 0 10px">{number}.&nbsp; {button}</p>'
    yield _paragraph(_text(words.REPLY))


def mail_to(to: MailAddress, subject: str, *, body: str) -> str:
    """A link by which a mail is begun (RFC 6068) that has these words in it already."""
    about = subject if subject.lower().startswith("re:") else f"Re: {subject}"
    said = plain(body).replace("\n", "\r\n")
    address = quote(str(to), safe="@+")
    return f"mailto:{address}?subject={_percent(printable(about))}&body={_percent(said)}"


def _percent(text: str) -> str:
    return quote(text, safe="", errors="replace")


def _declining(declining: Declining | None) -> Iterator[str]:
    if declining is None:
        return
    told = _text(words.decline(declining.kind, declining.url, by_mail=bool(declining.address)))
    if declining.url:
        url = escape(declining.url)
        told = told.replace(url, _linked(declining.url, "this page"))
    yield f'<p style="{_SMALL}">{told}</p>'


def _linked(href: str, shown: str, *, style: str = "") -> str:
    styled = f' style="{style}"' if style else ""
    return f'<a href="{escape(href)}"{styled}>{_text(shown)}</a>'


def _text(text: str) -> str:
    return escape(plain(text)).replace("\n", "<br>\n")
