"""The contract of `TextReader`: a reading or a refusal, for any bytes, within limits."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.files import Reading
from bot.errors import Refusal, Unreadable
from bot.ports import TextReader
from storage.reading.limits import MEBIBYTE, Limits
from storage.reading.reader import LocalTextReader
from tests import samples, samples_archives, samples_binaries, samples_pictures
from tests.sentences import ACCENTS, SECOND, SENTENCE
from tests.uploads import Build, read, refusal

READABLE: tuple[tuple[Build, tuple[str, ...]], ...] = (
    (samples.pdf, (SENTENCE, SECOND)),
    (samples.restricted_pdf, (SENTENCE,)),
    (samples.filled_form, ("Application", "Ada Byron of the harbour")),
    (samples.docx, (SENTENCE, ACCENTS, "Herring")),
    (samples.pptx, (SENTENCE, "Herring", "Say this about the gulls")),
    (samples.xlsx, (SENTENCE, "41.5", "Remarks")),
    (samples.odt, (SENTENCE, ACCENTS)),
    (samples.rtf, (SENTENCE, "Café bold € end.")),
    (samples.html, (SENTENCE, ACCENTS, "Harbour & sea", "Gull")),
    (samples.svg, (SENTENCE,)),
    (samples.plain, (SENTENCE, ACCENTS)),
    (samples.csv, ("Marie,herring",)),
    (samples.markdown, ("# Harbour", SENTENCE)),
    (samples.eml, ("Proof of the café course", SENTENCE, "proof é.pdf")),
)


REFUSED: tuple[tuple[Build, Refusal, bool], ...] = (
    (bytes, Refusal.EMPTY, False),
    (samples_binaries.exe, Refusal.EXECUTABLE, False),
    (samples_binaries.installer, Refusal.EXECUTABLE, False),
    (samples.encrypted_pdf, Refusal.LOCKED, False),
    (samples_binaries.encrypted_office, Refusal.LOCKED, False),
    (samples.damaged_pdf, Refusal.DAMAGED, False),
    (samples_pictures.huge_picture, Refusal.TOO_LARGE, False),
    (samples_archives.zip_archive, Refusal.BAD_ARCHIVE, False),
    (samples_archives.bomb, Refusal.BAD_ARCHIVE, False),
    (samples_binaries.sound, Refusal.UNREADABLE, True),
    (samples_binaries.noise, Refusal.UNREADABLE, True),
)


@pytest.fixture(scope="module")
def reader() -> TextReader:
    """The reader with its ordinary limits."""
    return LocalTextReader()


@pytest.mark.parametrize(("build", "phrases"), READABLE, ids=[b.__name__ for b, _ in READABLE])
def test_text_is_read(reader: TextReader, build: Build, phrases: tuple[str, ...]) -> None:
    reading = read(reader, build())

    assert [phrase for phrase in phrases if phrase not in reading.text] == []
    assert not reading.ocr


@pytest.mark.parametrize(
    ("build", "reason", "keep"), REFUSED, ids=[b.__name__ for b, *_ in REFUSED]
)
def test_refusals_are_named(reader: TextReader, build: Build, reason: Refusal, keep: bool) -> None:
    error = refusal(reader, build())

    assert (error.reason, error.keep) == (reason, keep)


def test_pages_are_numbered_from_one(reader: TextReader) -> None:
    pages = read(reader, samples.pdf()).pages

    assert [page.number for page in pages] == [1, 2]
    assert SECOND in pages[1].text


def test_slides_are_pages(reader: TextReader) -> None:
    pages = read(reader, samples.pptx()).pages

    assert SECOND not in pages[0].text
    assert SECOND in pages[1].text


@pytest.mark.parametrize("build", [samples.pdf, samples.docx, samples.html, samples.eml])
def test_titles_are_read(reader: TextReader, build: Build) -> None:
    assert read(reader, build()).title.startswith(("Harbour", "Proof"))


def test_names_do_not_decide(reader: TextReader) -> None:
    assert refusal(reader, samples_binaries.exe(), name="paper.pdf").reason is Refusal.EXECUTABLE
    assert read(reader, samples.html(), name="photo.jpg").media_type == "text/html"
    assert "wordprocessingml" in read(reader, samples.docx(), name="").media_type


def test_advice_is_a_sentence_about_the_file(reader: TextReader) -> None:
    advice = refusal(reader, samples.encrypted_pdf(), name="../my\nproof.pdf").advice

    assert advice.startswith("myproof.pdf is locked with a password.")
    assert "Remove the password" in advice


def test_nothing_in_a_page_or_drawing_is_run_or_fetched(reader: TextReader) -> None:
    texts = [read(reader, build()).text for build in (samples.html, samples.svg)]

    assert not any("script ran" in text or "root:" in text for text in texts)


def test_a_document_that_unpacks_to_too_much_is_refused() -> None:
    reader = LocalTextReader(Limits(unpacked_bytes=10 * MEBIBYTE))

    assert refusal(reader, samples_archives.office_bomb()).reason is Refusal.BAD_ARCHIVE


def test_a_file_over_the_limit_is_refused() -> None:
    error = refusal(LocalTextReader(Limits(file_bytes=MEBIBYTE)), bytes(MEBIBYTE + 1))

    assert error.reason is Refusal.TOO_LARGE
    assert "1 MB" in error.advice


def test_only_the_pages_allowed_are_read() -> None:
    reading = read(LocalTextReader(Limits(pages=2)), samples.pdf("one", "two", "three"))

    assert [page.text for page in reading.pages] == ["one", "two"]
    assert reading.note == "only the first 2 of 3 pages were read"


@pytest.mark.parametrize("build", [samples.pdf, samples.docx, samples.plain, samples.html])
def test_only_the_characters_allowed_are_kept(build: Build) -> None:
    reading = read(LocalTextReader(Limits(characters=30)), build())

    assert 0 < len(reading.text) <= 30 + len(reading.pages)
    assert "only the" in reading.note


@pytest.mark.parametrize(
    "path",
    ["/no/such/file", "/", "/dev/zero", "with a \0 inside"],
    ids=["none", "folder", "device", "nul"],
)
def test_what_is_no_file_is_unreadable(reader: TextReader, path: str) -> None:
    with pytest.raises(Unreadable):
        reader.read(Path(path), name="file")


WHOLE: tuple[Build, ...] = (
    samples.pdf,
    samples.docx,
    samples.xlsx,
    samples.odt,
    samples.rtf,
    samples.svg,
    samples.eml,
    samples_binaries.encrypted_office,
    samples_binaries.old_word,
)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.sampled_from(WHOLE), st.integers(min_value=0), st.binary(max_size=40), st.booleans())
def test_any_damage_gives_a_reading_or_a_refusal(
    build: Build, place: int, junk: bytes, cut: bool
) -> None:
    whole = build()
    start = place % len(whole)
    broken = whole[:start] + junk + (b"" if cut else whole[start + len(junk) :])
    try:
        outcome: Reading | Unreadable = read(LocalTextReader(), broken)
    except Unreadable as error:
        outcome = error

    assert isinstance(outcome, Reading | Unreadable)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(st.binary(min_size=1, max_size=200))
def test_any_bytes_give_a_reading_or_a_refusal(data: bytes) -> None:
    try:
        outcome: Reading | Unreadable = read(LocalTextReader(), data)
    except Unreadable as error:
        outcome = error

    assert isinstance(outcome, Reading | Unreadable)
