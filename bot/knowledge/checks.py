"""What a pack must satisfy beyond its shape: names that exist, dates that order, no doubles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from zoneinfo import available_timezones

from bot.domain.knowledge import COMPUTED, Passage
from bot.knowledge.documents import Fault
from bot.knowledge.lines import line_of
from bot.knowledge.rules_checks import PROGRAM, check_rules
from bot.knowledge.schema import ProgramModel, SetModel


def check_program(
    program: ProgramModel, sets: tuple[SetModel, ...], texts: Mapping[str, str]
) -> list[Fault]:
    """Faults of the program and its sets as a whole; `texts` holds the YAML files by name."""
    faults = [*_wrong_support(program, texts[PROGRAM]), *_wrong_ids(sets, texts)]
    faults += check_rules(program.rules, texts[PROGRAM])
    if len(sets) < len(program.sets):
        return faults
    for name, one in zip(program.sets, sets, strict=True):
        if one.id != name:
            what = f"id is {one.id!r}: it must be the file's name, {name!r}"
            faults.append(_fault(f"sets/{name}.yaml", texts, ("id",), what))
    electives = [s.id for s in sets if not s.required]
    if len(electives) < program.electives_needed:
        what = f"electives_needed is {program.electives_needed}, but {len(electives)} are offered"
        faults.append(_fault(PROGRAM, texts, ("electives_needed",), what))
    for place, id in enumerate(program.demo.electives if program.demo else ()):
        if id not in electives:
            what = f"demo elective {id!r} is not an elective: use one of {', '.join(electives)}"
            faults.append(_fault(PROGRAM, texts, ("demo", "electives", place), what))
    return faults


def check_passages(passages: tuple[Passage, ...]) -> list[Fault]:
    """Faults of the documents as a whole."""
    ids = Counter(p.id for p in passages)
    matters: dict[str, set[str]] = defaultdict(set)
    for p in passages:
        matters[p.matter].add(p.since)
    return [
        Fault(file=f"documents/{p.file}", line=p.line, what=f"{p.heading!r}: {wrong}")
        for p in passages
        for wrong in _wrong_passage(p, ids, matters)
    ]


def _wrong_support(program: ProgramModel, text: str) -> Iterator[Fault]:
    if program.support and program.support.time_zone not in available_timezones():
        what = f"{program.support.time_zone!r} is no time zone: use a name like Europe/Paris"
        yield _fault(PROGRAM, {PROGRAM: text}, ("support", "time_zone"), what)


def _wrong_ids(sets: tuple[SetModel, ...], texts: Mapping[str, str]) -> Iterator[Fault]:
    ids = Counter(c.id for s in sets for c in s.competencies)
    for s in sets:
        for place, c in enumerate(s.competencies):
            path = ("competencies", place, "id")
            if not c.id.startswith(f"{s.code}-"):
                what = f"{c.id} does not begin with the set's code: write {s.code}-{place + 1}"
                yield _fault(f"sets/{s.id}.yaml", texts, path, what)
            if ids[c.id] > 1:
                what = f"{c.id} is used {ids[c.id]} times: give each competency its own id"
                yield _fault(f"sets/{s.id}.yaml", texts, path, what)


def _wrong_passage(p: Passage, ids: Counter[str], matters: Mapping[str, set[str]]) -> Iterator[str]:
    if ids[p.id] > 1:
        yield "this heading stands twice in the document: give each its own words"
    if p.now and p.now not in ids:
        yield f"now: {p.now} does not exist: name FILE-STEM#Heading of a passage"
    if p.valid_to and not p.now:
        yield "it has valid_to but no now: name the passage that holds since then"
    if p.matter and not p.since:
        yield "a contested passage needs a date: add era or stated"
    elif p.matter and len(matters[p.matter]) == 1:
        yield f"matter {p.matter} needs a second passage with another date"
    if p.computes and p.computes not in COMPUTED:
        yield f"computes {p.computes!r} is unknown: use one of {', '.join(COMPUTED)}"


def _fault(file: str, texts: Mapping[str, str], path: tuple[int | str, ...], what: str) -> Fault:
    return Fault(file=file, line=line_of(texts.get(file, ""), path), what=what)
