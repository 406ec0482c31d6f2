"""What a typed line means."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.console.wire import Typed, read_line


@pytest.mark.parametrize(
    ("line", "text", "path"),
    [
        ("  hello \n", "hello", ""),
        ("file notes.pdf", "", "notes.pdf"),
        ("FILE notes.pdf  for SOIL-2 ", "for SOIL-2", "notes.pdf"),
        ('file "my notes.pdf" for SOIL-2', "for SOIL-2", "my notes.pdf"),
        (r"file my\ notes.pdf maybe", "maybe", "my notes.pdf"),
        ("file notes.pdf it's mine", "it's mine", "notes.pdf"),
        ("file 'never closed.pdf for it", "closed.pdf for it", "never"),
        ("file a#b.pdf", "", "a#b.pdf"),
        ("file", "file", ""),
        ("files", "files", ""),
        ("file 3 to SOIL-2", "file 3 to SOIL-2", ""),
        ("file #3 under SOIL-2", "file #3 under SOIL-2", ""),
        ("file notice 12", "file notice 12", ""),
        ("File my notice of intent 12 ", "File my notice of intent 12", ""),
        ("file notice.pdf for 12", "for 12", "notice.pdf"),
        ("file 3.pdf to SOIL-2", "to SOIL-2", "3.pdf"),
        ("", "", ""),
    ],
)
def test_a_line_is_words_or_a_file_with_a_caption(line: str, text: str, path: str) -> None:
    assert read_line(line) == Typed(text=text, path=path)


@given(st.text())
def test_any_line_can_be_read(line: str) -> None:
    assert read_line(line).text is not None


@given(
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1), st.text("abc", max_size=5)
)
def test_a_quoted_path_comes_through(path: str, caption: str) -> None:
    typed = read_line(f"file {shlex.quote('x/' + path + ' 1')} {caption}")

    assert typed == Typed(text=caption, path=f"x/{path} 1")
