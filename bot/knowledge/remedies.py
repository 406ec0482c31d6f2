"""What a parser says is wrong with a pack's file -> the line and what to do about it; pure."""

from __future__ import annotations

from collections.abc import Mapping

import yaml
from pydantic_core import ErrorDetails

from bot.knowledge.safe_yaml import load_yaml

NOT_UTF_8 = "not UTF-8: save the file with UTF-8 encoding"
SHAPES = {
    "missing": "missing: add it",
    "extra_forbidden": "unknown key: remove it or correct its spelling",
    "int_type": "write a whole number",
    "int_parsing": "write a whole number",
    "int_from_float": "write a whole number",
    "bool_type": "write true or false",
    "bool_parsing": "write true or false",
    "string_type": "write text, in quotation marks if it looks like a number or a date",
    "string_too_short": "it is empty: write its text",
    "string_pattern_mismatch": "write it so that it fits the pattern {pattern}",
    "too_short": "it is empty: list at least one",
    "tuple_type": "write a list, each item on a line that begins with -",
    "dict_type": "write lines of the form key: value",
    "model_type": "write lines of the form key: value",
    "time_type": 'write a time in quotation marks, like "07:00"',
    "time_parsing": 'write a time in quotation marks, like "07:00"',
    "date_type": "write a date, like 2019-12-31",
    "date_parsing": "write a date, like 2019-12-31",
    "date_from_datetime_parsing": "write a date, like 2019-12-31",
    "date_from_datetime_inexact": "write a date, like 2019-12-31",
    "greater_than_equal": "write {ge} or more",
    "less_than_equal": "write {le} or less",
    "literal_error": "write {expected}",
    "enum": "write {expected}",
}
YAML = {
    "mapping values are not allowed": "put a text with a colon in quotation marks, or indent alike",
    "found character '\\t'": "indent with spaces instead of tabs",
    "found character": "put a text that begins with such a sign in quotation marks",
    "found unexpected end of stream": "close the quotation mark that opens here",
    "found undefined alias": "put a text that begins with * in quotation marks",
    "could not determine a constructor": "put a text that begins with ! in quotation marks",
    "could not find expected ':'": "write key: value, with a space after the colon",
    "expected ',' or": "close the bracket that opens here, with commas between its items",
    "expected the node content": "remove the sign that does not belong here, or quote the text",
    "expected <block end>": "indent this line like those of its list or block",
}
OPENED = ("while scanning a quoted scalar", "while parsing a flow")


def of_shape(wrong: ErrorDetails) -> str:
    """What to do about a value of the wrong shape, after the place where it belongs."""
    told = SHAPES.get(wrong["type"])
    context: Mapping[str, object] = wrong.get("ctx", {})
    what = told.format(**context) if told else wrong["msg"]
    return f"{'.'.join(map(str, wrong['loc'])) or 'the file'}: {what}"


def of_text(error: yaml.YAMLError | ValueError, text: str) -> tuple[int, str]:
    """The line (from 1) and what to do about a text that is not YAML.

    A ValueError is a date that no calendar has, or a number that is none.
    """
    if isinstance(error, yaml.MarkedYAMLError):
        return _marked_line(error), f"not YAML: {_marked(error.problem or '')}"
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return line, "not YAML: remove the character that cannot be seen or printed"
    return _odd_line(text), "not YAML: no such date or number; correct it or put it in quotes"


def of_bytes(error: UnicodeDecodeError) -> tuple[int, str]:
    """The line (from 1) and what to do about bytes that are not UTF-8."""
    return error.object.count(b"\n", 0, error.start) + 1, NOT_UTF_8


def _marked(problem: str) -> str:
    told = (remedy for start, remedy in YAML.items() if problem.startswith(start))
    return next(told, "write lines of the form key: value, indented with spaces")


def _marked_line(error: yaml.MarkedYAMLError) -> int:
    """Where the fault lies; of what is never closed, where it was opened."""
    opened = (error.context or "").startswith(OPENED)
    mark = (error.context_mark if opened else None) or error.problem_mark
    return mark.line + 1 if mark else 1


def _odd_line(text: str) -> int:
    """The first line that holds such a value, tried by itself."""
    for number, line in enumerate(text.split("\n"), start=1):
        try:
            load_yaml(line)
        except yaml.YAMLError:
            continue
        except ValueError:
            return number
    return 1
