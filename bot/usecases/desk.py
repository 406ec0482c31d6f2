"""What the use cases work with beside their transaction."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.program import Program
from bot.evidence.shelf import Shelf
from bot.knowledge.index import Index
from bot.knowledge.intents import Intents
from bot.ports import Clock, FileStore, Signer, TextReader, Unpacker


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One program, ready to be asked and filed into. Shared by threads; nothing in it changes."""

    program: Program
    index: Index
    shelf: Shelf
    intents: Intents
    files: FileStore
    reader: TextReader
    unpacker: Unpacker
    signer: Signer
    clock: Clock
