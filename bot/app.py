"""The composition root: settings in, working parts out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from bot.domain.knowledge import Passage
from bot.domain.messages import Address
from bot.domain.people import Person
from bot.errors import ConfigurationError
from bot.evidence.shelf import Shelf, build_shelf
from bot.knowledge.documents import Fault, read_document
from bot.knowledge.encoder import OnnxEncoder, encoder_from
from bot.knowledge.generated import generated_passages
from bot.knowledge.index import Index, build_index
from bot.knowledge.intents import Example, Intents, train
from bot.knowledge.pack import Pack, load_pack, read_folder
from bot.knowledge.vectors import Notify, RememberedVectors
from bot.ports import Channel, Fetcher, FileStore, Signer, UnitOfWork
from bot.settings import Settings
from bot.usecases.ask_documents import Asking
from bot.usecases.desk import Desk
from channels.lettering import DEJAVU
from handlers.pipeline import Pipeline
from scheduler.dispatcher import Dispatcher
from scheduler.terminal import Terminal
from storage.archive.press import ZipArchives
from storage.database import open_database
from storage.files import FolderFileStore
from storage.papers.calendar import IcsCalendarPress
from storage.papers.dossier import HtmlDossiers
from storage.papers.letters import PdfLetterPress
from storage.proof.secret import load_or_make_secret
from storage.proof.signing import Ed25519Signer
from storage.reading.reader import LocalTextReader
from storage.reading.unpacker import LocalUnpacker
from storage.unit_of_work import SqlUnitOfWork

OWN_RECORD = Path(__file__).parent / "knowledge" / "own_record.md"
INTENTS = Path(__file__).parent.parent / "handlers" / "intents.jsonl"
NOWHERE_ELSE: Mapping[str, Fetcher] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """Where things are kept, and the key that signs receipts.

    `scrub` takes what was deleted out of the database's file too; it gives False while another
    process is in the way. `held` tells whether this process alone has a name, among all on the
    database, until the end of the block. `database_file` is None where the database is no file on
    this machine.
    """

    uow: Callable[[], UnitOfWork]
    files: FileStore
    signer: Signer
    scrub: Callable[[], bool]
    held: Callable[[str], AbstractContextManager[bool]]
    database_file: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """A program pack, ready to be searched and filed into."""

    pack: Pack
    encoder: OnnxEncoder
    index: Index
    shelf: Shelf
    intents: Intents


def utc_now() -> datetime:
    """The clock of everything."""
    return datetime.now(UTC)


def open_store(settings: Settings) -> Store:
    """Opens, and on the first run makes, the database, the file store and the key."""
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            f"The data folder {settings.data} cannot be made ({error.strerror}): "
            "set CARREL_DATA to a folder you may write to."
        ) from error
    database = open_database(settings.database)
    secret = settings.secret.get_secret_value() or load_or_make_secret(settings.data)
    return Store(
        uow=lambda: SqlUnitOfWork(database.engine),
        files=FolderFileStore(settings.files),
        signer=Ed25519Signer(secret),
        scrub=database.scrub,
        held=database.held,
        database_file=database.file,
    )


def saved_for(settings: Settings, person: Person) -> Path:
    """Where a person's terminal saves what it is sent; erased with the person."""
    return settings.data / "saved" / str(person.id)


def open_knowledge(settings: Settings, notify: Notify | None = None) -> Knowledge:
    """Loads the pack and the encoder; the first time a pack is seen its texts are encoded."""
    pack = load_pack(settings.program)
    encoder, embed = _encoding(settings, notify)
    return Knowledge(
        pack=pack,
        encoder=encoder,
        index=build_index(_passages(pack), encoder, embed),
        shelf=build_shelf(pack.program, encoder, embed),
        intents=train(read_examples(INTENTS), encoder, embed, keep=embed.keep),
    )


def open_asking(settings: Settings, documents: Path | None, notify: Notify | None) -> Asking:
    """The program's documents, or those of a folder, ready to be asked."""
    pack = None if documents else load_pack(settings.program)
    passages = _passages(pack) if pack else _folder(documents or Path())
    encoder, embed = _encoding(settings, notify)
    return Asking(
        program=pack.program if pack else None,
        index=build_index(passages, encoder, embed),
        intents=train(read_examples(INTENTS), encoder, embed, keep=embed.keep),
    )


def _encoding(settings: Settings, notify: Notify | None) -> tuple[OnnxEncoder, RememberedVectors]:
    encoder = encoder_from(settings.encoder)
    return encoder, RememberedVectors(encoder, settings.vectors, notify)


def _passages(pack: Pack) -> tuple[Passage, ...]:
    own, _ = read_document(OWN_RECORD.read_text(encoding="utf-8"), file=OWN_RECORD.name, eras={})
    return (*pack.passages, *generated_passages(pack.program), *own)


def _folder(documents: Path) -> tuple[Passage, ...]:
    faults: list[Fault] = []
    passages = read_folder(documents, faults)
    if not passages:
        raise ConfigurationError("\n".join(map(str, faults)) or f"{documents}: nothing to read.")
    return passages


def open_shelf(settings: Settings, notify: Notify | None) -> Shelf:
    """The program's sections, ready to be compared with files."""
    encoder, embed = _encoding(settings, notify)
    return build_shelf(load_pack(settings.program).program, encoder, embed)


def open_intents(settings: Settings, examples: Path | None, notify: Notify | None) -> Intents:
    """Carrel's own intents, or those of another domain's examples."""
    encoder, embed = _encoding(settings, notify)
    return train(read_examples(examples or INTENTS), encoder, embed, keep=embed.keep)


def open_desk(
    store: Store,
    knowledge: Knowledge,
    fetchers: Mapping[str, Fetcher] = NOWHERE_ELSE,
    *,
    public_url: str = "",
    rooms: tuple[Address, ...] = (),
) -> Desk:
    """Everything the use cases work with.

    `fetchers` bring files that wait at a channel; `public_url` is where the HTTP side is, if any,
    and `rooms` are those of the staff.
    """
    return Desk(
        program=knowledge.pack.program,
        index=knowledge.index,
        shelf=knowledge.shelf,
        intents=knowledge.intents,
        files=store.files,
        reader=LocalTextReader(),
        unpacker=LocalUnpacker(),
        signer=store.signer,
        letters=PdfLetterPress(DEJAVU),
        dossiers=HtmlDossiers(store.files),
        calendars=IcsCalendarPress(),
        archives=ZipArchives(store.files, store.signer),
        clock=utc_now,
        fetchers=fetchers,
        public_url=public_url,
        rooms=rooms,
    )


def read_examples(path: Path) -> tuple[Example, ...]:
    """Intent examples of a JSON-lines file; ConfigurationError names the file and wrong line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            f"{path.name} is not UTF-8: save it as JSON lines with UTF-8 encoding."
        ) from error
    return tuple(_examples(text.split("\n"), path.name))


def _examples(lines: Iterable[str], name: str) -> Iterable[Example]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
            yield Example(text=str(given["text"]), intent=str(given["intent"]))
        except (ValueError, KeyError, TypeError) as error:
            raise ConfigurationError(
                f'{name}:{number}: write {{"text": "...", "intent": "..."}} ({error!r}).'
            ) from error


def open_terminal(channel: Channel, pipeline: Pipeline, dispatcher: Dispatcher) -> Terminal:
    """One channel that is handled and answered by this very process."""
    return Terminal(
        channel=channel,
        receive=pipeline.receive,
        handle_one=pipeline.handle_one,
        send_one=dispatcher.send_one,
    )
