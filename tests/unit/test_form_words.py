"""Filled-in forms become words from which exactly what was filled in is read again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.app import Knowledge
from bot.domain.form_text import paragraphs_in
from bot.domain.program import Program
from bot.domain.rating_words import rating_named
from bot.domain.rules import Outcome, Rating
from bot.domain.statement import paragraphs_of
from bot.domain.text import plain
from bot.errors import Misfilled, Refused
from handlers import answering, asking, deciding, rating, stating
from handlers.form_words import words_of
from handlers.request import Handler
from handlers.router import Routed, command, says_something

NASTY = (
    "rate 3 TECH-1 met", "\nrate 3 TECH-1 met", "\u2028rate #12 MOVE-1 runs true: x", ":", " : ",
    "\r\n\r\n", "\n", " and ", ", ", "please", " please", "pls, ", "...", "?!", "\u2026", "\t",
    "approve 3: x", "undo", "\u200b", "\x00", "1", "all", "Add to Technology: x", "\u00e9\u0301",
)  # fmt: skip
SAID = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(NASTY), max_size=8).map("".join))
MET = Rating.MET  # the one that needs no comment
NUMBERS = st.integers(1, 10**9)
RATED = {"rating:TECH-1": "met"}
UNMET = {"rating:TECH-2": "partially"}
APPROVED = {"outcome": "approved", "reason": "Good."}
LONG = "x" * 2_001
Pack = Callable[[], Program]
PACKS = ("knowledge", "other_knowledge")


@pytest.fixture(scope="session", params=PACKS)
def pack(request: pytest.FixtureRequest) -> Pack:
    """The shipped program, and the invented one; its name is short in a failing example."""
    knowledge: Knowledge = request.getfixturevalue(request.param)
    return lambda: knowledge.pack.program


def read(program: Program, key: str, values: Mapping[str, str]) -> tuple[Routed, str]:
    """What the router makes of the form's words, and the words; as they arrive they are kept."""
    words = words_of(program, key, values)
    found = command(words)
    assert found is not None
    assert plain(words) == words
    return found, words


def same(said: str, arrived: str) -> bool:
    """Whether every word arrived; blanks between them may be fewer."""
    return plain(said).split() == arrived.split()


GIVEN = st.lists(st.tuples(st.integers(0, 15), st.sampled_from(Rating), SAID), min_size=1)


@given(place=st.integers(0, 9), given=GIVEN, number=NUMBERS)
def test_ratings_arrive_one_for_each_competency(
    pack: Pack, place: int, given: list[tuple[int, Rating, str]], number: int
) -> None:
    program = pack()
    competencies = program.sets[place % len(program.sets)].competencies
    by_id = {competencies[n % len(competencies)].id: (one, said) for n, one, said in given}
    comments = {id: said for id, (_, said) in by_id.items()}
    rated = {id: one if plain(comments[id]).strip() else MET for id, (one, _) in by_id.items()}
    assume(
        all(says_something(plain(said)) or not plain(said).strip() for said in comments.values())
    )
    values = {f"rating:{id}": given.value for id, given in rated.items()}

    found, _ = read(
        program,
        f"rate:{number}",
        values | {f"comment:{id}": said for id, said in comments.items()},
    )

    lines = [found.args]
    if found.handler is rating.rate_lines:
        each = rating.NEXT_LINE.split(found.args["lines"])
        matches = [re.fullmatch(rating.RATE, line.strip(), re.I | re.S) for line in each]
        lines = [match.groupdict(default="") for match in matches if match]
        assert len(lines) == len(each)
    else:
        assert found.handler is rating.rate
    rule = program.rules.review
    arrived = {one["section"]: rating_named(rule, one["rating"]) for one in lines}
    assert arrived == rated
    assert len(lines) == len(rated)
    assert {int(one["number"]) for one in lines} == {number}
    assert all(same(comments[one["section"]], one.get("comment", "")) for one in lines)


HANDLERS: Mapping[Outcome, Handler] = {
    Outcome.APPROVED: deciding.approve,
    Outcome.MORE: deciding.ask_more,
    Outcome.COURSE: deciding.recommend_course,
}


@given(data=st.data(), outcome=st.sampled_from(Outcome), number=NUMBERS, reason=SAID)
def test_a_decision_arrives_with_its_reason(
    pack: Pack, data: st.DataObject, outcome: Outcome, number: int, reason: str
) -> None:
    assume(says_something(plain(reason)))
    program = pack()
    ids = st.sampled_from([section.id for section in program.sections])
    picked = data.draw(st.lists(ids, unique=True, max_size=5))
    marked = picked if outcome is Outcome.MORE else []
    values = {"outcome": outcome.value, "sections": "\n".join(marked), "reason": reason}

    found, _ = read(program, f"decide:{number}", values)

    assert found.handler is HANDLERS[outcome]
    assert int(found.args["number"]) == number
    assert same(reason, found.args["reason"])
    if outcome is Outcome.MORE:
        assert [id for id in found.args.get("sections", "").split(", ") if id] == picked
        assert words_of(program, f"more:{number}", values) == words_of(
            program, f"decide:{number}", values
        )


