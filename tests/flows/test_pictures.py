"""Pictures that come in, and the picture of progress that goes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.messages import Chart
from tests.cast import ADA, BEA
from tests.desk import House
from tests.flows.props import prop


def chart(house: House, who: str) -> Chart:
    """The picture in the newest answer."""
    house.say(who, "progress")
    (found,) = (b for b in house.channel.sent[-1].reply.blocks if isinstance(b, Chart))
    return found


@pytest.fixture
def _no_recognition(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without any program that recognises text."""
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("_no_recognition")
def test_a_photo_is_kept_and_asked_about_where_text_cannot_be_recognised(
    home: House, tmp_path: Path
) -> None:
    said = home.send(ADA.email, prop("photo.bmp", tmp_path))

    assert said.startswith("I have photo.bmp as file 1, safe but not filed")
    assert "Note: " in said
    assert home.say(ADA.email, "move 1 to resume").startswith(
        "File 1, photo.bmp, stands in Resume."
    )


@pytest.mark.usefixtures("_no_recognition")
def test_a_photo_with_a_section_in_its_caption_is_filed_all_the_same(
    home: House, tmp_path: Path
) -> None:
    said = home.send(ADA.email, prop("photo.bmp", tmp_path), caption="my proof for TECH-8")

    assert said.startswith("Filed photo.bmp as file 1 in TECH-8")


def test_the_chart_has_a_bar_for_each_set_and_tells_the_same_in_words(
    home: House, tmp_path: Path
) -> None:
    home.send(ADA.email, prop("notes.txt", tmp_path), caption="for TECH-8")
    home.send(ADA.email, prop("resume.txt", tmp_path), caption="learning statement, Technology")

    found = chart(home, ADA.email)

    bars = {bar.label: (bar.done, bar.total, bar.note) for bar in found.bars}
    assert len(bars) == 6
    assert bars["Technology"] == (2, 10, "statement there")
    assert bars["Access Services"] == (0, 14, "no statement yet")
    assert "Technology 2 of 10 parts" in found.alt
    assert found.title.endswith("of Ada Reyes")
    assert found.footer == "Your subscription ends on Monday, 15 January 2029, in 786 days."


def test_a_set_is_complete_when_every_competency_and_the_statement_are_there(
    home: House, tmp_path: Path
) -> None:
    home.send(ADA.email, prop("notes.txt", tmp_path), caption="for TECH-1")
    for number in range(2, 9):
        home.say(ADA.email, f"also 1 in TECH-{number}")
    assert "lacks evidence for 1 of 9 competencies and" in home.say(
        ADA.email, "missing in Technology"
    )

    home.say(ADA.email, "also 1 in TECH-9")
    assert home.say(ADA.email, "missing in Technology").startswith(
        "Technology lacks only the personal learning statement."
    )

    home.send(ADA.email, prop("resume.txt", tmp_path), caption="learning statement, Technology")
    assert "every competency has evidence" in home.say(ADA.email, "missing in Technology")
    bar = next(bar for bar in chart(home, ADA.email).bars if bar.label == "Technology")
    assert (bar.done, bar.total, bar.note) == (10, 10, "complete by portfolio")


def test_an_elective_that_was_not_chosen_is_shown_once_something_is_filed_for_it(
    home: House, tmp_path: Path
) -> None:
    assert len(chart(home, BEA.email).bars) == 3

    home.send(BEA.email, prop("notes.txt", tmp_path), caption="for COLL-3")

    labels = [bar.label for bar in chart(home, BEA.email).bars]
    assert labels[3:] == ["Collection Management"]


def test_missing_tells_of_every_set_when_none_is_named(home: House) -> None:
    everything = home.say(BEA.email, "what is missing?")

    assert everything.count(" lacks evidence for ") == 3
