"""A program pack's folder -> the program and its passages, or every fault with its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.domain.knowledge import Passage
from bot.domain.program import (
    Competency,
    CompetencySet,
    Era,
    OpeningHours,
    Program,
    Section,
    Support,
    Words,
)
from bot.domain.sections import SectionKind, section_id
from bot.errors import ProgramError
from bot.knowledge.checks import check_passages, check_program
from bot.knowledge.documents import Fault, read_document
from bot.knowledge.lines import line_of
from bot.knowledge.notices import build_notices, mark_of
from bot.knowledge.notices_checks import NOTICES, check_notices
from bot.knowledge.notices_schema import NoticesModel
from bot.knowledge.remedies import of_bytes, of_shape, of_text
from bot.knowledge.rules import build_rules
from bot.knowledge.rules_checks import check_cites
from bot.knowledge.safe_yaml import load_yaml
from bot.knowledge.schema import (
    DemoModel,
    ProgramModel,
    SetModel,
    SetSectionsModel,
    SupportModel,
)
from bot.knowledge.shapes import DAYS

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A loaded pack. `demo` is the candidate a first run shows, `folder` where the pack lies."""

    folder: Path
    program: Program
    passages: tuple[Passage, ...]
    demo: DemoModel | None


def load_pack(folder: Path) -> Pack:
    """The pack of a folder; raises `ProgramError` with all its faults."""
    faults: list[Fault] = []
    texts: dict[str, str] = {}
    model = _model(folder, "program.yaml", ProgramModel, texts=texts, faults=faults)
    if model is None:
        raise ProgramError(tuple(map(str, faults)))
    files = [f"sets/{name}.yaml" for name in model.sets]
    read = [_model(folder, file, SetModel, texts=texts, faults=faults) for file in files]
    sets = tuple(s for s in read if s is not None)
    faults += _missing_sets(folder, model.sets)
    faults += check_program(model, sets, texts)
    notices = _notices(folder, texts, faults)
    eras = {key: Era(id=key, label=e.label, since=e.since) for key, e in model.eras.items()}
    wrong: list[Fault] = []
    passages = read_folder(folder / "documents", wrong, eras=eras, under="documents/")
    faults += (*wrong, *check_passages(passages))
    if passages:
        unread = frozenset(PurePath(fault.file).stem for fault in wrong)
        text = texts["program.yaml"]
        faults += check_cites(model.rules, text, passages, unread, under=("rules",))
        if notices:
            faults += check_cites(notices, texts[NOTICES], passages, unread, file=NOTICES)
    if faults:
        raise ProgramError(tuple(map(str, faults)))
    program = _program(model, sets, notices, tuple(eras.values()))
    return Pack(folder=folder, program=program, passages=passages, demo=model.demo)


def read_folder(
    folder: Path, faults: list[Fault], *, eras: dict[str, Era] | None = None, under: str = ""
) -> tuple[Passage, ...]:
    """The passages of every Markdown and text file below a folder, in name order.

    `eras` are a pack's, whose documents have to be UTF-8 with a title; any other folder may be as
    it is. Faults name files by their path in the folder, after `under`.
    """
    in_pack = eras is not None
    passages: list[Passage] = []
    files = sorted(p for p in folder.rglob("*") if p.suffix.lower() in {".md", ".markdown", ".txt"})
    if not files:
        what = "no .md or .txt file here: name a folder that holds documents"
        faults.append(Fault(file=str(folder), line=0, what=what))
    for path in files:
        name = path.relative_to(folder).as_posix()
        if in_pack:
            faults += _wrong_bytes(path, f"{under}{name}")
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        found, wrong = read_document(text, file=name, eras=eras or {}, in_pack=in_pack)
        passages += found
        faults += (replace(fault, file=f"{under}{name}") for fault in wrong)
    return tuple(passages)


def _model(
    folder: Path,
    file: str,
    kind: type[Model],
    *,
    texts: dict[str, str],
    faults: list[Fault],
) -> Model | None:
    path = folder / file
    if not path.is_file():
        if kind is not SetModel:  # sets are told together, with those that nobody lists
            faults.append(Fault(file=file, line=1, what=f"missing in {folder}: create it"))
        return None
    try:
        texts[file] = path.read_text(encoding="utf-8")
        return kind.model_validate(load_yaml(texts[file]))
    except ValidationError as error:
        for wrong in error.errors():
            line = line_of(texts[file], wrong["loc"])
            faults.append(Fault(file=file, line=line, what=of_shape(wrong)))
    except UnicodeDecodeError as error:
        line, what = of_bytes(error)
        faults.append(Fault(file=file, line=line, what=what))
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date of no calendar
        line, what = of_text(error, texts[file])
        faults.append(Fault(file=file, line=line, what=what))
    return None


