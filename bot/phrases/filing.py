"""How filing, moving and undoing are told."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.domain.filing import Decision
from bot.domain.messages import Bullets, Choice, Paragraph, Reply
from bot.domain.portfolio import Evidence, State
from bot.domain.program import Program
from bot.phrases.sections import full_name, label, short_name, together
from bot.phrases.times import day_of, moment

MOST_OFFERED = 6  # files of a step
UNITS = ("bytes", "kB", "MB", "GB")


def summary(*, filed: int, known: int, refused: int, asked: Sequence[int]) -> str:
    """How it went with many files; `asked` are the numbers of those that wait for a word."""
    counts = {"filed": filed, "there already": known, "not taken": refused}
    told = [f"{count} {what}" for what, count in counts.items() if count]
    if asked:
        need, files = ("needs", "file") if len(asked) == 1 else ("need", "files")
        told.append(f"{len(asked)} {need} you: {files} {together([str(one) for one in asked])}")
    return f"{', '.join(told)}."


def filed(
    program: Program,
    evidence: Evidence,
    decision: Decision,
    *,
    note: str,
    step: int,
    zone: ZoneInfo,
) -> Reply:
    """A new file: where it went, why, and what to say if that is wrong.

    `step` is the number of the step in the record's history, which an undo takes back.
    """
    if evidence.filing.state is State.WAITING:
        return _asked(program, evidence, decision, note=note, step=step, zone=zone)
    places = " and ".join(full_name(program, s) for s in evidence.filing.sections)
    lines = [
        f"Filed {evidence.name} as file {evidence.number} in {places}.",
        f"Why: {_reasons(decision)}. Counted as {evidence.filing.kind.value} documentation.",
        receipt_line(evidence, zone),
    ]
    choices = [
        Choice(
            label=f"File {evidence.number} to {label(program, a.section)}",
            says=f"move {evidence.number} to {a.section}",
        )
        for a in decision.alternatives
        if a.section not in evidence.filing.sections
    ][:2]
    return _reply(lines, note, (*choices, undo(step)))


def known(
    program: Program,
    evidence: Evidence,
    *,
    name: str,
    added: tuple[str, ...],
    step: int,
    zone: ZoneInfo,
) -> Reply:
    """The same file again."""
    since = day_of(evidence.stored_at, zone)
    where = " and ".join(short_name(program, s) for s in evidence.filing.sections if s not in added)
    place = f"already in {where} since {since}" if where else f"here since {since}, not yet filed"
    lines = [f"{name} is {place}, as file {evidence.number} ({evidence.name}): the same file."]
    if added:
        lines.append(f"It now stands in {' and '.join(full_name(program, s) for s in added)} too.")
        return _reply(lines, "", (undo(step),))
    lines.append(
        "Nothing was stored twice. To file it elsewhere too, say: "
        f"also {evidence.number} in SECTION."
    )
    return _reply(lines, "", ())


def rejected(name: str, advice: str) -> Reply:
    """A file that was not kept: the advice begins with its name, or with `It`."""
    rest = advice.removeprefix("It ")
    told = advice if rest == advice else f"{name} {rest}"
    return _reply([f"Not filed: {told}"], "", ())


def moved(program: Program, evidence: Evidence, *, step: int, zone: ZoneInfo) -> Reply:
    """A file at its new place."""
    return _reply([where(program, evidence), receipt_line(evidence, zone)], "", (undo(step),))


def which_undone(evidence: Sequence[Evidence], *, changed: int, step: int) -> Reply:
    """Asks what is to be taken back; nothing is done yet.

    `evidence` are the files that were named and those of the last step, `changed` how many it was
    about; `step` is 0 where there is none.
    """
    about = "1 file" if changed == 1 else f"{changed} files"
    last = f"Your last step was about {about}. " if step else "There is no step to undo. "
    say = "Pick one, or say: remove NUMBER." if evidence else "Say: files, to see those you have."
    text = f"{last}Nothing is changed yet: what shall I take back? {say}"
    listed = Bullets(items=tuple(f"{one.number}: {one.name}" for one in evidence))
    single = tuple(
        Choice(label=f"Take out file {one.number} alone", says=f"remove {one.number}")
        for one in evidence[:MOST_OFFERED]
        if one.filing.state is not State.WITHDRAWN
    )
    whole = (undo(step, label=f"Undo all of the last step ({about})"),) if step else ()
    blocks = (Paragraph(text=text), *((listed,) if evidence else ()))
    return Reply(blocks=blocks, choices=(*single, *whole))


def no_such_place(tag: str) -> Reply:
    """Files came to an address that ends in the name of nothing."""
    text = (
        f"The address you wrote to ends in +{tag}, and there is no section of that name; I went by "
        "the rest of your mail."
    )
    return Reply(blocks=(Paragraph(text=text),))


def undone(program: Program, evidence: tuple[Evidence, ...]) -> Reply:
    """Files back where they stood."""
    return _reply(["Undone.", *(where(program, one) for one in evidence)], "", ())


def where(program: Program, evidence: Evidence) -> str:
    """Where a file stands, as a sentence."""
    head = f"File {evidence.number}, {evidence.name},"
    match evidence.filing.state:
        case State.FILED:
            places = " and ".join(full_name(program, s) for s in evidence.filing.sections)
            kind = evidence.filing.kind.value
            return f"{head} stands in {places}. It counts as {kind} documentation."
        case State.WAITING:
            return f"{head} waits for a section. Say: move {evidence.number} to SECTION."
        case State.WITHDRAWN:
            return f"{head} is out of your record. To put it back, send it again."


def shown(program: Program, evidence: Evidence) -> Reply:
    """One file, and what can be done with it."""
    number = evidence.number
    how = f"Say: move {number} to SECTION, also {number} in SECTION, or remove {number}."
    return _reply([where(program, evidence), how], "", ())


def file_list(program: Program, evidence: tuple[Evidence, ...]) -> Reply:
    """All files of a record."""
    held = [e for e in evidence if e.filing.state is not State.WITHDRAWN]
    if not held:
        return _reply(["You have filed nothing yet. Send a file, and say what it is for."], "", ())
    return _reply([where(program, e) for e in held], "", ())


def receipt_line(evidence: Evidence, zone: ZoneInfo) -> str:
    """The receipt in one line."""
    return (
        f"Receipt: {size(evidence.size)}, SHA-256 {evidence.sha256[:12]}\u2026, stored on "
        f"{moment(evidence.stored_at, zone)}. For the signed one, say: "
        f"receipt {evidence.number}."
    )


def receipt(evidence: Evidence, token: str) -> Reply:
    """The signed receipt."""
    lines = [
        f"Signed receipt of file {evidence.number}, {evidence.name}, to keep. Anyone can check "
        "it offline: carrel verify, then this line.",
        token,
    ]
    return _reply(lines, "", ())


def size(count: int) -> str:
    """A size for people: 812 bytes, 1.4 MB."""
    value, unit = float(count), 0
    while value >= 1000 and unit < len(UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{count} bytes" if unit == 0 else f"{value:.1f} {UNITS[unit]}"


def undo(step: int, *, label: str = "Undo") -> Choice:
    """Takes back that step and no other, however often and however late it is picked."""
    return Choice(label=label, says=f"undo step {step}")


def _asked(
    program: Program,
    evidence: Evidence,
    decision: Decision,
    *,
    note: str,
    step: int,
    zone: ZoneInfo,
) -> Reply:
    lines = [
        f"I have {evidence.name} as file {evidence.number}, safe but not filed: "
        f"I am not sure where it belongs ({_reasons(decision)}).",
        f"Which section is it for? Pick one, or say: move {evidence.number} to SECTION.",
    ]
    choices = tuple(
        Choice(
            label=f"File {evidence.number} to {label(program, a.section)}",
            says=f"move {evidence.number} to {a.section}",
        )
        for a in decision.alternatives[:3]
    )
    none = undo(step, label="None of these: undo")
    return _reply([*lines, receipt_line(evidence, zone)], note, (*choices, none))


def _reasons(decision: Decision) -> str:
    return "; ".join(decision.reasons) or "nothing in it points to one section"


def _reply(lines: list[str], note: str, choices: tuple[Choice, ...]) -> Reply:
    said = [*lines, f"Note: {note.rstrip('.')}."] if note else lines
    return Reply(blocks=tuple(Paragraph(text=line) for line in said), choices=choices)
