"""Log lines for people and for machines."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.log import JsonFormatter, configure


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """Gives the root logger back as pytest set it up."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def line(**extra: object) -> dict[str, Any]:
    record = logging.getLogger("carrel.test").makeRecord(
        "carrel.test", logging.WARNING, "x.py", 1, "sent %s", ("it",), None, extra=extra
    )
    loaded: dict[str, Any] = json.loads(JsonFormatter().format(record))
    return loaded


def test_a_json_line_has_the_sentence_and_the_ids() -> None:
    told = line(action="send", message_id=7, path=Path("a"))

    assert told.pop("at")
    assert told == {
        "level": "warning",
        "logger": "carrel.test",
        "message": "sent it",
        "action": "send",
        "message_id": 7,
        "path": "a",
    }


def test_a_json_line_tells_its_time_in_utc() -> None:
    offset = datetime.fromisoformat(line()["at"]).utcoffset()

    assert offset is not None
    assert not offset


def test_a_json_line_carries_the_error() -> None:
    try:
        int("burnt")
    except ValueError:
        record = logging.makeLogRecord({"msg": "failed", "exc_info": sys.exc_info()})

    text = JsonFormatter().format(record)
    assert "ValueError: invalid literal" in json.loads(text)["error"]
    assert "\n" not in text


def test_lines_go_to_standard_error_from_the_level_on(capsys: pytest.CaptureFixture[str]) -> None:
    configure("json")
    logging.getLogger("carrel.test").info("too quiet")
    logging.getLogger("carrel.test").warning("heard")

    out, err = capsys.readouterr()
    assert out == ""
    assert json.loads(err)["message"] == "heard"


def test_text_lines_read_as_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    configure("text", level=logging.INFO)
    logging.getLogger("carrel.test").info("heard")

    assert capsys.readouterr().err.endswith("INFO carrel.test: heard\n")


def test_a_library_that_shouts_is_kept_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    configure("text")
    loud = logging.getLogger("carrel.test.loud")
    loud.setLevel(logging.DEBUG)
    loud.debug("details")

    assert capsys.readouterr().err == ""
