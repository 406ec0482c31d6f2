"""Markdown and plain text -> passages, with a fault for every line that does not fit; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import yaml

from bot.domain.knowledge import Passage
from bot.domain.program import Era
from bot.knowledge.remedies import of_text
from bot.knowledge.safe_yaml import load_yaml
from bot.knowledge.sentences import units

_HEADING = re.compile(r"#{1,6}\s+(.+?)\s*#*\s*$")
_KEY = re.compile(r"([a-z_]+):\s*(.*)$")
KEYS = ("asked", "era", "stated", "source", "matter", "valid_to", "now", "tells", "computes")
SETTINGS = ("title", "source", "era", "stated", "valid_to", "now", "matter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong in a pack: where, what, and what to do. Line 0 is the whole of it."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.what}"


@dataclass(slots=True, kw_only=True)
class _Part:
    heading: str
    line: int
    lines: list[str]


def read_document(
    text: str, *, file: str, eras: Mapping[str, Era], in_pack: bool = False
) -> tuple[tuple[Passage, ...], tuple[Fault, ...]]:
    """The passages of one document and what is wrong with it.

    `file` is the path below the folder of documents. A document without front matter is plain
    Markdown or text: its headings cut it, and its first heading or file name is its title. In a
    pack each document has front matter with a title.
    """
    settings, body, first_line, faults = _front_matter(text, file, eras)
    if in_pack and not faults and not settings.get("title"):
        what = "no title: begin the file with the lines ---, title: its title, and --- again"
        faults.append(Fault(file=file, line=2 if settings else 1, what=what))
    parts = _parts(body, first_line)
    own_title = next((p.heading for p in parts if p.heading), "")
    title = str(settings.get("title") or own_title or _stem(file))
    passages = []
    for part in parts:
        passage, wrong = _passage(part, file=file, title=title, settings=settings, eras=eras)
        faults += wrong
        if passage:
            passages.append(passage)
    return tuple(passages), tuple(faults)


def _front_matter(
    text: str, file: str, eras: Mapping[str, Era]
) -> tuple[dict[str, object], str, int, list[Fault]]:
    if not text.startswith("---\n"):
        return {}, text, 1, []
    head, found, body = text[4:].partition("\n---\n")
    if not found:
        return (
            {},
            text,
            1,
            [Fault(file=file, line=1, what="front matter never ends: add a line ---")],
        )
    first = head.count("\n") + 4
    try:
        loaded = load_yaml(head)
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date that no calendar has
        line, what = of_text(error, head)
        fault = Fault(file=file, line=line + 1, what=f"front matter is {what}")
        return {}, body, first, [fault]
    if not isinstance(loaded, dict):
        fault = Fault(file=file, line=2, what="front matter must be `key: value` lines")
        return {}, body, first, [fault]
    return loaded, body, first, list(_wrong_settings(loaded, head, file=file, eras=eras))


def _wrong_settings(
    settings: Mapping[str, object], head: str, *, file: str, eras: Mapping[str, Era]
) -> Iterator[Fault]:
    """What is wrong with the front matter as such, told once however many headings follow."""
    wrong = {
        key: f"unknown key {key!r}: use one of {', '.join(SETTINGS)}"
        for key in settings
        if key not in SETTINGS
    }
    wrong |= _wrong_values({k: str(v) for k, v in settings.items() if v is not None}, eras)
    lines = head.split("\n")
    for key, what in wrong.items():
        places = (n for n, line in enumerate(lines, start=2) if line.startswith(f"{key}:"))
        yield Fault(file=file, line=next(places, 2), what=what)


def _wrong_values(values: Mapping[str, str], eras: Mapping[str, Era]) -> dict[str, str]:
    """What is wrong with values that other parts of the pack rely on, by key."""
    wrong = {}
    era, valid_to = values.get("era", ""), values.get("valid_to", "")
    if era and era not in eras:
        wrong["era"] = f"era {era!r} is not in program.yaml: use one of {', '.join(eras)}"
    if valid_to and _date(valid_to) is None:
        wrong["valid_to"] = f"valid_to {valid_to!r} is no date: write it as 2019-01-31"
    return wrong


def _parts(body: str, first_line: int) -> list[_Part]:
    parts = [_Part(heading="", line=first_line, lines=[])]
    fenced = False
    for number, line in enumerate(body.split("\n"), start=first_line):
        fenced ^= line.startswith("```")
        heading = None if fenced else _HEADING.match(line)
        if heading:
            parts.append(_Part(heading=heading[1], line=number, lines=[]))
        else:
            parts[-1].lines.append(line)
    return parts


def _passage(
    part: _Part,
    *,
    file: str,
    title: str,
    settings: Mapping[str, object],
    eras: Mapping[str, Era],
) -> tuple[Passage | None, list[Fault]]:
    meta, asked, body, faults = _metadata(part, file, in_pack=bool(settings))
    text = units(body)
    if not text:
        if part.heading and settings:
            what = f"heading {part.heading!r} has no text below it: write its answer or remove it"
            faults.append(Fault(file=file, line=part.line, what=what))
        return None, faults
    wrong = _wrong_values(meta, eras).values()
    faults += (Fault(file=file, line=part.line, what=what) for what in wrong)
    merged = {**{k: str(v) for k, v in settings.items() if v is not None}, **meta}
    era = eras.get(merged.get("era", ""))
    stated = merged.get("stated", "")
    passage = Passage(
        id=f"{_stem(file)}#{part.heading or title}",
        document=title,
        file=file,
        heading=part.heading or title,
        units=text,
        asked=tuple(asked),
        dated=_in_words(stated) or (era.label if era else ""),
        since=stated or (era.since if era else ""),
        valid_to=_date(merged.get("valid_to", "")),
        now=merged.get("now", ""),
        matter=merged.get("matter", ""),
        tells=merged.get("tells", "yes").lower() not in ("no", "false"),
        computes=merged.get("computes", ""),
        line=part.line,
    )
    return passage, faults


def _metadata(
    part: _Part, file: str, *, in_pack: bool
) -> tuple[dict[str, str], list[str], str, list[Fault]]:
    """Key lines right below the heading, then the body. Plain folders have no key lines."""
    meta: dict[str, str] = {}
    asked: list[str] = []
    faults: list[Fault] = []
    body = list(part.lines)
    while in_pack and part.heading and body and (key := _KEY.match(body[0])):
        if key[1] == "asked":
            asked.append(key[2].strip())
        elif key[1] in KEYS:
            meta[key[1]] = key[2].strip().strip('"')
        else:
            what = f"unknown key {key[1]!r}: use one of {', '.join(KEYS)}, or leave a blank line"
            line = part.line + 1 + len(part.lines) - len(body)
            faults.append(Fault(file=file, line=line, what=what))
        body.pop(0)
    return meta, asked, "\n".join(body), faults


def _date(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _in_words(stated: str) -> str:
    """`2019-01-31` as 31 January 2019; a year stays a year."""
    try:
        day = date.fromisoformat(stated)
    except ValueError:
        return stated
    return f"{day.day} {day:%B %Y}"


def _stem(file: str) -> str:
    return file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
