"""What stands above a mail's words: nothing that anybody writes can become a line of its own."""

from __future__ import annotations

from email.headerregistry import AddressHeader
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.filenames import printable
from bot.domain.messages import (
    Address,
    Bullets,
    Download,
    OutboundMessage,
    Paragraph,
    Quotation,
    Reply,
)
from bot.domain.text import plain_name
from channels.email.sending import headers, mime
from channels.email.sending.addresses import MailAddress
from channels.email.sending.subject import first_sentence, subject_of
from storage.files import FolderFileStore
from tests.mailing import ADA, composer, mailed, message, read
from tests.tags import replied, returned

ALWAYS = {
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted",
    "X-Auto-Response-Suppress", "MIME-Version", "Content-Type",
}  # fmt: skip
NASTY = st.text() | st.sampled_from(
    ["a\r\nBcc: eve@example.org", "a\rb", "a\n\nb", '"; x="', "=?utf-8?b?QUJD?=", "\u2028x", "..\\"]
)
FEW = FolderFileStore(Path("nowhere"))


def about(text: str) -> OutboundMessage:
    """A message of these words."""
    return message(Paragraph(text=text))


def lines_of(data: bytes) -> list[bytes]:
    """The lines of a mail, none of which may be long or hold half an end of a line."""
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    return data.split(b"\r\n")


def test_a_mail_says_whose_it_is_what_about_and_that_no_person_wrote_it() -> None:
    mail = mailed(composer(FEW).composed(about("Submission 3 was approved. It took 12 days.")))

    assert (mail["From"], mail["To"]) == ("Carrel <carrel@example.org>", "ada@example.org")
    assert mail["Reply-To"] == f"carrel+{replied(mail['Message-ID'])}@example.org"
    assert mail["Subject"] == "Submission 3 was approved"
    assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == ("auto-generated", "All")
    assert mail["Date"] == "Sat, 21 Nov 2026 12:00:00 +0000"
    assert "Precedence" not in mail
    assert set(mail.keys()) == ALWAYS


def test_what_answers_a_mail_says_so_and_stands_below_it() -> None:
    ids = [f"<{number}@example.net>" for number in range(30)]
    thread = " ".join([*ids, "no id", "<two\r\nBcc: x>"])
    answer = message(key="email:7:1", thread=thread, subject="Re: re[2]: My letter")

    mail = mailed(composer(FEW).composed(answer))

    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["In-Reply-To"] == ids[-1]
    assert mail["References"].split() == [ids[0], *ids[-19:]]
    assert mail["Subject"] == "Re: My letter"


def test_newer_cards_stand_in_one_thread_and_are_answered_at_an_address_of_nobodys() -> None:
    first = composer(FEW).composed(message(card="submission:7", key="a"))
    newer = composer(FEW).composed(message(card="submission:7", key="b", replaces=first.id))
    other = composer(FEW).composed(message(card="submission:8", key="c"))

    root = mailed(first)["References"]
    assert mailed(newer)["In-Reply-To"] == first.id
    assert mailed(newer)["References"].split() == [root, first.id]
    assert mailed(newer)["Subject"] == mailed(first)["Subject"]
    assert mailed(other)["References"] != root
    assert mailed(newer)["Reply-To"] == "carrel@example.org"


def test_a_repeat_has_the_same_id_and_bytes_and_another_message_another() -> None:
    keys = ("k", "k", "j")
    first, again, other = (composer(FEW).composed(message(key=key)) for key in keys)

    assert first == again
    assert first.id != other.id
    assert first.id.endswith("@example.org>")
    assert str(first.handed.returns) == f"carrel+{returned(first.id)}@example.org"


def test_what_several_read_and_what_nobody_hears_have_no_reply_address_of_their_own() -> None:
    card = composer(FEW).composed(message(card="question:1"))
    unheard = composer(FEW, hears=False).composed(message())

    assert mailed(card)["Reply-To"] == "carrel@example.org"
    assert "Reply-To" not in mailed(unheard)


def test_where_nobody_reads_what_comes_back_it_goes_to_the_accounts_own_address() -> None:
    # Many a server takes no other sender from an account, and the tag would serve nobody.
    unheard = composer(FEW, hears=False).composed(message())

    assert str(unheard.handed.returns) == "carrel@example.org"


@pytest.mark.parametrize(("thread", "said"), [("<q@example.org>", "replied"), ("", "generated")])
def test_only_what_stands_below_somebodys_mail_calls_itself_an_answer(
    thread: str, said: str
) -> None:
    for key in ("email:1:1", "regained:email:1", "notice:1"):
        mail = mailed(composer(FEW).composed(message(key=key, thread=thread)))
        assert mail["Auto-Submitted"] == f"auto-{said}"


