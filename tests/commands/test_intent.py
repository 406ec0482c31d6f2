"""`carrel intent`: what a message wants, of Carrel's own intents or of another domain's."""

from __future__ import annotations

import pytest

from tests.commands.shell import Shell, json_lines, results, shape

ORDERS = json_lines(
    {"text": text, "intent": intent}
    for intent, texts in {
        "order": ("I want a pizza", "two pizzas please", "bring me a large margherita"),
        "cancel": ("cancel my order", "I do not want it any more", "stop the delivery"),
        "complain": ("the pizza was cold", "it came too late", "this tastes awful"),
    }.items()
    for text in texts
)


def test_each_text_has_its_intent_and_how_sure_it_is(shared: Shell) -> None:
    texts = ({"id": 1, "text": "hello there"}, {"id": "b", "text": "how far did I get"})

    result = shared.run("intent", "--json", "-", lines=json_lines(texts))

    told = results(result)
    assert result.exit_code == 0
    assert [(one["id"], one["intent"]) for one in told] == [(1, "greeting"), ("b", "progress")]
    assert shape(told[0]) == {"id": "int", "intent": "str", "confidence": "float"}
    assert all(0 <= one["confidence"] <= 1 for one in told)


def test_another_domains_intents_can_be_learnt(shared: Shell) -> None:
    examples = shared.write("orders.jsonl", ORDERS + "\n")
    texts = ({"id": 1, "text": "please cancel the order"}, {"id": 2, "text": "a large pizza, now"})

    result = shared.run("intent", "--json", "--train", examples, "-", lines=json_lines(texts))

    assert [one["intent"] for one in results(result)] == ["cancel", "order"]


def test_one_text_is_told_in_words_or_as_one_line(shared: Shell) -> None:
    examples = shared.write("orders.jsonl", ORDERS)

    words = shared.run("intent", "--train", examples, "cancel my order")
    line = shared.run("intent", "--train", examples, "--json", "cancel my order")

    assert words.stdout.startswith("cancel (")
    assert words.stdout.endswith("% sure)\n")
    assert results(line)[0]["intent"] == "cancel"


@pytest.mark.parametrize("wrong", ["nonsense", '{"text": "no intent"}', '["a", "list"]'])
def test_a_wrong_example_is_named_with_its_line(shell: Shell, wrong: str) -> None:
    examples = shell.write("orders.jsonl", ORDERS + wrong + "\n")

    result = shell.run("intent", "--train", examples, "cancel")

    assert result.exit_code == 2
    assert result.stderr.startswith('carrel: orders.jsonl:10: write {"text": "...", "intent": ')


def test_examples_in_another_encoding_are_refused_by_name(shell: Shell) -> None:
    examples = shell.folder / "orders.jsonl"
    examples.write_bytes('{"text": "un caf\u00e9", "intent": "order"}\n'.encode("latin-1"))

    result = shell.run("intent", "--train", examples, "cancel")

    assert result.exit_code == 2
    assert result.stderr == (
        "carrel: orders.jsonl is not UTF-8: save it as JSON lines with UTF-8 encoding.\n"
    )


def test_nothing_asked_is_told_with_exit_code_2(shared: Shell) -> None:
    result = shared.run("intent")

    assert result.exit_code == 2
    assert "Give a text, or - to read JSON lines." in result.stderr