def _notices(folder: Path, texts: dict[str, str], faults: list[Fault]) -> NoticesModel | None:
    """What is said by the clock; a pack without the file says nothing by it."""
    if not (folder / NOTICES).is_file():
        return None
    model = _model(folder, NOTICES, NoticesModel, texts=texts, faults=faults)
    if model:
        faults += check_notices(model, texts[NOTICES])
    return model


def _missing_sets(folder: Path, listed: tuple[str, ...]) -> Iterator[Fault]:
    """Sets without a file, with the files without a set: often one is the other, misspelt."""
    there = sorted(p.name for p in (folder / "sets").glob("*.yaml"))
    unlisted = [name for name in there if name.removesuffix(".yaml") not in listed]
    also = f". In sets/ but not listed in program.yaml: {', '.join(unlisted)}" if unlisted else ""
    for name in listed:
        if f"{name}.yaml" not in there:
            what = f"missing in {folder}: create it{also}"
            yield Fault(file=f"sets/{name}.yaml", line=1, what=what)


def _wrong_bytes(path: Path, file: str) -> Iterator[Fault]:
    try:
        path.read_bytes().decode()
    except UnicodeDecodeError as error:
        line, what = of_bytes(error)
        yield Fault(file=file, line=line, what=what)


def _program(
    model: ProgramModel,
    sets: tuple[SetModel, ...],
    notices: NoticesModel | None,
    eras: tuple[Era, ...],
) -> Program:
    competency_sets = tuple(_set(s) for s in sets)
    words = Words(**model.words.model_dump())
    return Program(
        id=model.id,
        name=model.name,
        short_name=model.short_name,
        words=words,
        sets=competency_sets,
        sections=_sections(model, competency_sets),
        electives_needed=model.electives_needed,
        subscription_years=model.subscription_years,
        rules=build_rules(model.rules, words),
        primary_looks_like=model.documentation.primary,
        secondary_looks_like=model.documentation.secondary,
        eras=eras,
        support=_support(model.support),
        unofficial=model.unofficial,
        notices=replace(build_notices(notices), mark=mark_of(model, sets, notices)),
    )


def _set(model: SetModel) -> CompetencySet:
    fields = model.model_dump(exclude={"competencies"})
    competencies = tuple(Competency(**c.model_dump()) for c in model.competencies)
    return CompetencySet(**fields, competencies=competencies)


def _sections(model: ProgramModel, sets: tuple[CompetencySet, ...]) -> tuple[Section, ...]:
    record = [
        Section(id=s.id, title=s.title, kind=SectionKind.RECORD, looks_like=s.looks_like)
        for s in model.sections
    ]
    return (*record, *(part for s in sets for part in _set_sections(s, model.set_sections)))


def _set_sections(competency_set: CompetencySet, shared: SetSectionsModel) -> list[Section]:
    title, set_id = competency_set.title, competency_set.id
    sections = [
        Section(
            id=c.id,
            title=c.text,
            kind=SectionKind.COMPETENCY,
            set_id=set_id,
            looks_like=(*c.looks_like, *c.suggestions),
        )
        for c in competency_set.competencies
    ]
    for kind, part in (
        (SectionKind.CERTIFICATE, shared.certificate),
        (SectionKind.STATEMENT, shared.statement),
        (SectionKind.LETTER, shared.letter),
    ):
        lines = tuple(line.replace("{set}", title) for line in part.looks_like)
        name = f"{part.title}, {title}"
        id = section_id(set_id, kind)
        sections.append(Section(id=id, title=name, kind=kind, set_id=set_id, looks_like=lines))
    return sections


def _support(model: SupportModel | None) -> Support | None:
    if model is None:
        return None
    hours = tuple(
        OpeningHours(days=tuple(DAYS.index(d) for d in h.days), opens=h.opens, closes=h.closes)
        for h in model.hours
    )
    return Support(
        name=model.name,
        contact=model.contact,
        time_zone=model.time_zone,
        hours=hours,
        caveat=model.caveat,
    )
