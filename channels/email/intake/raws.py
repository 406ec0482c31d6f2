"""Puts mails as they came into the file store, those that are new alone."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.errors import CarrelError
from bot.ports import FileStore
from channels.email.intake.parcels import Parcel
from channels.email.intake.said import NAME
from channels.email.intake.taken import Notes
from channels.email.intake.understanding import Said, Understood

WRITERS = 4  # threads that put mails down: each mostly waits for the disk


class Raws:
    """What one house keeps of mails. Of the same mail by another way the bytes are others.

    Nothing names those bytes, so that nobody could ever forget them: they are not put down.
    """

    def __init__(self, files: FileStore, notes: Notes) -> None:
        self._files = files
        self._notes = notes

    async def put(
        self, parcel: Parcel, understood: Sequence[Understood | Exception]
    ) -> Sequence[Exception | None]:
        """Durable when it returns; of each what went wrong."""
        known = await asyncio.to_thread(self._known, understood)
        raws: list[bytes | None] = []
        for one, what in zip(parcel, understood, strict=True):
            is_new = isinstance(what, Said) and what.message.id not in known
            raws.append(one.raw if is_new else None)
            if isinstance(what, Said):
                known.add(what.message.id)
        wanted = [at for at, raw in enumerate(raws) if raw is not None]
        lots = [wanted[start::WRITERS] for start in range(min(WRITERS, len(wanted)))]
        failed: dict[int, Exception] = {}

        def put(lot: Sequence[int]) -> None:
            for at in lot:
                try:
                    self._files.put_bytes(raws[at] or b"")
                except Exception as error:
                    failed[at] = error

        await asyncio.gather(*(asyncio.to_thread(put, lot) for lot in lots))
        return [failed.get(at) for at in range(len(raws))]

    def _known(self, understood: Sequence[Understood | Exception]) -> set[str]:
        """The ids of those that were kept before, as far as that can be known."""
        ids = [what.message.id for what in understood if isinstance(what, Said)]
        try:
            return set(self._notes.received(NAME, ids)) if ids else set()
        except CarrelError:  # the database is away: then nothing of it can be kept either
            return set()
