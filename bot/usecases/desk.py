"""What the use cases work with beside their transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.domain.knowledge import Passage
from bot.domain.messages import Address
from bot.domain.program import Program
from bot.evidence.shelf import Shelf
from bot.knowledge.index import Index
from bot.knowledge.intents import Intents
from bot.ports import (
    CalendarPress,
    Clock,
    DossierPress,
    Fetcher,
    FileStore,
    LetterPress,
    Signer,
    TextReader,
    Unpacker,
)

if TYPE_CHECKING:  # what goes into an archive is gathered by use cases that know the desk
    from bot.usecases.export_record import ArchivePress


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One program, ready to be asked and filed into. Shared by threads; nothing in it changes.

    `fetchers` bring files that wait at a channel, by the channel's name. `public_url` is where the
    world reaches the HTTP side; it is empty where there is none. `rooms` are those of the staff.
    """

    program: Program
    index: Index
    shelf: Shelf
    intents: Intents
    files: FileStore
    reader: TextReader
    unpacker: Unpacker
    signer: Signer
    letters: LetterPress
    dossiers: DossierPress
    calendars: CalendarPress
    archives: ArchivePress
    clock: Clock
    fetchers: Mapping[str, Fetcher] = field(default_factory=dict)
    public_url: str = ""
    rooms: tuple[Address, ...] = ()

    def cited(self, cites: Sequence[str], *, most: int = 2) -> tuple[Passage, ...]:
        """The first passages of those ids, to be quoted; the pack's check knows that they exist."""
        return tuple(self.index.passages[self.index.place(id)] for id in cites[:most])
