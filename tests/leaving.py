"""A candidate with a rich record, her archive, and houses that take it on."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from bot.app import Knowledge
from bot.domain.people import Candidate
from bot.domain.rights import Role
from bot.usecases.erase_person import Erased, discard_bytes, erase_person
from bot.usecases.export_record import export_record
from bot.usecases.import_record import Imported, Origin, import_record
from storage.archive.reading import keep_bytes, open_archive
from storage.archive.writing import write_archive
from tests.cast import BEA, MIA, REV, ROB, SAL
from tests.desk import House
from tests.exporting import contents
from tests.flows.props import prop
from tests.flows.stage import Stage
from tests.flows.stories import whole_story

LETTER = "supervisor-letter.txt"


def told_house(knowledge: Knowledge, folder: Path) -> tuple[House, Candidate]:
    """Bea after the whole story, with a share, comments, an offer and open things besides."""
    folder.mkdir()
    house = House(knowledge, folder, url=f"sqlite:///{folder}/carrel.db")
    bea = house.enrol(BEA)
    Stage(house).play(whole_story(knowledge.pack.program))
    house.appoint(*MIA)
    house.say(BEA.email, f"share everything with {MIA[1]} for 30 days")
    house.say(MIA[1], "comment 1: This reads very well, Bea.")
    house.send(MIA[1], prop(LETTER, folder), caption=f"for {BEA.email}")
    house.send(BEA.email, prop("notes.txt", folder))
    house.send(BEA.email, prop("locked.pdf", folder))
    house.say(BEA.email, "ask staff: My number is 555 0100, please call Bea Okafor")
    return house, bea


def copy_of(house: House, knowledge: Knowledge, folder: Path) -> House:
    """The same installation again, to be changed without harm."""
    assert house.database.scrub()
    shutil.copytree(house.folder, folder)
    made = House(knowledge, folder, url=f"sqlite:///{folder}/carrel.db")
    made.clock.forward(house.clock() - made.clock())
    made._count = house._count  # messages go on being numbered where they were
    return made


def new_house(knowledge: Knowledge, folder: Path) -> House:
    """Another installation with staff of its own and nobody else."""
    folder.mkdir()
    house = House(knowledge, folder, url=f"sqlite:///{folder}/carrel.db")
    for who, role in ((SAL, Role.STAFF), (REV, Role.REVIEWER), (ROB, Role.REVIEWER)):
        house.appoint(*who, role)
    return house


def export(house: House, who: str, name: str = "record.zip") -> Path:
    """The archive of somebody's record."""
    path = house.folder / name
    with house.transaction() as uow:
        person = uow.people.find(who)
        assert person is not None
        made = export_record(uow, person, program=house.desk.program, signer=house.desk.signer)
    write_archive(path, made, files=house.files, signer=house.desk.signer)
    return path


def take_on(house: House, archive: Path) -> Imported:
    """The record in an archive, imported."""
    with open_archive(archive, trusted_key=None) as opened:
        origin = Origin(archive=keep_bytes(opened, house.files), public_key=opened.public_key)
        with house.transaction() as uow:
            done = import_record(uow, house.desk.program, opened.record, origin, now=house.clock())
            uow.commit()
    return done


def forget(house: House, who: str) -> Erased:
    """Somebody, erased as the command does it."""
    with house.transaction() as uow:
        done = erase_person(uow, house.desk.program, who, now=house.clock())
        uow.commit()
    discard_bytes(house.transaction(), house.files, done.names)
    house.database.scrub()
    return done


def everything_in(house: House) -> bytes:
    """All that is on the disk of an installation, but for archives that were written out."""
    kept = (p for p in house.folder.rglob("*") if p.is_file() and "props" not in p.parts)
    return b"\0".join(path.read_bytes() for path in kept if path.suffix not in {".zip", ".txt"})


def record_of(archive: Path) -> dict[str, Any]:
    """What an archive's record.json says."""
    found: dict[str, Any] = json.loads(contents(archive)["record.json"])
    return found