def test_a_notice_tells_how_it_is_declined_and_what_is_due_does_not() -> None:
    notice = mailed(composer(FEW).composed(message(kind="comments")))
    plain = mailed(composer(FEW, public_url="").composed(message(kind="comments")))
    by_web = mailed(composer(FEW, hears=False).composed(message(kind="comments")))
    due = mailed(composer(FEW).composed(message()))

    own = f"carrel+{replied(notice['Message-ID'])}@example.org"
    mail_way = f"<mailto:{own}?subject=unsubscribe%20comments>"
    web_way = "<https://carrel.example.org/mail/unsubscribe/no-comments-ada>"
    assert notice["List-Unsubscribe"].split() == [f"{web_way},", mail_way]
    assert notice["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert plain["List-Unsubscribe"] == mail_way
    assert by_web["List-Unsubscribe"] == web_way
    assert "List-Unsubscribe-Post" not in plain
    assert "List-Unsubscribe" not in due


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("One. Two.", "One"),
        ("Is it\r\nBcc: eve@example.org so? Yes.", "Is it Bcc: eve@example.org so?"),
        ("Zo\u00eb\u2019s file is here!", "Zo\u00eb\u2019s file is here!"),
        ("word " * 40, "word " * 12 + "word..."),
        ("x" * 100, "x" * 66 + "..."),
        (" \n ", "A message from Carrel"),
        (
            "An address on Slack was connected on 21 November 2026 at 05:11 (America/Chicago), and "
            "what I tell you goes there now.",
            "An address on Slack was connected on 21 November 2026 at 05:11",
        ),
        (
            "Question 5 from Ada: \u201cHow many of the electives do I choose by the end?\u201d",
            "Question 5 from Ada",
        ),
        (
            "Submission 3 of Ana\u00efs Fern\u00e1ndez was approved by Ren\u00e9 and by Zo\u00eb",
            "Submission 3 of Ana\u00efs Fern\u00e1ndez was approved by Ren\u00e9 and by Zo\u00eb",
        ),
    ],
)
def test_the_subject_is_the_first_sentence_or_its_whole_clauses(text: str, subject: str) -> None:
    assert mailed(composer(FEW).composed(about(text)))["Subject"] == subject


def test_a_list_without_words_before_it_gives_its_first_line() -> None:
    listed = Reply(blocks=(Bullets(items=("First line", "second")),))
    assert first_sentence(listed) == "First line"


def test_a_quotation_alone_is_told_by_its_heading() -> None:
    quoted = Quotation(text="Ten days.", document="Handbook", heading="Appeals at a glance")
    assert first_sentence(Reply(blocks=(quoted,))) == "Appeals at a glance"


@given(text=NASTY, name=NASTY, subject=NASTY, thread=NASTY)
def test_no_words_can_become_a_header(text: str, name: str, subject: str, thread: str) -> None:
    said = message(Paragraph(text=text), subject=subject, thread=thread)
    told = composer(FEW).composed(said)
    part = mime.file("text/plain", b"x", name=plain_name(name))

    lines = lines_of(told.handed.data) + lines_of(part)

    assert max(len(line) for line in lines) < 200
    assert set(mailed(told).keys()) <= ALWAYS | {"In-Reply-To", "References"}
    assert " ".join(str(mailed(told)["Subject"]).split()) == " ".join(subject_of(said).split())


@given(NASTY)
def test_a_name_of_anybodys_is_read_as_it_is_and_hides_no_address(name: str) -> None:
    told = headers.address(MailAddress(user="carrel", domain="example.org", name=printable(name)))

    (line, *_) = [read(headers.line("From", told) + b"\r\n")["From"]]

    assert isinstance(line, AddressHeader)
    assert [one.addr_spec for one in line.addresses] == ["carrel@example.org"]


@given(NASTY)
def test_a_files_name_is_read_as_it_is(name: str) -> None:
    told = plain_name(name)
    assume(told[0] not in '"<')  # what stands between these the library that reads takes off
    part = read(mime.file("application/pdf", b"%PDF", name=told))

    assert part.get_content_disposition() == "attachment"
    assert part.get_content() == b"%PDF"
    assert " ".join((part.get_filename() or "").split()) == " ".join(
        told.encode(errors="replace").decode().split()
    )


@pytest.mark.parametrize(
    "kind", ["message/rfc822", "multipart/mixed", "a", "text/html\r\nX: y", ""]
)
def test_a_kind_of_file_that_mail_takes_apart_is_not_named(kind: str) -> None:
    assert read(mime.file(kind, b"x", name="a")).get_content_type() == "application/octet-stream"


def test_a_download_keeps_its_name_whatever_is_in_it(tmp_path: Path) -> None:
    files, path = FolderFileStore(tmp_path / "files"), tmp_path / "x"
    path.write_bytes(b"x")
    name = 'a/b\r\n"\u00e4%\u4e2d' + "\u6587" * 60 + ".pdf"
    file = Download(name=name, media_type="application/pdf", size=1, sha256=files.put(path))

    (found,) = mailed(composer(files).composed(message(file, to=ADA))).iter_attachments()

    assert found.get_filename() == plain_name(name)


def test_the_address_is_that_of_the_message() -> None:
    to = Address(channel="email", value="o'neil.x+y@example.org")
    assert mailed(composer(FEW).composed(message(to=to)))["To"] == to.value
