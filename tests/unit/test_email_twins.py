"""A mail's two texts, as tests/data/mails_sent has them.

`pytest --update-transcripts` writes them anew; look at the difference, and at the pages in a
browser, before you keep it.
"""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from bot.domain.messages import (
    Bar,
    Bullets,
    Chart,
    Choice,
    Download,
    OutboundMessage,
    Paragraph,
    Quotation,
)
from bot.domain.text import plain
from channels.email.reading.mail import read as read_mail
from channels.email.sending.flowed import WIDTH
from storage.files import FolderFileStore
from tests.mailing import composer, mailed, message, twin, unfolded
from tests.tags import replied

FOLDER = Path(__file__).parent.parent / "data" / "mails_sent"
CHART = Chart(
    title="How far you are",
    bars=(
        Bar(label="Soil", done=1, total=3, note="1 of 3"),
        Bar(label="Water", done=3, total=3, note="done"),
    ),
    footer="As of 21 November 2026",
    alt="Soil: 1 of 3 competencies are accepted. Water: all 3 are accepted.",
)
ANSWER = "Submit each competency with one piece of evidence, and a statement of at most 300 words."
QUOTED = Quotation(
    text=f"{ANSWER}\nEvidence may be a file, a recording, or a letter of somebody who saw it.",
    document="Candidate handbook",
    heading="3.2 Evidence",
    dated="in force since 1 March 2026",
)
DECIDE = (
    Choice(label="Accept", says="accept offer 2"),
    Choice(label="Decline & tell why", says="decline offer 2: "),
    Choice(label="Show me the file first", says="offer 2"),
)
NONE = FolderFileStore(Path("nowhere"))


def letter(name: str, size: int) -> Download:
    """A file that is in no store."""
    return Download(name=name, media_type="application/pdf", size=size, sha256="0" * 64)


GOLDEN: dict[str, OutboundMessage] = {
    "answer": message(
        Paragraph(text="The handbook says what counts as evidence:"),
        QUOTED,
        Paragraph(text="Is that what you wanted to know?"),
        key="email:1:1",
        thread="<question@example.org>",
        subject="What counts?",
        choices=(Choice(label="Yes, thank you", says="that helped"),),
    ),
    "progress": message(
        Paragraph(text="You have 4 of 6 competencies. By 1 March 2027 two more are needed."), CHART
    ),
    "filed": message(
        Paragraph(text="Two of your three files are filed."),
        Bullets(
            items=(
                "soil-test.pdf: Soil, SOIL-2. Receipt 41. To move it elsewhere, say: correct 41.",
                "caf\u00e9 \u4e2d\u6587.docx: Water, WATER-1. Receipt 42. To move it: correct 42.",
                "IMG_2024.heic was refused. It is empty: send it again.",
            )
        ),
        key="email:2:1",
        thread="<files@example.org>",
        subject="Re: My files",
    ),
    "offer": message(Paragraph(text="Ren\u00e9 sent a file for you."), choices=DECIDE),
    "notice": message(Paragraph(text="Somebody wrote a comment on submission 3."), kind="comments"),
    "card": message(
        Paragraph(text="Submission 7: Ada, Soil"),
        Bullets(items=("Initial, round 1, 4 files, submitted on 20 November.", "2 places free.")),
        choices=(
            Choice(label="Claim 7", says="claim 7"),
            Choice(label="Dossier of 7", says="dossier 7"),
        ),
        card="submission:7",
        replaces=f"<{'a' * 40}@example.org>",
    ),
    "marks": message(
        Paragraph(text='<b>Not bold</b> & "quoted"\n> no quotation\nFrom the start\n  indented'),
        Bullets(items=("*stars* and https://example.org/" + "a" * 90, "\u202eturned\u202c over")),
        Quotation(text="<script>alert(1)</script>", document="<i>", heading="&amp;"),
        choices=(Choice(label="<img src=x>", says='say "this" & that\n\u00e4+%'),),
    ),
    "missing": message(Paragraph(text="Here is what you asked for."), letter("old.pdf", 1)),
}


def shown(mail: EmailMessage) -> str:
    """What stands above the words, and the plain twin, line by line as it travels."""
    names = [name for name in mail if not name.startswith(("MIME", "Content", "X-"))]
    head = "\n".join(f"{name}: {mail[name]}" for name in names)
    part = mail.get_body(("plain",))
    assert part is not None
    words = str(part.get_content()).replace("\r\n", "\n")
    return f"{head}\n\n{words}".replace(" \n", " \u00b7\n")


