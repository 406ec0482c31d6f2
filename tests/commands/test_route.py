"""`carrel route`: where a file would go and why; nothing is stored, nothing is run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.commands.shell import Shell, json_lines, results, shape
from tests.flows.props import prop


def line(folder: Path, name: str, **more: object) -> dict[str, object]:
    """The request for a file."""
    return {"id": name, "path": str(prop(name, folder)), **more}


@pytest.fixture(scope="module")
def routed(shared: Shell) -> dict[object, dict[str, Any]]:
    """The decisions on several files, by id."""
    requests = (
        line(shared.folder, "printer-guide.pdf"),
        line(shared.folder, "resume.txt", caption="for TECH-8", sets=[]),
        line(shared.folder, "weeding-notes.docx", sets=["TECH", "communication-and-teamwork"]),
        line(shared.folder, "notes.txt"),
        line(shared.folder, "certificate.pdf"),
        line(shared.folder, "nothing.pdf"),
        line(shared.folder, "recording.xyz"),
    )
    result = shared.run("route", "--json", "-", lines=json_lines(requests))
    assert result.exit_code == 0
    assert [told["id"] for told in results(result)] == [request["id"] for request in requests]
    return {told["id"]: told for told in results(result)}


def test_a_decision_has_the_shape_that_programs_rely_on(
    routed: dict[object, dict[str, Any]],
) -> None:
    decision = routed["printer-guide.pdf"]

    assert shape(decision) == {
        "id": "str",
        "decision": "str",
        "section": "str",
        "kind": "str",
        "confidence": "float",
        "alternatives": ["dict"],
        "reasons": ["str"],
        "ms": "float",
    }
    assert (decision["decision"], decision["section"]) == ("file", "TECH-8")
    assert len(decision["alternatives"]) == 5
    assert decision["alternatives"][0]["section"] == "TECH-8"
    assert shape(decision["alternatives"][0]) == {"section": "str", "confidence": "float"}


def test_a_caption_that_names_a_section_wins(routed: dict[object, dict[str, Any]]) -> None:
    assert (routed["resume.txt"]["decision"], routed["resume.txt"]["section"]) == ("file", "TECH-8")


def test_only_sections_of_the_candidates_sets_and_of_the_record_are_meant(
    routed: dict[object, dict[str, Any]],
) -> None:
    found = [a["section"] for a in routed["weeding-notes.docx"]["alternatives"]]

    allowed = ("TECH-", "COMM-", "technology/", "communication-and-teamwork/", "resume", "a")
    assert all(section.startswith(allowed) for section in found)


def test_a_file_that_tells_nothing_is_asked_about(routed: dict[object, dict[str, Any]]) -> None:
    assert routed["notes.txt"]["decision"] == "ask"
    assert routed["recording.xyz"]["decision"] == "ask"
    assert routed["notes.txt"]["section"]


@pytest.mark.parametrize(
    ("name", "reason"), [("certificate.pdf", "is a program"), ("nothing.pdf", "is empty")]
)
def test_what_cannot_be_evidence_is_refused(
    routed: dict[object, dict[str, Any]], name: str, reason: str
) -> None:
    assert (routed[name]["decision"], routed[name]["confidence"]) == ("refuse", 1.0)
    assert reason in routed[name]["reasons"][0]


def test_bad_lines_get_an_error_line_and_the_others_are_done(shared: Shell) -> None:
    requests = (
        {"id": 1, "path": str(shared.folder / "nowhere.pdf")},
        line(shared.folder, "notes.txt", sets=["juggling"]),
        {"id": 3, "caption": "for TECH-8"},
        line(shared.folder, "notes.txt", caption=8),
        line(shared.folder, "resume.txt"),
    )

    result = shared.run("route", "--json", "-", lines=json_lines(requests))

    told = results(result)
    assert result.exit_code == 1
    assert ["error" in one for one in told] == [True, True, True, True, False]
    assert told[0]["error"].startswith("There is no file ")
    assert told[1]["error"].startswith("No set is called juggling: use foundations-of-library-")


def test_a_path_that_the_system_refuses_ends_its_own_line_only(shared: Shell) -> None:
    requests = (
        {"id": 1, "path": "x" * 300},
        {"id": 2, "path": "no\0such.pdf"},
        {"id": "\ud800", "path": "half \ud800.pdf"},
        line(shared.folder, "resume.txt"),
    )

    result = shared.run("route", "--json", "-", lines=json_lines(requests))

    told = results(result)
    assert result.exit_code == 1
    assert [one["id"] for one in told] == [1, 2, "\ud800", "resume.txt"]
    assert ["error" in one for one in told] == [True, True, True, False]
    assert told[0]["error"].endswith("check it, or copy the file to a shorter path.")


def test_one_file_is_told_in_words_or_as_one_line(shared: Shell) -> None:
    sure = shared.run("route", prop("resume.txt", shared.folder), "--caption", "for TECH-8")
    unsure = shared.run("route", prop("notes.txt", shared.folder), "--set", "TECH")
    as_json = shared.run("route", prop("resume.txt", shared.folder), "--json")

    assert sure.stdout.startswith("Would file it in TECH-8 of Technology ")
    assert "\nWhy: the caption names TECH-8\n" in sure.stdout
    assert unsure.stdout.startswith("Would ask; the best guess is ")
    assert len([text for text in unsure.stdout.splitlines() if text.startswith("Next: ")]) == 2
    assert results(as_json)[0]["section"] == "resume"


def test_nothing_is_stored(shell: Shell) -> None:
    assert shell.run("route", prop("resume.txt", shell.folder)).exit_code == 0

    assert not shell.data.exists()


def test_a_refused_or_missing_file_alone_ends_with_exit_code_1(shell: Shell) -> None:
    refused = shell.run("route", prop("nothing.pdf", shell.folder))
    missing = shell.run("route", shell.folder / "nowhere.pdf")

    assert (refused.exit_code, missing.exit_code) == (1, 1)
    assert "nothing.pdf is empty" in refused.stderr
    assert missing.stderr.startswith("carrel: There is no file ")
