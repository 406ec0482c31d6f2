"""Documents as they are written, and what is said when one does not fit."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.knowledge import Passage
from bot.domain.program import Era
from bot.knowledge.documents import Fault, read_document

ERAS = {"old": Era(id="old", label="about 1990", since="1990")}
FRONT = ("---", "title: Ovens", "era: old", "stated: 1999", "0: 0b_", "a: b: c", "[", "\t", "")
KEYS = ("asked: how", "era: never", "valid_to: 2001-13-01", "valid_to: soon", "tells: no", "c: red")
BODY = ("## Heat", "# ", "```", "Some text.", "- item", "now: x#y", "matter: m", "", "---")
LINES = st.lists(st.sampled_from((*FRONT, *KEYS, *BODY)), max_size=14).map("\n".join)


def read(text: str) -> tuple[tuple[Passage, ...], tuple[Fault, ...]]:
    return read_document(text, file="rules/ovens.md", eras=ERAS)


def sound(text: str) -> tuple[Passage, ...]:
    passages, faults = read(text)
    assert faults == ()
    return passages


def test_a_passage_carries_everything_written_about_it() -> None:
    (passage,) = sound(
        "---\ntitle: Oven rules\nera: old\nsource: a book\n---\n\n## Heat ##\n"
        'asked: how hot\nasked: which degrees\nstated: "1999"\nmatter: heat\n'
        "valid_to: 2001-12-31\nnow: ovens#New\ntells: no\ncomputes: files\n\nVery hot. Mind it.\n"
    )

    assert passage == Passage(
        id="ovens#Heat",
        document="Oven rules",
        file="rules/ovens.md",
        heading="Heat",
        units=("Very hot.", "Mind it."),
        asked=("how hot", "which degrees"),
        dated="1999",
        since="1999",
        valid_to=date(2001, 12, 31),
        now="ovens#New",
        matter="heat",
        tells=False,
        computes="files",
        line=7,
    )


def test_the_documents_era_dates_its_passages() -> None:
    (passage,) = sound("---\ntitle: Ovens\nera: old\nmatter:\n---\n# Heat\n\nHot.")

    assert (passage.dated, passage.since, passage.matter) == ("about 1990", "1990", "")


@pytest.mark.parametrize(
    ("text", "title", "heading"),
    [
        ("Just words.", "ovens", "ovens"),
        ("# Heat\nHot.", "Heat", "Heat"),
        ("Before.\n\n## Heat", "Heat", "Heat"),
        ("", "", ""),
    ],
)
def test_plain_text_is_named_by_its_first_heading_or_its_file(
    text: str, title: str, heading: str
) -> None:
    found = [(p.document, p.heading) for p in sound(text)]

    assert found == ([(title, heading)] if title else [])


def test_key_lines_of_plain_text_are_text() -> None:
    (passage,) = sound("# Heat\nasked: how hot")

    assert passage.units == ("asked: how hot",)
    assert passage.asked == ()


def test_a_heading_inside_code_is_no_heading() -> None:
    (passage,) = sound("# Heat\n```\n# turn the knob\n```\nDone.")

    assert "# turn the knob" in passage.units


@pytest.mark.parametrize(
    ("text", "line", "remedy"),
    [
        ("---\ntitle: Ovens\n\n# Heat\n\nHot.", 1, "add a line ---"),
        ("---\ntitle: Ovens\nera: [\n---\n# Heat\n\nHot.", 3, "front matter is not YAML"),
        ("---\ntitle: Ovens\nstated: 1999-13-01\n---\n# Heat\n\nHot.", 3, "not YAML"),
        ("---\ntitle: \x00\n---\n# Heat\n\nHot.", 2, "front matter is not YAML"),
        ("---\n- Ovens\n---\n# Heat\n\nHot.", 2, "must be `key: value` lines"),
        ("---\ntitle: Ovens\ncolour: red\n---\n# Heat\n\nHot.", 3, "use one of title, source"),
        ("---\ntitle: Ovens\n---\n# Heat\nasked: x\ncolor: red\n\nHot.", 6, "leave a blank line"),
        ("---\ntitle: Ovens\n---\n# Heat\n\n# Cold\n\nIce.", 4, "write its answer or remove it"),
        ("---\ntitle: Ovens\n---\n# Heat\nera: never\n\nHot.", 4, "use one of old"),
        ("---\ntitle: Ovens\nvalid_to: soon\n---\n# A\n\nHot.\n\n# B\n\nIce.", 3, "as 2019-01-31"),
        ("---\ntitle: Ovens\n---\n# Heat\nvalid_to: soon\n\nHot.", 4, "write it as 2019-01-31"),
    ],
)
def test_a_fault_names_file_line_and_remedy(text: str, line: int, remedy: str) -> None:
    _, (fault,) = read(text)

    assert str(fault).startswith(f"rules/ovens.md:{line}: ")
    assert remedy in fault.what
    assert "\n" not in str(fault)


@given(st.one_of(st.text(), LINES, LINES.map("---\n{}".format)))
@example("---\na: 2001-99-99\n---\nx")
def test_any_text_is_a_document(text: str) -> None:
    passages, faults = read(text)

    assert all(p.units and p.heading for p in passages)
    assert all(1 <= fault.line <= text.count("\n") + 2 for fault in faults)


@given(st.one_of(st.text(), LINES))
def test_what_will_be_quoted_stands_in_the_document(text: str) -> None:
    passages, _ = read(text)

    assert all(unit in text for p in passages for unit in p.units)
