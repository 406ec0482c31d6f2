"""Text that others sent cannot turn a screen over, and stays what it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text import plain, plain_name


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("\x1b[31mred\x1b]0;title\x07", "[31mred]0;title"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("half \ud83d a character", "half  a character"),
        ("a\tb\n", "a\tb\n"),
        ("\U0001f468\u200d\U0001f469 na\u200cme", "\U0001f468\u200d\U0001f469 na\u200cme"),
    ],
)
def test_only_what_misleads_goes(sent: str, kept: str) -> None:
    assert plain(sent) == kept


@given(st.text())
def test_twice_is_once_and_letters_stay(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert "".join(filter(str.isalnum, plain(text))) == "".join(filter(str.isalnum, text))


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\letters\\mine.pdf", "mine.pdf"),
        ("a\nb\x00.txt", "a b.txt"),
        ("\u202e", "file"),
        ("", "file"),
    ],
)
def test_a_name_is_one_line_without_folders(sent: str, kept: str) -> None:
    assert plain_name(sent) == kept
