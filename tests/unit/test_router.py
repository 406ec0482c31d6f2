"""From words to the handler that answers them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.messages import Choice
from bot.knowledge.intents import Guess
from handlers import asking, correcting, linking, progress, talking
from handlers.request import Handler
from handlers.router import by_intent, command, is_number, picked
from handlers.routes import INTENTS

LABELS = st.text().map(str.strip).filter(lambda label: label and not is_number(label))
CHOICES = st.lists(LABELS, min_size=1, max_size=99, unique_by=str.casefold).map(
    lambda labels: tuple(Choice(label=label, says=f"say {label}") for label in labels)
)


@pytest.mark.parametrize(
    ("text", "handler", "args"),
    [
        ("help", talking.help_text, {}),
        ("?", talking.help_text, {}),
        ("/start", talking.greet, {}),
        ("Good morning!", talking.greet, {}),
        ("Thank you very much.", talking.welcome, {}),
        ("bye\u2026", talking.goodbye, {}),
        ("please undo that", correcting.take_back, {}),
        ("undo, please!", correcting.take_back, {}),
        ("my progress", progress.overview, {}),
        ("What's still missing?", progress.lacking, {}),
        ("missing in soil care", progress.missing, {"where": "soil care"}),
        ("list my files", correcting.list_files, {}),
        ("move 3 to SOIL-2", correcting.move, {"number": "3", "section": "SOIL-2"}),
        ("File #12 under resume", correcting.move, {"number": "12", "section": "resume"}),
        ("also file 3 in pond", correcting.also, {"number": "3", "section": "pond"}),
        ("delete evidence 4", correcting.remove, {"number": "4"}),
        ("mark 4 as SECONDARY", correcting.mark, {"number": "4", "kind": "SECONDARY"}),
        ("receipt for 5", correcting.receipt, {"number": "5"}),
        ("ask staff: who\nare you?", asking.staff, {"question": "who\nare you"}),
        ("ask the staff", asking.staff, {}),
        ("code", linking.code, {}),
        ("link ABCD-2345", linking.link, {"code": "ABCD-2345"}),
    ],
)
def test_commands_are_understood_whatever_their_manners(
    text: str, handler: Handler, args: dict[str, str]
) -> None:
    found = command(text)

    assert found is not None
    assert (found.handler, dict(found.args)) == (handler, args)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "...",
        "please",
        "how do I move 3 to SOIL-2",
        "undo the oven",
        "move three to pond",
        "link ABCD",
    ],
)
def test_other_words_are_no_command(text: str) -> None:
    assert command(text) is None


@given(st.text())
def test_any_text_is_a_command_or_none(text: str) -> None:
    found = command(text)

    assert found is None or all(found.args.values())


@given(CHOICES, st.data())
def test_a_picked_choice_is_the_choice(choices: tuple[Choice, ...], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(choices) - 1))
    form = data.draw(st.sampled_from(["{}", " {} ", "#{}", "({})", "{}.", "{})"]))

    assert picked(form.format(place + 1), choices) == choices[place]
    assert picked(f" {choices[place].label} ", choices) == choices[place]


@given(CHOICES, st.integers(0, 200))
def test_a_number_of_no_choice_picks_nothing(choices: tuple[Choice, ...], number: int) -> None:
    found = picked(str(number), choices)

    assert (found is not None) == (1 <= number <= len(choices))


def test_words_pick_a_label_whatever_their_case_and_nothing_else() -> None:
    choices = (Choice(label="Undo", says="undo"), Choice(label="Stra\u00dfe", says="street"))

    assert picked("UNDO", choices) == choices[0]
    assert picked("STRASSE", choices) == choices[1]
    assert picked("undo it", choices) is None
    assert picked("1", ()) is None


@pytest.mark.parametrize(("text", "number"), [("2", True), (" #2. ", True), ("2 loaves", False)])
def test_a_bare_number_can_only_be_a_choice(text: str, number: bool) -> None:
    assert is_number(text) is number


def test_an_intent_is_followed_only_when_it_is_sure_enough() -> None:
    for name, route in INTENTS.items():
        assert by_intent(Guess(intent=name, confidence=route.floor)) is route.handler
        assert by_intent(Guess(intent=name, confidence=route.floor - 0.01)) is asking.question


@pytest.mark.parametrize("guess", [None, Guess(intent="weather", confidence=1.0)])
def test_without_a_known_intent_words_are_a_question(guess: Guess | None) -> None:
    assert by_intent(guess) is asking.question


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1 please", "go"),
        ("1, please.", "go"),
        ("No. 2", "stay"),
        ("number 1", "go"),
        ("Option 2", "stay"),
        ("2)", "stay"),
        ("#2", "stay"),
        ("yes", "go"),
        ("Yes please!", "go"),
        ("yes, do it.", "go"),
        ("No, thanks", "stay"),
    ],
)
def test_a_choice_is_picked_in_the_ways_people_answer(text: str, says: str) -> None:
    choices = (Choice(label="Yes, do it", says="go"), Choice(label="No", says="stay"))

    found = picked(text, choices)

    assert found is not None
    assert found.says == says


@pytest.mark.parametrize("text", ["no 2", "yes and no", "maybe", "number", "option", "1 or 2"])
def test_what_only_looks_like_a_pick_is_none(text: str) -> None:
    choices = (Choice(label="Yes, do it", says="go"), Choice(label="No", says="stay"))

    assert picked(text, choices) is None


def test_yes_picks_nothing_where_two_begin_so() -> None:
    two = (Choice(label="Yes, all", says="all"), Choice(label="Yes, one", says="one"))

    assert picked("yes", two) is None
