"""The rules of the house, held against the source: sizes, docstrings, words and the README."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import cli
from bot.settings import Settings

ROOT = Path(__file__).parent.parent.parent
PARTS = ("bot", "handlers", "channels", "storage", "scheduler")
MIGRATIONS = "storage/migrations/versions"
HISTORY = "a migration is history: it is never taken apart"
LONG = {
    f"{MIGRATIONS}/v0001_first_tables.py": HISTORY,
    f"{MIGRATIONS}/v0002_review.py": HISTORY,
}
SHARED_HANDLERS = {  # tables, grammar, and what stands above the features
    "__init__",
    "answering_mail",
    "cancelling",
    "captions",
    "candidate_commands",
    "command",
    "confirming",
    "continuing",
    "courtesy",
    "deadline_named",
    "finishing",
    "form_words",
    "forms",
    "guiding",
    "half_commands",
    "halves",
    "holding",
    "mailed_words",
    "meeting",
    "moving_reminders",
    "often",
    "paragraphs",
    "pipeline",
    "places",
    "preparing",
    "recognising",
    "regaining",
    "reminding_commands",
    "reminder_answers",
    "reminder_listed",
    "reminder_pending",
    "replied",
    "request",
    "router",
    "routes",
    "section_named",
    "set_named",
    "setbacks",
    "staff_commands",
    "tagged",
    "taking_up",
    "versions",
    "window",
    "wishing_commands",
    "yes",
    "zone_named",
}
PROGRAM_WORDS = re.compile(r"\b(?:LSSC|LiveText|ALA-APA)\b")
COMMAND = re.compile(r"(?:`|\| |\$ )carrel ([a-z][a-z-]*)")
SETTING = re.compile(r"\bCARREL_([A-Z_]+)\b")


def modules(*parts: str) -> Iterator[tuple[str, str]]:
    """Path from the root and text of every module below these folders."""
    for part in parts:
        for path in sorted((ROOT / part).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def functions(text: str) -> Iterator[tuple[str, int]]:
    """Name and length in lines of every function of a module."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.fixture(scope="module")
def readme() -> str:
    """What the README says."""
    return (ROOT / "README.md").read_text(encoding="utf-8")


def test_no_function_is_longer_than_40_lines() -> None:
    long = {
        f"{path}: {name}": lines
        for path, text in modules(*PARTS)
        if path not in LONG
        for name, lines in functions(text)
        if lines > 40
    }

    assert long == {}


def test_no_module_is_longer_than_250_lines() -> None:
    lengths = {path: len(text.splitlines()) for path, text in modules(*PARTS)}

    assert lengths.keys() >= LONG.keys()
    assert {path: n for path, n in lengths.items() if n > 250 and path not in LONG} == {}


def test_every_feature_handler_is_kept_apart_from_the_others() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
    (apart,) = (set(c["modules"]) for c in contracts if c["type"] == "independence")
    handlers = {path.stem for path in (ROOT / "handlers").glob("*.py")}

    assert apart == {f"handlers.{name}" for name in handlers - SHARED_HANDLERS}


def test_every_module_says_what_it_is_for() -> None:
    silent = [path for path, text in modules(*PARTS) if not ast.get_docstring(ast.parse(text))]

    assert silent == []


def test_no_word_of_a_program_is_in_the_code() -> None:
    found = [
        path
        for path, text in modules(*PARTS, "bench")
        if not path.startswith("bot/programs/") and PROGRAM_WORDS.search(text)
    ]

    assert found == []


def test_the_readme_names_every_command_and_no_other(readme: str) -> None:
    assert set(COMMAND.findall(readme)) == set(cli.commands)


def test_the_readme_names_every_setting_and_no_other(readme: str) -> None:
    named = {name.lower() for name in SETTING.findall(readme)}

    assert named == set(Settings.model_fields)
