"""Why a section was chosen, in words for people."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from bot.domain.program import Section
from bot.domain.sections import SectionKind
from bot.evidence.look import Look

_NOT_OF_A_SET = (SectionKind.RECORD, SectionKind.COMPETENCY)
NAMED = 1.0  # weight from which a paper is taken to name a set
LITTLE = 0.5  # substance below which the reader is told that there was little to go by


def naming_reason(look: Look, sections: Sequence[Section]) -> str:
    """That people named those sections."""
    who = "caption" if look.caption.sections else "file name"
    return f"the {who} names {_listed(sections)}"


def closed_reasons(look: Look, closed: Sequence[Section]) -> tuple[str, ...]:
    """That people named sections or sets that are not open; empty when they did not."""
    if not closed:
        return ()
    titles = dict.fromkeys(look.program.set(s.set_id).title for s in closed if s.set_id)
    which = f"{' and '.join(titles)} is not among your sets" if titles else "it is not open"
    return (f"{naming_reason(look, closed)}, but {which}",)


def unknown_reasons(look: Look) -> tuple[str, ...]:
    """That people named ids that do not exist, and which the set has; empty when they did not.

    A file's name counts only where the caption names nothing.
    """
    caption, name = look.caption, look.file_name
    who, unknown = "caption", caption.unknown
    if not unknown and not caption.sections:
        who, unknown = "file name", () if name.sections else name.unknown
    return tuple(
        f"the {who} names {id}, which does not exist: {_there(look, id)}" for id in unknown
    )


def _there(look: Look, id: str) -> str:
    """The ids that the set of that code has, or the codes there are."""
    code, _, _ = id.partition("-")
    for one in look.program.sets:
        if one.code == code:
            ids = [competency.id for competency in one.competencies]
            return f"{one.title} has {ids[0]} to {ids[-1]}" if len(ids) > 1 else f"{ids[0]} alone"
    return f"the codes are {', '.join(one.code for one in look.program.sets)}"


def closed_set_reasons(look: Look, sections: Collection[Section]) -> tuple[str, ...]:
    """That the caption or the file itself names a set none of whose sections is open."""
    open_sets = {s.set_id for s in sections}
    if look.caption.sets:
        named, who = look.caption.sets, "the caption"
    else:
        named, who = _named_by_paper(look), "it"
    if not named or open_sets.intersection(named):
        return ()
    titles = " and ".join(look.program.set(id).title for id in named)
    return (f"{who} names {titles}, which is not among your sets",)


def _named_by_paper(look: Look) -> tuple[str, ...]:
    """The set that a certificate, statement or letter names; ordinary evidence names none."""
    papers = [look.forms.get(k.value, 0.0) for k in SectionKind if k not in _NOT_OF_A_SET]
    best = max(look.sets, key=look.sets.__getitem__, default="")
    return (best,) if max(papers) > 0 and best and look.sets[best] >= NAMED else ()


def content_reasons(look: Look, section: Section) -> tuple[str, ...]:
    """What in the file, or beside it, speaks for the section."""
    return tuple(_content(look, section))


def _content(look: Look, section: Section) -> Iterator[str]:
    if section.id in look.caption.maybe:
        yield f"the caption says it may be {section.id}"
    if section.set_id and section.set_id in (*look.caption.sets, *look.caption.about):
        yield f"the caption names {look.program.set(section.set_id).title}"
    if section.kind is not SectionKind.COMPETENCY:
        yield f"it looks like this: {section.title}"
    elif words := look.words.get(section.id, ()):
        yield "it says " + ", ".join(f'"{word}"' for word in words)
    if look.substance < LITTLE:
        yield "there is little text in it to go by"


def _listed(sections: Sequence[Section]) -> str:
    names = (s.id if s.kind is SectionKind.COMPETENCY else s.title for s in sections)
    return " and ".join(names)
