"""What every letter press promises: the same bytes for the same letter, and nothing lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from bot.domain.letter import Letter
from bot.errors import CarrelError
from bot.ports import LetterPress
from channels.lettering import DEJAVU
from storage.papers.arabic import as_drawn
from storage.papers.letters import PdfLetterPress

LETTER = Letter(
    sender="Guild Certificate",
    title="Guild letter: Bread Baking",
    paragraphs=("Dear Zoë,", "Your bread of 3 May 2031 was found good."),
    signed=("Clerk of the Guild", "The Guild"),
)


@pytest.fixture
def press() -> LetterPress:
    """A press."""
    return PdfLetterPress(DEJAVU)


def text(path: Path) -> str:
    """All that stands in a PDF, in the order in which it is read."""
    with pypdfium2.PdfDocument(path) as document:
        return " ".join(page.get_textpage().get_text_range() for page in document)


def test_everything_in_the_letter_is_on_the_page(press: LetterPress, tmp_path: Path) -> None:
    press.press(LETTER, tmp_path / "a.pdf")

    found = " ".join(text(tmp_path / "a.pdf").split())
    for part in (LETTER.sender, LETTER.title, *LETTER.paragraphs, *LETTER.signed):
        assert part in found


def test_the_same_letter_is_the_same_bytes(press: LetterPress, tmp_path: Path) -> None:
    press.press(LETTER, tmp_path / "a.pdf")
    press.press(replace(LETTER, title="Another"), tmp_path / "b.pdf")
    PdfLetterPress(DEJAVU).press(LETTER, tmp_path / "c.pdf")

    first, other, again = ((tmp_path / f"{name}.pdf").read_bytes() for name in "abc")
    assert first == again != other


def test_threads_may_share_a_press(press: LetterPress, tmp_path: Path) -> None:
    letters = [replace(LETTER, title=f"Letter {n}") for n in range(8)]
    paths = [tmp_path / f"{n}.pdf" for n in range(8)]

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(press.press, letters, paths))

    for letter, path in zip(letters, paths, strict=True):
        assert letter.title in text(path)


@pytest.mark.parametrize(
    "name",
    ["Łukasz Ångström", "Ωμέγα", "Анна Ёлкина", "שלום לוי", "محمد عبد الله", "山田 太郎", "김민수"],
)
def test_names_of_many_scripts_are_printed(press: LetterPress, tmp_path: Path, name: str) -> None:
    press.press(replace(LETTER, paragraphs=(f"Dear {name} and all",)), tmp_path / "a.pdf")

    found = text(tmp_path / "a.pdf")
    assert all(word in found for word in name.split())


def test_a_letter_that_no_font_has_leaves_a_square(press: LetterPress, tmp_path: Path) -> None:
    press.press(replace(LETTER, paragraphs=("Dear \u1200\u1208,",)), tmp_path / "a.pdf")

    assert "Dear \u25a1\u25a1," in text(tmp_path / "a.pdf")


def test_a_long_letter_loses_nothing(press: LetterPress, tmp_path: Path) -> None:
    words = [f"word{n}" for n in range(3000)]
    press.press(replace(LETTER, paragraphs=(" ".join(words), "x" * 500)), tmp_path / "a.pdf")

    found = text(tmp_path / "a.pdf")
    assert [word for word in found.split() if word.startswith("word")] == words
    assert found.count("x") >= 500
    assert LETTER.signed[-1] in found


def test_a_press_that_cannot_print_says_what_to_do(press: LetterPress, tmp_path: Path) -> None:
    with pytest.raises(CarrelError, match="may be written"):
        press.press(LETTER, tmp_path / "nowhere" / "a.pdf")
    with pytest.raises(CarrelError, match="install Carrel again"):
        PdfLetterPress(tmp_path / "gone.ttf").press(LETTER, tmp_path / "a.pdf")


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("Dear Zoë (42),", "Dear Zoë (42),"),
        ("Dear אבג,", "Dear גבא,"),
        ("Dear אב 12 גד and הו", "Dear דג 12 בא and וה"),
        ("א(ב)ג", "ג(ב)א"),
        ("בּ", "בּ"),
        ("Dear ببب,", "Dear \ufe90\ufe92\ufe91,"),  # final, middle and first form
        ("لا", "\ufefb"),  # two letters that are written as one
        ("دب", "\ufe8f\ufea9"),  # the first joins nothing that follows it
        ("", ""),
    ],
)
def test_right_to_left_words_are_drawn_turned_and_joined(written: str, drawn: str) -> None:
    assert as_drawn(written) == drawn
