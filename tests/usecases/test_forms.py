"""Forms are shown to whoever may do what they say, and what is typed into them is not lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.rules import Outcome, Rating
from bot.errors import Refused
from tests.cast import ADA, ADE, BEA, DOT, REV, ROB, SAL
from tests.desk import House
from tests.filling import asked, at, close, field, opened, send, typed, window
from tests.reviewed import reply, reviewed, staffed, stored, submitted, waiting
from tests.stating import achieve, texts
from tests.submitted import asked_for_more

SET = "technology"
THEN = ["done with Technology", "ready Technology", "show statement for Technology"]
WRITE = "write statement for Technology"
LONG = "One paragraph of a long text, with a few words. " * 55


@pytest.fixture
def guild(other_knowledge: Knowledge, tmp_path: Path) -> Iterator[House]:
    """A Carrel for the invented program."""
    made = House(other_knowledge, tmp_path)
    yield made
    made.database.close()


def test_a_statement_opens_with_what_is_written(home: House) -> None:
    reply(home, ADA.email, "add to technology: I was afraid.\n\nI am not.")

    form = opened(home, ADA.email, "Write statement for Technology, please")

    assert (form.key, form.keeps_draft) == ("statement:technology:1", True)
    assert form.title == "Learning statement"
    assert [one.label for one in form.fields] == [
        "Text",
        "Part 2 of the text",
        "Part 3 of the text",
    ]
    assert typed(form) == {"part-1": "I was afraid.\n\nI am not."}
    assert "For Technology." in form.intro
    assert "It is version 1 that stands here." in form.intro
    assert [one.longest for one in form.fields] == [3_000, 3_000, 3_000]
    assert [one.optional for one in form.fields] == [False, True, True]


def test_of_several_sets_one_is_picked_and_the_text_goes_behind(home: House) -> None:
    reply(home, ADA.email, "add to technology: I was afraid.")
    form = opened(home, ADA.email, "write statement")
    sets = {option.value: option.label for option in field(form, "set").options}

    said = send(home, ADA.email, form.key, {"set": SET, "part-1": "I am not.", "part-2": "Now."})

    assert sets[SET] == "Technology (3 words so far)"
    assert len(sets) == home.desk.program.sets_needed
    assert said.startswith("Paragraphs 2 to 3 kept. Your personal learning statement for Technol")
    assert [choice.says for choice in home.choices()] == THEN
    assert "If you wrote something for that set already, this is added at its end." in form.intro
    assert texts(home)[-1] == ("I was afraid.", "I am not.", "Now.")
    assert typed(opened(home, ADA.email, "write statement")) == {}


@pytest.mark.parametrize("who", [DOT, SAL[1]])
def test_only_a_candidate_is_shown_a_statement(home: House, who: str) -> None:
    staffed(home)

    assert asked(home, who, "write statement") is None
    assert asked(home, who, "write statement for technology") is None


@pytest.mark.parametrize("words", ["write statement for technology", "write statement for pottery"])
def test_a_set_that_wants_none_is_told_in_words(home: House, words: str) -> None:
    reply(home, ADA.email, "prove technology by course")

    assert asked(home, ADA.email, words) is None
    assert asked(home, ADA.email, "write statement for technology anyway") is not None

    achieve(home, ADA, SET)

    assert asked(home, ADA.email, "write statement for technology anyway") is None


def test_a_whole_text_is_the_next_version_and_can_be_filed(home: House) -> None:
    reply(home, ADA.email, "add to technology: I was afraid.")

    said = send(
        home,
        ADA.email,
        "statement:technology",
        {"part-1": "  What I do:\r\nmend  things. ", "part-3": "rate 3 TECH-1 met\n\nundo"},
    )

    assert said.startswith("Your personal learning statement for Technology is kept: 3 paragraphs")
    assert "say: back to version 1 for Technology." in said
    assert texts(home)[-1] == ("What I do:\nmend  things.", "rate 3 TECH-1 met", "undo")
    assert [choice.says for choice in home.choices()] == THEN
    assert "Filed version 2" in reply(home, ADA.email, "1")


def test_what_is_typed_is_there_again_until_it_arrives(home: House) -> None:
    reply(home, ADA.email, "add to technology: I was afraid.")
    key = "statement:technology"
    close(home, ADA.email, key, {"part-1": "I was afraid.", "part-2": "I am", "other": "x"})

    form = opened(home, ADA.email, "write statement for technology")

    assert typed(form) == {"part-1": "I was afraid.\n\nI am"}
    assert "What you typed and did not send stands here." in form.intro
    assert typed(opened(home, BEA.email, "write statement for technology")) == {}

    send(home, ADA.email, key, typed(form))
    reply(home, ADA.email, "back to version 1 for technology")

    assert typed(opened(home, ADA.email, "write statement for technology")) == {
        "part-1": "I was afraid."
    }


def test_what_was_added_by_message_is_not_replaced_by_an_older_form(home: House) -> None:
    reply(home, ADA.email, "add to technology: One.")
    form = opened(home, ADA.email, WRITE)
    reply(home, ADA.email, "add to technology: By message.")

    said = send(home, ADA.email, form.key, {"part-1": "One.\n\nIn the form."})
    again = opened(home, ADA.email, WRITE)

    assert "was changed since: this one was made from version 1" in said
    assert "write statement for Technology." in said
    assert texts(home)[-1] == ("One.", "By message.")
    assert "Since then 1 paragraph was added by message: behind it stands that too" in again.intro
    assert typed(again) == {"part-1": "One.\n\nIn the form.\n\nBy message."}

    assert "is kept: 3 paragraphs (version 3" in send(home, ADA.email, again.key, typed(again))
    assert texts(home)[-1] == ("One.", "In the form.", "By message.")
    last = opened(home, ADA.email, WRITE)
    assert (typed(last), "did not send" in last.intro) == (typed(again), False)


def test_what_is_typed_into_an_older_form_is_kept_apart_from_what_came_since(home: House) -> None:
    form = opened(home, ADA.email, WRITE)
    for text in ("One.", "Two.", "One."):
        reply(home, ADA.email, f"add to technology: {text}")
    for words in ("I", "I am", "I am not."):
        close(home, ADA.email, form.key, {"part-1": words})

    again = opened(home, ADA.email, WRITE)
    close(home, ADA.email, again.key, typed(again))
    last = opened(home, ADA.email, WRITE)

    assert form.key == "statement:technology:0"
    assert "3 paragraphs were added" in again.intro
    assert typed(again) == typed(last) == {"part-1": "I am not.\n\nOne.\n\nTwo.\n\nOne."}
    assert "were added" not in last.intro


def test_an_older_form_that_nobody_touched_shows_what_is_kept(home: House) -> None:
    reply(home, ADA.email, "add to technology: One.")
    form = opened(home, ADA.email, WRITE)
    reply(home, ADA.email, "replace 1 in technology: Another.")
    close(home, ADA.email, form.key, typed(form))

    again = opened(home, ADA.email, WRITE)

    assert typed(again) == {"part-1": "Another."}
    assert "It is version 2 that stands here." in again.intro


def test_what_was_typed_stands_alone_where_the_rest_does_not_fit(home: House) -> None:
    form = opened(home, ADA.email, WRITE)
    close(home, ADA.email, form.key, {f"part-{place}": "x" * 2_999 for place in (1, 2, 3)})
    for _ in range(4):
        reply(home, ADA.email, f"add to technology: {LONG}")

    again = opened(home, ADA.email, WRITE)

    assert set(typed(again).values()) == {"x" * 2_999}
    assert "4 paragraphs were added by message: that does not fit here: see version 4" in (
        again.intro
    )


def test_a_text_that_came_back_to_what_it_was_can_be_replaced(home: House) -> None:
    reply(home, ADA.email, "add to technology: One.")
    form = opened(home, ADA.email, WRITE)
    reply(home, ADA.email, "add to technology: Two.")
    reply(home, ADA.email, "back to version 1 for technology")

    assert "(version 4" in send(home, ADA.email, form.key, {"part-1": "Another."})


def test_a_text_that_is_refused_stays_in_its_form(home: House) -> None:
    key = "statement:technology"
    given = {"part-1": "I was afraid."}
    words = window(home).filled(at(home, ADA.email), key, given, at=home.clock())
    achieve(home, ADA, SET)

    assert "no statement is needed for it any more" in reply(home, ADA.email, words)
    assert texts(home) == []
    with home.transaction() as uow:
        person = uow.people.find(ADA.email)
        assert person
        assert uow.drafts.kept(person, key) == {"part-1": "I was afraid."}


def test_a_form_that_is_closed_as_it_was_opened_leaves_nothing(home: House) -> None:
    words, key = "write statement for technology", "statement:technology"
    close(home, ADA.email, key, {"part-1": "I was"})
    close(home, ADA.email, key, {"part-1": "", "part-2": "\n"})
    reply(home, ADA.email, "add to technology: I was afraid.")
    close(home, ADA.email, key, {"part-1": "I was afraid."})

    form = opened(home, ADA.email, words)

    assert typed(form) == {"part-1": "I was afraid."}
    assert "It is version 1" in form.intro
    assert "stands already" in send(home, ADA.email, key, typed(form))
    assert len(texts(home)) == 1


@pytest.mark.parametrize("key", ["statement:pottery", "rate:1", "decide:1", "statement:", "undo"])
def test_nothing_is_kept_for_a_form_that_is_not_shown(home: House, key: str) -> None:
    close(home, ADA.email, key, {"part-1": "I was", "rating:TECH-1": "met"})

    with home.transaction() as uow:
        person = uow.people.find(ADA.email)
        assert person
        assert not uow.drafts.kept(person, key)
    close(home, DOT, "statement:technology", {"part-1": "I was"})


def test_a_draft_is_no_larger_than_its_form(home: House) -> None:
    huge = {f"part-{place}": "x" * 40_000 for place in range(1, 40)}
    close(home, ADA.email, "statement:technology", huge)

    assert typed(opened(home, ADA.email, "write statement for technology")) == {}


def test_a_text_too_long_for_a_form_is_written_message_by_message(home: House) -> None:
    for _ in range(4):
        reply(home, ADA.email, f"add to technology: {LONG}")
    form = opened(home, ADA.email, "write statement for technology")
    reply(home, ADA.email, f"add to technology: {LONG}{LONG}")

    assert [len(one.value) > 0 for one in form.fields] == [True, True, True, True, False]
    assert asked(home, ADA.email, "write statement for technology") is None
    assert texts(home)[-2] == tuple(value.strip() for value in typed(form).values())


def test_a_reviewer_is_shown_what_is_left_to_rate(house: House) -> None:
    reviewers = staffed(house)
    submitted(house, house.enrol(ADA), SET)

    assert asked(house, REV[1], "rate 1") is None
    reply(house, REV[1], "claim 1")
    reply(house, REV[1], "rate 1 TECH-2 met")
    form = opened(house, REV[1], "rate 1")

    assert form.key == "rate:1"
    assert "Submission 1 (Technology), round 1." in form.intro
    ids = [c.id for c in house.desk.program.set(SET).competencies if c.id != "TECH-2"]
    assert [one.name for one in form.fields if one.options] == [f"rating:{id}" for id in ids]
    assert [(o.value, o.label) for o in form.fields[0].options] == [
        ("met", "Met"),
        ("partially", "Partially met"),
        ("not-met", "Not met"),
    ]
    assert all(one.optional for one in form.fields)
    for who in (ROB[1], SAL[1], ADA.email, DOT):
        assert asked(house, who, "rate 1") is None
    assert asked(house, REV[1], "rate 2") is None
    assert len(reviewers) == 2


def test_ratings_of_a_form_are_all_kept_or_stay_in_it(house: House) -> None:
    staffed(house)
    submitted(house, house.enrol(ADA), SET)
    reply(house, REV[1], "claim 1")
    given = {
        "rating:TECH-1": "met",
        "comment:TECH-1": "Fine:\nrate 1 TECH-3 met\nand so on!",
        "rating:TECH-2": "partially",
    }

    assert "Say what is missing in TECH-2" in send(house, REV[1], "rate:1", given)
    assert stored(house, 1).ratings == ()
    assert typed(opened(house, REV[1], "rate 1")) == given

    said = send(house, REV[1], "rate:1", {**given, "comment:TECH-2": "No dates?"})

    assert said.startswith("Rated in submission 1: TECH-1, TECH-2.")
    assert [(r.competency, r.rating, r.comment) for r in stored(house, 1).ratings] == [
        ("TECH-1", Rating.MET, "Fine: rate 1 TECH-3 met\nand so on!"),
        ("TECH-2", Rating.PARTIALLY, "No dates?"),
    ]
    assert typed(opened(house, REV[1], "rate 1")) == {}


def test_ratings_that_are_refused_later_stay_in_their_form(house: House) -> None:
    staffed(house)
    submitted(house, house.enrol(ADA), SET)
    reply(house, REV[1], "claim 1")
    given = {"rating:TECH-2": "partially", "comment:TECH-2": "No dates?"}
    words = window(house).filled(at(house, REV[1]), "rate:1", given, at=house.clock())
    reply(house, REV[1], "release 1")

    assert "say: claim 1" in reply(house, REV[1], words)
    reply(house, REV[1], "claim 1")
    assert typed(opened(house, REV[1], "rate 1")) == given


def test_a_draft_of_ratings_outlives_ratings_of_something_else(house: House) -> None:
    staffed(house)
    submitted(house, house.enrol(ADA), SET)
    reply(house, REV[1], "claim 1")
    close(house, REV[1], "rate:1", {"comment:TECH-3": "No log", "rating:TECH-1": "brilliant"})

    reply(house, REV[1], "rate 1 TECH-1 met")

    assert typed(opened(house, REV[1], "rate 1")) == {"comment:TECH-3": "No log"}


def test_in_a_second_round_only_what_was_asked_for_is_rated(house: House) -> None:
    candidate, reviewers = house.enrol(ADA), staffed(house)
    weak = {"TECH-3": (Rating.NOT_MET, "No log.")}
    first = reviewed(house, submitted(house, candidate, SET), reviewers, weak)
    reply(house, SAL[1], f"ask more {first.id} TECH-3, technology/statement: Two are thin.")
    second = submitted(house, candidate, SET, follows=stored(house, first.id))
    reply(house, REV[1], f"claim {second.id}")

    form = opened(house, REV[1], f"rate {second.id}")

    assert [one.name for one in form.fields] == ["rating:TECH-3", "comment:TECH-3"]


def test_a_decision_names_what_the_rule_proposes_and_picks_nothing(house: House) -> None:
    waiting(house, house.enrol(ADA), SET, {"TECH-3": (Rating.NOT_MET, "No log.")})

    form = opened(house, SAL[1], "decide 1")

    assert "of Ada Reyes. The rule proposes to ask more documents for TECH-3." in form.intro
    assert field(form, "outcome").value == ""
    assert [o.value for o in field(form, "outcome").options] == list(Outcome)
    assert (field(form, "sections").value, field(form, "sections").optional) == ("", True)
    assert field(opened(house, SAL[1], "ask more 1"), "sections").value == "TECH-3"
    assert field(form, "reason").lines
    assert field(opened(house, SAL[1], "approve 1"), "outcome").value == "approved"
    assert field(opened(house, SAL[1], "recommend course 1"), "outcome").value == Outcome.COURSE
    assert opened(house, ADE[1], "ask more 1").key == "more:1"
    for who in (REV[1], ADA.email, DOT):
        for words in ("decide 1", "ask more 1", "approve 1", "decide 9"):
            assert asked(house, who, words) is None


def test_what_more_is_needed_for_is_to_be_said_where_the_rule_asks_for_nothing(
    house: House,
) -> None:
    waiting(house, house.enrol(ADA), SET)

    asks = field(opened(house, SAL[1], "ask more 1"), "sections")

    assert not asks.optional
    assert asks.hint.endswith("Then pick at least one.")


def test_a_decision_is_taken_once_with_its_whole_reason(house: House) -> None:
    waiting(house, house.enrol(ADA), SET, {"TECH-3": (Rating.NOT_MET, "No log.")})
    reason = "Two things:\n\napprove 2: no.\nA log, please!"
    values = {"outcome": "more-documents", "sections": "TECH-3\nTECH-4", "reason": reason}

    assert send(house, SAL[1], "decide:1", values).startswith("Decided: submission 1")
    again = send(house, ADE[1], "decide:1", {"outcome": "approved", "reason": "Good."})

    decision = stored(house, 1).decision
    assert decision
    assert (decision.outcome, decision.sections) == (Outcome.MORE, ("TECH-3", "TECH-4"))
    assert decision.reason == reason
    assert "Sal Moreau decided submission 1" in again
    assert asked(house, SAL[1], "decide 1") is None


def test_whose_form_it_is_makes_no_difference_to_what_is_allowed(house: House) -> None:
    waiting(house, house.enrol(ADA), SET)
    house.enrol(BEA)
    values = {"outcome": "approved", "reason": "Because.", "rating:TECH-1": "met", "text": "Hi"}

    for who in (ADA.email, BEA.email, REV[1]):
        send(house, who, "decide:1", values)
        send(house, who, "more:1", values)
    none = send(house, BEA.email, "rate:1", values)
    absent = send(house, BEA.email, "rate:77", values)

    assert stored(house, 1).decision is None
    assert none.replace("submission 1", "submission 77") == absent


def test_before_all_ratings_are_in_nothing_is_decided(house: House) -> None:
    staffed(house)
    submitted(house, house.enrol(ADA), SET)

    assert asked(house, SAL[1], "decide 1") is None
    assert "still to come" in send(
        house, SAL[1], "decide:1", {"outcome": "approved", "reason": "Good."}
    )


def test_when_the_chances_are_used_up_no_more_is_offered(house: House) -> None:
    candidate, reviewers = house.enrol(ADA), staffed(house)
    one = reviewed(house, submitted(house, candidate, SET), reviewers)
    for _ in range(house.desk.program.rules.review.chances):
        reply(house, SAL[1], f"ask more {one.id} TECH-3: More.")
        follows = submitted(house, candidate, SET, follows=stored(house, one.id))
        one = reviewed(house, follows, reviewers)

    form = opened(house, SAL[1], f"decide {one.id}")

    assert [o.value for o in field(form, "outcome").options] == ["approved", "course-recommended"]
    assert [one.name for one in form.fields] == ["outcome", "reason"]
    assert asked(house, SAL[1], f"ask more {one.id}") is None


def test_a_question_is_asked_and_answered_in_forms(home: House) -> None:
    staffed(home)
    question = "Who decides:\nyou, or ask staff: them?"
    send(home, DOT, opened(home, DOT, "ask staff").key, {"text": question})

    form = opened(home, SAL[1], "answer 1")
    send(home, SAL[1], form.key, {"text": "We do: in May.\n\nAsk again!"})

    assert form.intro == f"somebody on memory who is not connected yet ({DOT}) asks: {question}"
    assert any("We do: in May.\n\nAsk again!" in said for said in home.heard(DOT))
    assert asked(home, SAL[1], "answer 1") is None
    assert asked(home, ADA.email, "answer 1") is None


@pytest.mark.parametrize(
    "words",
    ["", "progress", "rate", "rate 1 TECH-1 met", "decide", "ask more 1 TECH-1: x", "hello"],
)
def test_other_words_have_no_form(house: House, words: str) -> None:
    asked_for_more(house)

    for who in (ADA.email, REV[1], SAL[1], DOT):
        assert asked(house, who, words) is None


def test_an_unknown_form_is_refused_in_words(home: House) -> None:
    with pytest.raises(Refused, match="Open it again"):
        window(home).filled(at(home, ADA.email), "poem:1", {"text": "x"}, at=home.clock())


def test_the_other_program_has_its_own_words_in_forms(guild: House) -> None:
    staffed(guild)
    submitted(guild, guild.enrol(BEA), "movements")
    reply(guild, REV[1], "claim 1")
    form = opened(guild, REV[1], "rate 1")
    labels = [option.label for option in form.fields[0].options]

    send(guild, REV[1], "rate:1", {"rating:MOVE-1": "partially", "comment:MOVE-1": "Too fast."})
    text = opened(guild, BEA.email, "write statement for movements")
    said = send(guild, BEA.email, text.key, {"part-1": "My bench was a table."})

    assert labels == ["Runs true", "Runs slow", "Stands still"]
    assert stored(guild, 1).ratings[0].rating is Rating.PARTIALLY
    assert text.title == "Mender's essay"
    assert said.startswith("Your mender's essay for Movements is kept: 1 paragraph")


def test_the_form_of_somebody_unlinked_meanwhile_keeps_its_words(house: House) -> None:
    staffed(house)
    submitted(house, house.enrol(ADA), SET)
    reply(house, REV[1], "claim 1")
    reply(house, REV[1], "unlink")
    given = {"rating:TECH-1": "met"}

    with pytest.raises(Refused, match="connect the account"):
        window(house).filled(at(house, REV[1]), "rate:1", given, at=house.clock())


def test_what_somebody_else_decided_first_is_told_in_the_form(house: House) -> None:
    waiting(house, house.enrol(ADA), SET)
    reply(house, ADE[1], "approve 1: Good.")
    values = {"outcome": "approved", "reason": "My own reason."}

    with pytest.raises(Refused, match=r"decided submission 1.*copy from here"):
        window(house).filled(at(house, SAL[1]), "decide:1", values, at=house.clock())
