"""JSON lines in, JSON lines out: one line for each, in order, flushed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any, TextIO

import click

from bot.errors import CarrelError

LONGEST = 20_000  # characters of a text
Line = Mapping[str, Any]
Work = Callable[[Line], Mapping[str, object]]


def write_line(value: Mapping[str, object]) -> None:
    """One JSON object on a line of its own."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair came in as an escape: it leaves as one
        text = json.dumps(value)
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def each_line(source: TextIO, work: Work) -> None:
    """Does the work for every line; a bad line gets its own error line, and exit code 1 at the end.

    Empty lines are passed over.
    """
    failed = False
    for number, text in enumerate(source, start=1):
        if not text.strip():
            continue
        given: Line = {}
        try:
            given = _parse(text)
            write_line(work(given))
        except (CarrelError, ValueError, TypeError, OSError, RecursionError) as error:
            failed = True
            write_line({"id": given.get("id"), "error": str(error), "line": number})
            click.echo(f"carrel: line {number}: {error}", err=True)
    if failed:
        raise SystemExit(1)


def text_of(given: Line, key: str) -> str:
    """A text of the line; ValueError says what is missing."""
    value = given.get(key)
    if not isinstance(value, str):
        raise ValueError(f"give {key!r} as text")  # noqa: TRY004 - bad input, not a bad call
    if len(value) > LONGEST:
        raise ValueError(f"{key!r} is longer than {LONGEST:,} characters: send less")
    return value.encode("utf-8", errors="replace").decode()  # no half surrogate pairs


def list_of(given: Line, key: str) -> list[str]:
    """A list of texts of the line, empty when absent."""
    value = given.get(key) or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"give {key!r} as a list of texts")
    return value


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _parse(text: str) -> Line:
    try:
        given = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from error
    if not isinstance(given, dict):
        raise ValueError("give a JSON object")  # noqa: TRY004
    return given
