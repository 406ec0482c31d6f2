"""What changed in the documents, and who was given an answer from what stands there no more."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.knowledge import OF_RECORD, Passage, Turn
from bot.domain.messages import OutboundMessage
from bot.domain.notices.happenings import CHANGES
from bot.domain.notices.manner import told_as
from bot.domain.program import Program
from bot.domain.proving import is_of_nobody
from bot.phrases import reporting
from bot.ports import UnitOfWork
from bot.usecases.tell import tell as tell_person


class Kind(StrEnum):
    """What happened to a heading."""

    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A heading that changed; `before` and `after` hold its sentences, empty where it is not.

    `document` is the title, or the file's name where the heading is gone. `asked` is the last turn
    of each person who was given an answer from it.
    """

    kind: Kind
    passage: str
    document: str
    heading: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    asked: tuple[Turn, ...] = ()


def note_first(uow: UnitOfWork, passages: Sequence[Passage], *, now: datetime) -> bool:
    """Notes the passages when none are noted yet; whether it did."""
    if uow.asked.known_passages():
        return False
    uow.asked.note_passages(_told(passages), at=now)
    return True


def changes(uow: UnitOfWork, passages: Sequence[Passage]) -> tuple[Change, ...]:
    """What differs from the passages as they were noted, in the documents' order, gone ones last.

    White space does not count, nor do answers from a record, which quote no document.
    """
    found = tuple(_changes(uow.asked.known_passages(), _told(passages)))
    return tuple(replace(one, asked=_asked(uow, one.passage)) for one in found)


def tell(
    uow: UnitOfWork,
    program: Program,
    found: Sequence[Change],
    passages: Sequence[Passage],
    *,
    now: datetime,
) -> int:
    """Tells everyone concerned and notes the passages; how many messages are new."""
    told = sum(_tell(uow, program, one, turn, now=now) for one in found for turn in one.asked)
    uow.asked.note_passages(_told(passages), at=now)
    return told


def _tell(uow: UnitOfWork, program: Program, change: Change, turn: Turn, *, now: datetime) -> bool:
    """Tells whoever it is now, where they want it; an address of nobody's that very address."""
    digest = hashlib.sha256("\n".join(change.after).encode()).hexdigest()[:16]
    key = f"changed:{change.passage}:{digest}"
    reply = reporting.changed(
        turn.question,
        document=change.document,
        heading=change.heading,
        old=_without(change.before, change.after),
        new=_without(change.after, change.before),
        gone=change.kind is Kind.GONE,
    )
    person = uow.people.at(turn.asker) if turn.asker else None
    if person:
        how = told_as(program, CHANGES)
        return tell_person(uow, person, reply, key=key, now=now, how=how)
    if turn.asker is None or not uow.wanted_kinds.wants(turn.asker, CHANGES):
        return False
    message = OutboundMessage(
        key=f"{key}:{turn.asker}",
        to=turn.asker,
        conversation=str(turn.asker),  # nobody else need know what they asked
        reply=reply,
        kind=CHANGES,
    )
    return uow.outbox.add(message, due=now)


def _changes(known: Mapping[str, str], passages: Sequence[Passage]) -> Iterator[Change]:
    for passage in passages:
        before = known.get(passage.id)
        after = _sentences("\n".join(passage.units))
        if before is None or _sentences(before) != after:
            yield Change(
                kind=Kind.NEW if before is None else Kind.CHANGED,
                passage=passage.id,
                document=passage.document,
                heading=passage.heading,
                before=_sentences(before or ""),
                after=after,
            )
    here = {passage.id for passage in passages}
    for id, text in known.items():
        if id not in here:
            yield _gone(id, text)


def _gone(passage: str, text: str) -> Change:
    file, _, heading = passage.partition("#")
    return Change(
        kind=Kind.GONE,
        passage=passage,
        document=file,
        heading=heading,
        before=_sentences(text),
        after=(),
    )


def _asked(uow: UnitOfWork, passage: str) -> tuple[Turn, ...]:
    """The last turn of each person, or of each address that is nobody's."""
    last: dict[str, Turn] = {}
    for turn in uow.asked.answered_from((passage,)):
        if turn.asker and not is_of_nobody(turn.conversation):
            person = uow.people.at(turn.asker)
            last[f"person:{person.id}" if person else str(turn.asker)] = turn
    return tuple(last.values())


def _told(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """What is quoted or said to anybody, what is said first as a sentence like the others."""
    said = (p for p in passages if p.computes not in OF_RECORD)
    return tuple(replace(p, lead="", units=(p.lead, *p.units)) if p.lead else p for p in said)


def _sentences(text: str) -> tuple[str, ...]:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return tuple(line for line in lines if line)


def _without(sentences: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """The sentences that stand only on this side."""
    return tuple(one for one in sentences if one not in set(others))
