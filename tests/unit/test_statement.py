"""A statement's paragraphs: every change is a new version, and no version is ever lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.phases import Phase
from bot.domain.portfolio import Evidence, Filing, State
from bot.domain.rules import Route
from bot.domain.statement import (
    MOST_PARAGRAPHS,
    Draft,
    Paragraphs,
    StatementVersion,
    added,
    brought_back,
    cut,
    new_since,
    paragraphs_of,
    replaced,
)
from bot.errors import Refused
from bot.phrases import statement_views, stating
from channels.markup import plain_text
from handlers.paragraphs import is_question
from tests.clock import NOON
from tests.unit.garden import garden

GARDEN = garden()
SOIL = GARDEN.set("soil-care")

texts = st.text(max_size=80)
numbers = st.integers(min_value=-1, max_value=8)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), texts, st.just(0)),
        st.tuples(st.just("replace"), texts, numbers),
        st.tuples(st.just("cut"), st.just(""), numbers),
        st.tuples(st.just("back"), st.just(""), numbers),
    ),
    max_size=12,
)


def version(*paragraphs: str, number: int = 1) -> StatementVersion:
    return StatementVersion(
        person_id=1, set_id="soil-care", number=number, paragraphs=paragraphs, at=NOON
    )


def evidence(sha256: str, *, name: str = "sent.docx", number: int = 3) -> Evidence:
    return Evidence(
        id=number,
        number=number,
        person_id=1,
        name=name,
        media_type="text/plain",
        size=10,
        sha256=sha256,
        stored_at=datetime(2026, 1, 1, tzinfo=UTC),
        filing=Filing(state=State.FILED, sections=("soil-care/statement",)),
    )


def draft(
    *versions: StatementVersion,
    filed: tuple[Evidence, ...] = (),
    route: Route = Route.PORTFOLIO,
    phase: Phase = Phase.OPEN,
) -> Draft:
    asked = route is Route.PORTFOLIO
    return Draft(set=SOIL, route=route, asked=asked, phase=phase, versions=versions, filed=filed)


def taken(versions: list[StatementVersion], step: tuple[str, str, int]) -> Paragraphs:
    name, text, number = step
    there = versions[-1].paragraphs if versions else ()
    match name:
        case "add":
            return added(there, text)
        case "replace":
            return replaced(there, number, text)
        case "cut":
            return cut(there, number)
        case _:
            return brought_back(versions, number)


@given(steps)
def test_whatever_is_done_every_version_can_be_brought_back_exactly(
    done: list[tuple[str, str, int]],
) -> None:
    versions: list[StatementVersion] = []
    seen: list[Paragraphs] = []

    for step in done:
        try:
            paragraphs = taken(versions, step)
        except Refused:
            continue
        versions.append(version(*paragraphs, number=len(versions) + 1))
        seen.append(paragraphs)

    assert [v.number for v in versions] == list(range(1, len(versions) + 1))
    assert [brought_back(versions, v.number) for v in versions] == seen


@given(st.lists(texts.filter(str.strip), min_size=1, max_size=5))
def test_a_text_put_together_and_parted_again_is_the_same(said: list[str]) -> None:
    try:
        paragraphs = paragraphs_of("\n\n".join(said))
    except Refused:
        return

    assert paragraphs_of(version(*paragraphs).text) == paragraphs
    assert all(p.strip() == p and "\n\n" not in p for p in paragraphs)


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=6), st.integers(1, 6), texts)
def test_a_replaced_paragraph_leaves_its_neighbours_alone(
    there: list[str], number: int, text: str
) -> None:
    before = tuple(there)
    try:
        after = replaced(before, number, text)
    except Refused:
        return

    assert after[: number - 1] == before[: number - 1]
    assert after[len(after) - len(before) + number :] == before[number:]


def test_empty_lines_part_paragraphs_and_line_ends_of_all_kinds_count() -> None:
    said = "One\r\nstill one\r\n \t\r\nTwo\u2029Three\rstill three\n\n\n\nFour\x00\x07\ud800"

    assert paragraphs_of(said) == ("One\nstill one", "Two", "Three\nstill three", "Four")


@pytest.mark.parametrize("said", ["", " \n\t\n ", "\x00\x1b", "\u200b\u2060", "\ufeff"])
def test_what_shows_nothing_is_no_text(said: str) -> None:
    with pytest.raises(Refused, match="no text"):
        paragraphs_of(said)


def test_letters_that_need_joiners_keep_them() -> None:
    said = "\u0645\u06cc\u200c\u0631\u0648\u0645 \U0001f469\u200d\U0001f4bb"

    assert paragraphs_of(said) == (said,)


def test_a_statement_has_an_end() -> None:
    full = tuple(f"p{n}" for n in range(MOST_PARAGRAPHS))

    with pytest.raises(Refused, match="at most 200"):
        added(full, "one more")
    with pytest.raises(Refused, match="at most 200"):
        replaced(full, 7, "two\n\nfor one")
    assert len(replaced(full, 7, "one for one")) == MOST_PARAGRAPHS


def test_a_very_long_paragraph_is_one_paragraph() -> None:
    assert paragraphs_of("word " * 4000) == (("word " * 4000).strip(),)


@pytest.mark.parametrize("number", [0, -1, 3])
def test_a_paragraph_that_is_not_there_is_named_as_such(number: int) -> None:
    with pytest.raises(Refused, match=f"no paragraph {number}: the statement has 2 paragraphs"):
        cut(("a", "b"), number)
    with pytest.raises(Refused, match=f"no paragraph {number}"):
        replaced(("a", "b"), number, "c")


def test_a_version_that_is_not_there_is_named_as_such() -> None:
    with pytest.raises(Refused, match="no version 3: the newest is 1"):
        brought_back([version("a")], 3)
    with pytest.raises(Refused, match="no version 1: nothing was written yet"):
        brought_back([], 1)


def test_words_are_counted_over_all_paragraphs() -> None:
    assert version("one two", "three\nfour").words == 4
    assert version().words == 0


def test_a_file_made_of_a_text_is_known_again_by_its_bytes() -> None:
    one, two, again = version("a"), version("b", number=2), version("a", number=3)
    held = draft(one, two, again, filed=(evidence(one.sha256), evidence("ff", number=4)))

    assert one.file_bytes == b"a\n"
    assert [held.version_in(e) for e in held.filed] == [again, None]


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("How long should it be?", True),
        (" Is Dr. Lee's letter enough? ", True),
        ("I wondered about it. Why did it fail?", False),
        ("Why did it fail?\nBecause of me.", False),
        ("I learned a lot.", False),
        ("What?! I did it", False),
    ],
)
def test_one_sentence_with_a_question_mark_is_a_question(said: str, question: bool) -> None:
    assert is_question(said) is question


def test_what_is_kept_is_told_in_two_sentences() -> None:
    told = stating.kept(GARDEN, version("a b", "c", number=5), before=1)

    assert plain_text(told) == (
        "Paragraph 2 kept (version 5, 3 words; up to about 600 advised). Say: show statement, "
        "done, or just go on."
    )


def test_several_paragraphs_at_once_and_a_text_that_got_long_are_told_as_such() -> None:
    told = stating.kept(GARDEN, version("a", "b " * 700), before=0)

    assert plain_text(told) == (
        "Paragraphs 1 to 2 kept (version 1, 701 words; more than the 600 or so advised). Say: "
        "show statement, done, or just go on."
    )


def test_paragraphs_are_new_each_time_they_are_written_again() -> None:
    assert new_since(("a", "b"), ("b", "a", "c", "a", "c")) == ("c", "a", "c")
    assert new_since(("a", "b"), ("a",)) == ()


def test_versions_are_told_newest_first_in_the_person_s_zone() -> None:
    kolkata = ZoneInfo("Asia/Kolkata")
    many = [version("a " * n, number=n) for n in range(1, 31)]
    many[-1] = StatementVersion(
        person_id=1,
        set_id="soil-care",
        number=30,
        paragraphs=("a",),
        at=NOON + timedelta(hours=1),
    )

    told = plain_text(statement_views.versions(GARDEN, draft(*many), zone=kolkata)).splitlines()

    assert told[2] == "- Version 30: 22 November 2026 at 00:30, 1 word"
    assert told[3] == "- Version 29: 21 November 2026 at 23:30, 29 words"
    assert told[-1] == (
        "Times are those of Asia/Kolkata. The 10 before them are kept too. Say: back to version 11."
    )


def test_the_overview_says_of_each_set_what_is_there() -> None:
    one, two = version("a"), version("a", "b", number=2)
    made, sent = evidence(one.sha256), evidence("ff", number=4)
    drafts = [
        draft(),
        draft(one),
        draft(one, two, filed=(made,)),
        draft(one, filed=(made, sent)),
        draft(filed=(sent,)),
        draft(route=Route.COURSE),
        draft(one, phase=Phase.ACHIEVED),
    ]

    told = statement_views.overview(GARDEN, drafts)

    assert plain_text(told).splitlines()[2:9] == [
        "- Soil Care: nothing yet.",
        "- Soil Care: version 1, 1 word, not filed yet.",
        "- Soil Care: version 2, 2 words; version 1 is filed as file 3.",
        "- Soil Care: version 1, 1 word; this text is filed as file 3 and file 4, sent.docx, is "
        "filed.",
        "- Soil Care: file 4, sent.docx, is filed.",
        "- Soil Care: none is needed, it is proved by course.",
        "- Soil Care: the set is achieved, nothing more is needed.",
    ]
    assert [choice.says for choice in told.choices] == ["write statement for Soil Care"] * 2
