"""Names from anywhere become names that every system can bear."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.filenames import file_name, folder_name, is_safe_path, printable

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT)
def test_any_name_becomes_a_safe_one_of_bearable_length(name: str) -> None:
    for safe in (file_name(name), folder_name(name)):
        assert is_safe_path(safe)
        assert len(safe) <= 81
        assert len(safe.encode()) <= 200
        assert not safe.endswith((".", " "))
        assert unicodedata.is_normalized("NFC", safe)


@given(ANY_TEXT)
def test_text_made_printable_has_one_line_and_no_control_marks(text: str) -> None:
    shown = printable(text)

    assert all(unicodedata.category(letter)[0] != "C" for letter in shown)
    assert shown == printable(shown)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Résumé.pdf", "Résumé.pdf"),
        ("Re\u0301sume\u0301.pdf", "Résumé.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"C:\fakepath\proof.pdf", "proof.pdf"),
        ("a<b>:c|d?.txt", "a-b--c-d-.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("two\nlines\x1b[31m.txt", "two lines[31m.txt"),
        ("CON.txt", "_CON.txt"),
        ("aux", "_aux"),
        ("...", "file"),
        ("", "file"),
        ("ends with dots...", "ends with dots"),
        ("a long end.that is no suffix", "a long end.that is no suffix"),
        ("x" * 300 + ".pdf", "x" * 76 + ".pdf"),
        ("😀" * 100 + ".pdf", "😀" * 44 + ".pdf"),
    ],
)
def test_file_names_keep_what_can_be_kept(name: str, safe: str) -> None:
    assert file_name(name) == safe


@pytest.mark.parametrize(
    ("title", "safe"),
    [
        ("BOA-1 Keeps the deck clean", "BOA-1 Keeps the deck clean"),
        ("boats/certificate Certificate, Boats", "boats-certificate Certificate, Boats"),
        ("BOA-2 " + "word " * 20, "BOA-2 " + "word " * 8 + "word"),
        ("BOA-2 wonders, " + "wonderful " * 5, "BOA-2 wonders, wonderful wonderful wonderful"),
        ("x" * 60, "x" * 50),
        ("con", "_con"),
        ("", "unnamed"),
    ],
)
def test_folders_are_cut_between_words(title: str, safe: str) -> None:
    assert folder_name(title) == safe


@pytest.mark.parametrize(
    "path",
    ["/a", "../a", "a/../b", "a//b", "a/", "a\\b", "C:a", "a\x00b", "a/ b", "", "./a", "a\u202eb"],
)
def test_paths_that_leave_their_folder_or_mean_different_things_are_unsafe(path: str) -> None:
    assert not is_safe_path(path)
