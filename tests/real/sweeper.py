"""A process that does nothing but sweep the database SWEPT_URL, at the instant SWEPT_AT."""

from __future__ import annotations

import os
from datetime import datetime

from bot.knowledge.pack import load_pack
from bot.settings import Settings
from bot.usecases.sweep_notices import sweep_notices
from storage.database import open_database
from storage.unit_of_work import SqlUnitOfWork

BATCH = 7  # people: so that there are many moments at which to be killed


def main(url: str, now: datetime) -> None:
    """Sweeps until nothing is left; a line for the start and one for each batch."""
    program = load_pack(Settings(_env_file=None).program).program
    with open_database(url) as database:
        unit, more = SqlUnitOfWork(database.engine), True
        print("begun", flush=True)  # noqa: T201 - whoever started it waits for that
        while more:
            more = sweep_notices(unit, program, now=now, limit=BATCH).more
            print("swept", flush=True)  # noqa: T201


if __name__ == "__main__":
    main(os.environ["SWEPT_URL"], datetime.fromisoformat(os.environ["SWEPT_AT"]))