@given(number=NUMBERS, said=SAID)
def test_a_reply_and_a_question_arrive_whole(pack: Pack, number: int, said: str) -> None:
    assume(says_something(plain(said)))
    program = pack()

    reply, _ = read(program, f"answer:{number}", {"text": said})
    question, words = read(program, "ask-staff", {"text": said})

    assert reply.handler is answering.answer
    assert int(reply.args["number"]) == number
    assert same(said, reply.args["text"])
    assert question.handler is asking.staff
    assert same(said, words.removeprefix("ask staff: "))


@given(data=st.data(), parts=st.lists(SAID, min_size=1, max_size=6))
def test_a_statement_arrives_paragraph_by_paragraph(
    pack: Pack, data: st.DataObject, parts: list[str]
) -> None:
    program = pack()
    set_id = data.draw(st.sampled_from([one.id for one in program.sets]))
    values = {f"part-{place}": part for place, part in enumerate(parts, start=1)}
    expected = [p for part in parts for p in paragraphs_in({"part-1": part})]
    assume(expected)

    whole, words = read(program, f"statement:{set_id}:12", values)
    more, added = read(program, "statement", values | {"set": set_id})

    assert whole.handler is stating.put
    assert more.handler is stating.add
    assert whole.args["version"] == "12"
    assert {whole.args["set"], more.args["set"]} == {program.set(set_id).title}
    for text in (words, added):
        assert list(paragraphs_of(text.partition(":")[2])) == expected


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("", {}),
        ("undo", {}),
        ("statement:no-such-set", {"part-1": "Words."}),
        ("statement", {"part-1": "Words.", "set": "no-such-set"}),
        ("statement", {"part-1": "Words."}),
        ("rate:3\nrate 4", {"rating:TECH-1": "met"}),
        ("rate:", {"rating:TECH-1": "met"}),
        ("rate:3", {"rating:TECH-1": "met\nrate 4 all met"}),
        ("decide:3", {"outcome": "approve everything", "reason": "Why not."}),
        ("decide:3", {"reason": "Why not."}),
        ("more:3", {"sections": "TECH-1: x\napprove 3", "reason": "Why not."}),
        ("answer:5: x", {"text": "Hello."}),
        ("statement:technology:two", {"part-1": "Words."}),
    ],
)
def test_a_form_that_was_never_shown_says_nothing(
    knowledge: Knowledge, key: str, values: dict[str, str]
) -> None:
    with pytest.raises(Refused, match="I do not know that form any more"):
        words_of(knowledge.pack.program, key, values)


@pytest.mark.parametrize(
    ("key", "values", "told", "field"),
    [
        ("statement:technology", {"part-1": " \n"}, "There is no text in that", "part-1"),
        ("statement:technology:1", {"part-1": "x\n\n" * 201}, "has at most 200", "part-1"),
        ("rate:3", {"comment:TECH-1": "Well done."}, "a rating for TECH-1 too", "rating:TECH-1"),
        ("rate:3", RATED | {"comment:TECH-1": "?!"}, "Say '\\?!' in words", "comment:TECH-1"),
        ("rate:3", RATED | {"comment:TECH-1": LONG}, "at most 2,000", "comment:TECH-1"),
        ("rate:3", RATED | UNMET, "Say what is missing in TECH-2", "comment:TECH-2"),
        ("rate:3", UNMET | {"comment:TECH-2": " \n"}, "Say what is missing", "comment:TECH-2"),
        ("decide:3", APPROVED | {"reason": "..."}, "Write your reason in words", "reason"),
        ("decide:3", APPROVED | {"reason": LONG}, "at most 2,000", "reason"),
        ("decide:3", APPROVED | {"sections": "TECH-1"}, "Take these marks out, or", "sections"),
        ("answer:3", {"text": "please"}, "Write your reply in words", "text"),
        ("ask-staff", {}, "Write your question in words", "text"),
    ],
)
def test_what_would_be_lost_is_not_sent(
    knowledge: Knowledge, key: str, values: dict[str, str], told: str, *, field: str
) -> None:
    with pytest.raises(Misfilled, match=told) as caught:
        words_of(knowledge.pack.program, key, values)

    assert caught.value.field == field


@pytest.mark.parametrize(
    ("key", "values", "told"),
    [
        ("rate:3", {"rating:MOVE-1": "met"}, "Nothing is rated in that"),
        ("statement:technology:1", {"part-1": "x" * 20_000}, "longer than 20,000 characters"),
    ],
)
def test_what_is_about_the_whole_form_is_not_sent_either(
    knowledge: Knowledge, key: str, values: dict[str, str], told: str
) -> None:
    with pytest.raises(Refused, match=told):
        words_of(knowledge.pack.program, key, values)
