"""`carrel ask`: answers with citations, from a pack or any folder, one line for each question."""

from __future__ import annotations

from typing import Any

import pytest

from tests.commands.shell import Shell, json_lines, results, shape
from tests.commands.workshop import DOCUMENTS, workshop

QUESTIONS: tuple[dict[str, object], ...] = (
    {"id": "cost", "question": "How much does it cost to enroll?"},
    {"id": 2, "question": "Who won the football game yesterday?", "history": []},
    {"id": 3, "question": "thank you so much"},
    {"id": None, "question": "and for members?", "history": ["How much does it cost to enroll?"]},
)
REPAIRS: tuple[dict[str, object], ...] = (
    {"id": "pads", "question": "When do I have to replace my brake pads?"},
    {"id": "pressure", "question": "What pressure do I pump into a road tyre?"},
    {"id": "price", "question": "How much is a large service?"},
    {"id": "poem", "question": "Who wrote the tragedy of Hamlet?"},
    {"id": "stars", "question": "How far away is the nearest star?"},
)


@pytest.fixture(scope="module")
def asked(shared: Shell) -> list[dict[str, Any]]:
    """The answers of the shipped pack, with the best two passages."""
    result = shared.run("ask", "--json", "--top", "2", "-", lines=json_lines(QUESTIONS))
    assert result.exit_code == 0
    return results(result)


@pytest.fixture(scope="module")
def repairs(shared: Shell) -> dict[object, dict[str, Any]]:
    """The answers of the workshop's documents, by id."""
    folder = workshop(shared.folder / "workshop")
    result = shared.run("ask", "--json", "--documents", folder, "-", lines=json_lines(REPAIRS))
    assert result.exit_code == 0
    return {answer["id"]: answer for answer in results(result)}


def test_each_question_has_a_line_of_its_own_in_order(asked: list[dict[str, Any]]) -> None:
    assert [answer["id"] for answer in asked] == ["cost", 2, 3, None]
    assert [a["status"] for a in asked] == ["answered", "declined", "smalltalk", "answered"]


def test_an_answer_has_the_shape_that_programs_rely_on(asked: list[dict[str, Any]]) -> None:
    assert shape(asked[0]) == {
        "id": "str",
        "status": "str",
        "text": "str",
        "citations": ["dict"],
        "confidence": "float",
        "passages": ["dict"],
        "ms": "float",
    }
    assert {"document", "heading", "quote"} <= set(asked[0]["citations"][0])
    assert [len(answer["passages"]) for answer in asked] == [2, 2, 2, 2]


def test_confidence_is_a_chance_for_declines_too(asked: list[dict[str, Any]]) -> None:
    assert all(0 <= answer["confidence"] <= 1 for answer in asked)
    assert asked[1]["confidence"] < asked[0]["confidence"]


def test_quotes_are_the_documents_own_words(repairs: dict[object, dict[str, Any]]) -> None:
    cited = repairs["price"]["citations"]

    assert any("120 euros" in one["quote"] for one in cited)
    text = " ".join(" ".join(DOCUMENTS.values()).split())
    assert all(" ".join(one["quote"].split()) in text for one in cited)


def test_documents_of_another_domain_are_answered_from(
    repairs: dict[object, dict[str, Any]],
) -> None:
    places = {
        id: (repairs[id]["status"], repairs[id]["citations"][0]["heading"])
        for id in ("pads", "pressure", "price")
    }

    assert places == {
        "pads": ("answered", "When brake pads are worn"),
        "pressure": ("answered", "Tyre pressure"),
        "price": ("answered", "What a service costs"),
    }


def test_what_documents_of_another_domain_do_not_tell_is_declined(
    repairs: dict[object, dict[str, Any]],
) -> None:
    assert [repairs[id]["status"] for id in ("poem", "stars")] == ["declined"] * 2


def test_bad_lines_get_an_error_line_in_their_place_and_exit_code_1(shared: Shell) -> None:
    lines = (
        '{"id": 1, "question": "thanks"}\n'
        "\n"
        "{not json\n"
        '["a", "list"]\n'
        '{"id": 4}\n'
        '{"id": 5, "question": "thanks", "history": "earlier"}\n'
        '{"id": 6, "question": "thanks", "history": [7]}\n'
        '{"id": 7, "question": "thanks"}\n'
    )
    folder = workshop(shared.folder / "workshop")

    result = shared.run("ask", "--json", "--documents", folder, "-", lines=lines)

    told = results(result)
    assert result.exit_code == 1
    assert [line["id"] for line in told] == [1, None, None, 4, 5, 6, 7]
    assert [line.get("line") for line in told] == [None, 3, 4, 5, 6, 7, None]
    assert told[1]["error"].startswith("not JSON: ")
    assert told[2]["error"] == "give a JSON object"
    assert told[3]["error"] == "give 'question' as text"
    assert told[4]["error"] == told[5]["error"] == "give 'history' as a list of texts"
    wrong = [one for one in result.stderr.splitlines() if one.startswith("carrel: line ")]
    assert len(wrong) == 5


def test_one_question_is_answered_in_words_or_as_one_line(shared: Shell) -> None:
    folder = workshop(shared.folder / "workshop")

    words = shared.run("ask", "--documents", folder, "What does mending a puncture cost?")
    line = shared.run("ask", "--documents", folder, "--json", "Who wrote Hamlet?")

    assert "12 euros" in words.stdout
    assert "Prices, \u201cPunctures\u201d" in words.stdout
    (told,) = results(line)
    assert (told["id"], told["status"]) == (None, "declined")
    assert "passages" not in told


def test_the_best_passages_are_listed_in_words_too(shared: Shell) -> None:
    folder = workshop(shared.folder / "workshop")
    question = "What does mending a puncture cost?"

    words = shared.run("ask", "--documents", folder, "--top", "2", question).stdout
    (line,) = results(shared.run("ask", "--documents", folder, "--top", "2", "--json", question))

    best = [" ".join(one.split()) for one in words.split("\n- ")[1:]]
    scores = [one["score"] for one in line["passages"]]
    assert [float(one.split()[0]) for one in best] == pytest.approx(scores, abs=0.01)
    assert best[0].partition(" ")[2] == (
        "Prices, \u201cPunctures\u201d: Mending a puncture costs 12 euros, the new tube included."
    )


def test_a_folder_without_documents_is_told_with_exit_code_2(shell: Shell) -> None:
    (shell.folder / "empty").mkdir()

    result = shell.run("ask", "--documents", shell.folder / "empty", "When?")

    assert result.exit_code == 2
    assert result.stderr == (
        f"carrel: {shell.folder}/empty: no .md or .txt file here: "
        "name a folder that holds documents\n"
    )
