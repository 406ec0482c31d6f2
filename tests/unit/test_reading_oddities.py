"""Files that stand at the edge of their format, read without a child process."""

from __future__ import annotations

import io
import time
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from PIL import Image

from bot.domain.files import Reading
from bot.errors import Refusal, Unreadable
from storage.reading import archive, formats, mail, ocr, sniff
from storage.reading.limits import Limits
from storage.reading.source import Source
from tests import samples, samples_archives, samples_binaries, samples_pictures
from tests.sentences import SECOND, SENTENCE

JAR = samples.archive({"org/harbour/Gull.class": "x"})
KINDS = (
    (b"BM" + bytes(20), "image/bmp"),
    (b"BZh91AY&SY" + bytes(8), "application/x-bzip2"),
    (b"junk before\n%PDF-1.7\n1 0 obj", "application/pdf"),
    (b"<?xml version='1.0'?><catch>41</catch>", "text/xml"),
    (b"From ada\nFrom: a@x\nTo: b@x\nSubject: c\n folded\n\nbody", "message/rfc822"),
    (samples.archive({"Index/Document.iwa": "x"}), "application/vnd.apple.iwork"),
    (JAR, "application/x-executable"),
    (samples.archive({"[Content_Types].xml": "x", "other/a": "x"}), "application/zip"),
)
REFUSED = (
    (samples_archives.encrypted_zip(), Refusal.BAD_ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c" + bytes(20), Refusal.BAD_ARCHIVE),
    (samples.docx()[:900], Refusal.DAMAGED),
    (samples_binaries.encrypted_office(), Refusal.LOCKED),
    (samples_binaries.exe(), Refusal.EXECUTABLE),
    (samples_pictures.photo("PNG")[:20], Refusal.DAMAGED),
    (samples_pictures.photo("JPEG")[:2000], Refusal.DAMAGED),
)


def read(data: bytes, limits: Limits | None = None, *, seconds: float = 60) -> Reading:
    """What a child would read."""
    return formats.read(
        Source(
            data=data,
            media_type=sniff.media_type(data),
            limits=limits or Limits(),
            languages="eng",
            deadline=time.monotonic() + seconds,
        )
    )


def saved(message: EmailMessage) -> bytes:
    """A letter with the headers that tell it is one."""
    for name in ("From", "To"):
        message[name] = "ada@example.org"
    return message.as_bytes()


@pytest.mark.parametrize(("data", "expected"), KINDS, ids=[kind for _, kind in KINDS])
def test_rare_kinds_are_told_by_their_bytes(data: bytes, expected: str) -> None:
    assert sniff.media_type(data) == expected


@pytest.mark.parametrize(("data", "reason"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_read_is_refused_by_name(data: bytes, reason: Refusal) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data)

    assert caught.value.reason is reason


def test_xml_is_read_as_its_text() -> None:
    catch = b"<?xml version='1.0'?><a><b>Twelve</b> <![CDATA[gulls <waited>]]></a>"

    assert read(catch).text == "Twelve gulls <waited>"


def test_a_letter_inside_a_letter_is_read() -> None:
    inner, outer = EmailMessage(), EmailMessage()
    inner["Subject"], outer["Subject"] = "The lamp", "Forwarded"
    inner.set_content(SENTENCE)
    outer.set_content(SECOND)
    outer.add_attachment(inner)
    text = read(saved(outer)).text

    assert all(words in text for words in ("Forwarded", SECOND, "The lamp", SENTENCE))


def test_a_letter_of_html_alone_is_read() -> None:
    assert SENTENCE in read(samples.eml(html_only=True)).text


def test_a_letter_in_an_unknown_encoding_is_read_as_well_as_can_be() -> None:
    letter = f"From: a@x\nTo: b@x\nSubject: c\nContent-Type: text/plain; charset=gull\n\n{SENTENCE}"

    assert SENTENCE in read(letter.encode()).text


def test_an_open_document_with_a_password_is_locked() -> None:
    with zipfile.ZipFile(io.BytesIO(samples.odt())) as opened:
        members: dict[str, str | bytes] = {n: opened.read(n) for n in opened.namelist()}
    members["META-INF/manifest.xml"] = "<manifest:encryption-data/>"
    with pytest.raises(Unreadable) as caught:
        read(samples.archive(members))

    assert caught.value.reason is Refusal.LOCKED


def test_a_word_97_document_with_a_password_is_locked() -> None:
    old = samples_binaries.old_word().ljust(4096, b"\0")
    header = b"\xec\xa5" + bytes(9) + b"\x01"
    with pytest.raises(Unreadable) as caught:
        read(old[:2048] + header + old[2048 + len(header) :])

    assert caught.value.reason is Refusal.LOCKED


def test_an_office_document_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        read(samples.docx(), Limits(unpacked_bytes=100))

    assert caught.value.reason is Refusal.BAD_ARCHIVE


def test_a_long_pdf_is_read_until_there_are_letters_enough() -> None:
    reading = read(samples.pdf(*["gulls " * 12] * 9), Limits(characters=100))

    assert len(reading.text.replace("\n", "")) <= 100
    assert "only the beginning" in reading.note


@pytest.mark.skipif(not ocr.is_installed(), reason="needs tesseract-ocr")
def test_frames_of_a_fax_are_pages_and_a_bounded_number_is_read() -> None:
    first, *others = [samples_pictures.text_picture(text) for text in (SENTENCE, SECOND, SECOND)]
    made = io.BytesIO()
    first.save(made, "TIFF", save_all=True, append_images=others)
    reading = read(made.getvalue(), Limits(scanned_pages=2))

    assert [page.number for page in reading.pages] == [1, 2]
    assert SENTENCE in reading.pages[0].text
    assert "only the first 2 of 3" in reading.note


@pytest.mark.skipif(not ocr.is_installed(), reason="needs tesseract-ocr")
def test_writing_on_a_transparent_ground_and_small_pictures_are_read() -> None:
    written = samples_pictures.text_picture(SENTENCE)
    seen = Image.new("RGBA", written.size, (0, 0, 0, 0))
    seen.paste((0, 0, 0, 255), mask=written.convert("L").point(lambda light: 255 - light))
    made = io.BytesIO()
    seen.resize((900, 300)).save(made, "PNG")

    assert "lighthouse keeper" in read(made.getvalue()).text


def test_members_whose_sizes_are_a_lie_are_refused_one_by_one(tmp_path: Path) -> None:
    lying = bytearray(samples.archive({"a.txt": "gull " * 100, "b.txt": "lamp " * 100}))
    for place in _sizes(lying):
        lying[place : place + 4] = (1).to_bytes(4, "little")
    members = archive.unpack(bytes(lying), tmp_path, Limits())

    assert [bool(member.reason) for member in members] == [True, True]


def test_members_that_need_a_password_are_named(tmp_path: Path) -> None:
    (member,) = archive.unpack(samples_archives.encrypted_zip(), tmp_path, Limits())

    assert member.reason == Refusal.LOCKED
    assert member.advice.startswith("secret.txt is locked with a password")


def test_names_in_a_letter_are_told_even_when_one_is_broken() -> None:
    letter = (
        b"From: a@x\nTo: b@x\nSubject: =?gull?b?!!?=\nContent-Type: multipart/mixed; boundary=q\n\n"
        b"--q\nContent-Disposition: attachment; filename*=gull'x'%ff.pdf\n\nbytes\n--q--\n"
    )
    source = Source(
        data=letter, media_type=sniff.MAIL, limits=Limits(), languages="eng", deadline=0
    )

    assert "Attachment: " in mail.read(source).pages[0].text


def _sizes(data: bytearray) -> list[int]:
    """Where an archive's directory tells how large its members are."""
    places, start = [], 0
    while (found := data.find(b"PK\x01\x02", start)) >= 0:
        places.append(found + 24)
        start = found + 4
    return places
