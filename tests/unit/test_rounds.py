"""From one round to the next: what goes back, what is carried, what differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.codes import LETTERS
from bot.domain.evidence_requests import tokens_in
from bot.domain.portfolio import Evidence, Filing, Kind, State
from bot.domain.rounds import Replaced, carried_ratings, difference, next_items, seen_before
from bot.domain.rules import Rating
from bot.domain.submission import Item, Submission
from tests.unit.reviews import IDS, NOW, RAY, RUT, SECTIONS, item, submission
from tests.unit.reviews import given as rating

sections = st.sampled_from(SECTIONS)
items = st.builds(
    lambda section, number, letter, kind: replace(
        item(section, number), name=f"{letter}.pdf", sha256=f"{number:064x}", kind=kind
    ),
    sections,
    st.integers(1, 6),
    st.sampled_from("abAB"),
    st.sampled_from(Kind),
)
snapshots = st.lists(items, max_size=12, unique_by=lambda i: (i.section, i.number)).map(tuple)
asked_for = st.lists(sections, max_size=4, unique=True)
filings = st.builds(
    Filing,
    state=st.just(State.FILED),
    sections=st.lists(sections, max_size=3, unique=True).map(tuple),
    kind=st.sampled_from(Kind),
)
records = st.lists(filings, max_size=8).map(
    lambda filed: tuple(evidence(f, number) for number, f in enumerate(filed, start=4))
)


def evidence(filing: Filing, number: int) -> Evidence:
    return Evidence(
        id=number,
        number=number,
        person_id=1,
        name=f"file-{number}.pdf",
        media_type="application/pdf",
        size=812,
        sha256=f"{number:064x}",
        stored_at=NOW,
        filing=filing,
    )


def holding(*held: Item) -> Submission:
    return replace(submission(), items=held)


def outside(held: Sequence[Item], asked: Sequence[str]) -> list[Item]:
    return [one for one in held if one.section not in asked]


@given(first=snapshots, record=records, asked=asked_for)
def test_what_nothing_was_asked_for_goes_back_as_it_was(
    first: tuple[Item, ...], record: tuple[Evidence, ...], asked: list[str]
) -> None:
    items = next_items(holding(*first), record, asked)

    assert sorted(map(repr, outside(items, asked))) == sorted(map(repr, outside(first, asked)))


@given(first=snapshots, record=records, asked=asked_for)
def test_where_more_was_asked_for_goes_what_stands_there_now(
    first: tuple[Item, ...], record: tuple[Evidence, ...], asked: list[str]
) -> None:
    items = next_items(holding(*first), record, asked)

    there = {(i.section, i.number) for i in items if i.section in asked}
    assert there == {(s, e.number) for e in record for s in e.filing.sections if s in asked}


@given(first=snapshots, second=snapshots)
def test_every_file_of_both_rounds_is_told_exactly_once(
    first: tuple[Item, ...], second: tuple[Item, ...]
) -> None:
    found = difference(holding(*first), holding(*second))

    before = [*found.removed, *found.unchanged, *(one.before for one in found.replaced)]
    after = [*found.added, *found.unchanged, *(one.after for one in found.replaced)]
    assert sorted(map(repr, before)) == sorted(map(repr, first))
    assert sorted(map(repr, after)) == sorted(map(repr, second))
    assert all(one.before.section == one.after.section for one in found.replaced)
    assert found.any == (set(first) != set(second))


@given(snapshots)
def test_nothing_differs_from_itself(held: tuple[Item, ...]) -> None:
    found = difference(holding(*held), holding(*held))

    assert not found.any
    assert found.unchanged == held


def test_a_file_of_the_same_name_takes_the_place_of_the_one_before() -> None:
    old, new = item(IDS[0], 1), replace(item(IDS[0], 9), name="FILE-1.pdf")
    elsewhere = replace(item(IDS[1], 9), name="file-1.pdf")

    found = difference(holding(old), holding(new, elsewhere))

    assert found.replaced == (Replaced(before=old, after=new),)
    assert found.added == (elsewhere,)


def test_a_file_that_became_another_kind_of_proof_is_replaced() -> None:
    old = item(IDS[0], 1)
    new = replace(old, kind=Kind.SECONDARY)

    found = difference(holding(old), holding(new))

    assert found.replaced == (Replaced(before=old, after=new),)


def test_ratings_of_what_was_not_asked_for_are_carried() -> None:
    given_ = [rating(p, c, Rating.MET) for p in (RAY, RUT) for c in IDS]
    first = submission(claims=(RAY, RUT), ratings=given_)

    carried = carried_ratings(first, IDS[:1])

    assert {(r.reviewer, r.competency) for r in carried} == {
        (p.id, c) for p in (RAY, RUT) for c in IDS[1:]
    }
    assert all(one.carried for one in carried)


def test_a_file_was_seen_only_in_its_own_section() -> None:
    first = holding(item(IDS[0], 1))

    assert seen_before(first, IDS[0], item(IDS[0], 1).sha256)
    assert not seen_before(first, IDS[1], item(IDS[0], 1).sha256)


@given(
    st.text(LETTERS, min_size=8, max_size=8),
    st.sampled_from(["{}", "see {}", "{}.pdf", "for {}, please"]),
    st.booleans(),
)
def test_every_token_is_read_back_from_what_people_write(
    letters: str, around: str, lower: bool
) -> None:
    token = f"R-{letters[:4]}-{letters[4:]}"
    written = token.lower() if lower else token

    assert tokens_in(around.format(written)) == (token,)


def test_a_token_may_lack_its_second_dash_but_words_are_none() -> None:
    assert tokens_in("r-k7qm2xwd and R-K7QM-2XWD") == ("R-K7QM-2XWD",)
    assert tokens_in("my R-packages, an R-ABCD-EFG and xR-ABCD-EFGH") == ()
