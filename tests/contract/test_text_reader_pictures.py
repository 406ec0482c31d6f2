"""Photos and scans are read, however they lie."""

from __future__ import annotations

import shutil

import pytest

from bot.ports import TextReader
from storage.reading.limits import Limits
from storage.reading.reader import LocalTextReader
from tests import samples, samples_pictures
from tests.sentences import SECOND, SENTENCE
from tests.uploads import Build, read, refusal

pytestmark = pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs tesseract-ocr")


@pytest.fixture(scope="module")
def reader() -> TextReader:
    """The reader with its ordinary limits."""
    return LocalTextReader()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "GIF", "BMP"])
def test_pictures_of_every_kind_are_read(reader: TextReader, kind: str) -> None:
    reading = read(reader, samples_pictures.photo(kind))

    assert SENTENCE in reading.text
    assert reading.ocr


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_photos_that_lie_on_their_side_are_read(reader: TextReader, turned: int) -> None:
    assert SENTENCE in read(reader, samples_pictures.photo(turned=turned)).text


@pytest.mark.parametrize("build", [samples_pictures.sideways_jpg, samples_pictures.heic])
def test_photos_of_telephones_are_read(reader: TextReader, build: Build) -> None:
    assert SENTENCE in read(reader, build()).text


def test_a_photo_without_text_is_an_empty_reading_with_a_note(reader: TextReader) -> None:
    reading = read(reader, samples_pictures.scenery())

    assert reading.text == ""
    assert "no text was found" in reading.note


def test_scanned_pages_are_read_beside_typed_ones(reader: TextReader) -> None:
    pages = read(reader, samples.mixed_pdf()).pages

    assert [SENTENCE in pages[0].text, SECOND in pages[1].text] == [True, True]
    assert pages[2].text == ""


def test_a_bounded_number_of_scanned_pages_is_read() -> None:
    reading = read(LocalTextReader(Limits(scanned_pages=1)), samples.scanned_pdf("one", "two"))

    assert reading.note == "only the first 1 of 2 scanned pages were read"


def test_a_language_that_is_not_installed_is_said() -> None:
    error = refusal(LocalTextReader(languages="tlh"), samples_pictures.photo())

    assert error.keep
    assert "tesseract" in error.advice