def links(mail: EmailMessage) -> list[str]:
    """Where the links of its page lead."""
    return [str(one.get("href", "")) for one in html.fromstring(twin(mail, "html")).iter("a")]


@pytest.mark.parametrize("name", GOLDEN)
@pytest.mark.parametrize(("form", "of"), [("txt", shown), ("html", lambda m: twin(m, "html"))])
def test_a_mail_reads_as_it_is_kept_here(
    name: str, form: str, of: Callable[[EmailMessage], str], request: pytest.FixtureRequest
) -> None:
    path = FOLDER / f"{name}.{form}"
    told = of(mailed(composer(NONE).composed(GOLDEN[name])))

    if request.config.getoption("--update-transcripts"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(told, encoding="utf-8")
    else:
        assert path.read_text(encoding="utf-8") == told


def test_words_pictures_and_files_stand_where_programs_look_for_them(tmp_path: Path) -> None:
    files, path = FolderFileStore(tmp_path / "files"), tmp_path / "a.pdf"
    path.write_bytes(b"%PDF")
    file = Download(name="a.pdf", media_type="application/pdf", size=4, sha256=files.put(path))

    mail = mailed(composer(files).composed(message(Paragraph(text="Hi."), CHART, file)))

    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related",
        "text/html", "image/png", "application/pdf",
    ]  # fmt: skip
    assert not any(part.defects for part in mail.walk())


def test_nothing_is_fetched_from_elsewhere_and_no_words_become_marks() -> None:
    for sent in GOLDEN.values():
        page = html.fromstring(twin(mailed(composer(NONE).composed(sent)), "html"))
        sources = [str(one.get("src", "cid:")) for one in page.iter()]
        assert all(source.startswith("cid:") for source in sources)
        assert not list(page.iter("script", "i", "b", "link", "iframe", "form"))


def test_a_button_begins_a_mail_that_says_its_words_at_the_reply_address() -> None:
    mail = mailed(composer(NONE).composed(GOLDEN["marks"]))

    (href,) = [href for href in links(mail) if href.startswith("mailto:")]
    parts = urlsplit(href)
    asked = parse_qs(parts.query, strict_parsing=True)

    assert parts.path == mail["Reply-To"] == f"carrel+{replied(mail['Message-ID'])}@example.org"
    assert asked["body"] == ['say "this" & that\r\n\u00e4+%']
    assert asked["subject"] == [f"Re: {mail['Subject']}"]
    assert "%0D%0A" in parts.query
    assert "+" not in parts.query


def test_choices_are_words_to_say_elsewhere_where_nobody_reads_what_is_answered() -> None:
    mail = mailed(composer(NONE, hears=False).composed(GOLDEN["offer"]))

    assert "you can say:\n\n- accept offer 2" in twin(mail)
    assert "Reply with a number" not in twin(mail)
    assert links(mail) == []


def test_a_chart_that_comes_back_in_a_quote_is_no_file_of_the_persons() -> None:
    sent = composer(NONE).composed(GOLDEN["progress"]).handed.data
    renamed = sent.replace(b"progress.png", b"part1.png").replace(
        b"Content-ID: <1.", b"Content-ID: <x"
    )

    assert b"image/png" in renamed
    assert read_mail(renamed).enclosed == ()


@given(st.lists(st.text() | st.sampled_from(["> a", "From b", " c", "-- ", "x " * 80, ".", ".."])))
def test_lines_are_short_and_whole_again_once_they_are_joined(lines: list[str]) -> None:
    text = "\n".join(lines)
    part = mailed(composer(NONE).composed(message(Paragraph(text=text)))).get_body(("plain",))
    assert part is not None
    told = str(part.get_content()).replace("\r\n", "\n")

    assert all(len(line) <= WIDTH or " " not in line.strip() for line in told.split("\n"))
    assert " ".join(unfolded(told).split()).replace(" >", ">") or not plain(text).split()
    assert "".join(told.split()).replace(">", "") == "".join(plain(text).split()).replace(">", "")


def test_a_subject_never_ends_in_the_middle_of_a_time() -> None:
    text = (
        "Ada Reyes (ada@example.org) shares Technology with you until 23 December 2026 at 23:59 "
        "(America/Chicago)"
    )

    mail = mailed(composer(NONE).composed(message(Paragraph(text=text))))

    assert mail["Subject"] == "Ada Reyes (ada@example.org) shares Technology with you"
