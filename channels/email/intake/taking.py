"""A parcel of mails -> what became of each: kept for good, or to be tried again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, assert_never

from bot.domain.messages import Address
from bot.errors import CarrelError
from bot.ports import Deliver, FileStore
from channels.email.intake.parcels import Fetched, Parcel
from channels.email.intake.said import NAME, Came, sha256_of
from channels.email.intake.thread import OwnThread
from channels.email.intake.understanding import (
    Hopeless,
    PassedOver,
    Returned,
    Said,
    Understanding,
    Understood,
)
from channels.recent import Recent

log = logging.getLogger(__name__)
ENOUGH = 4  # times that one mail is tried, when it is no trouble of the house's
MOST = 10_000  # mails whose tries are remembered
# The database, the disk, too much at once: what passes by itself or is mended outside.
PASSES = (CarrelError, OSError, MemoryError)


class Outcome(StrEnum):
    """What became of a mail."""

    PROCESSED = "processed"
    KNOWN = "known"
    SILENT = "silent"
    FAILED = "failed"
    AGAIN = "again"


class Waits(CarrelError):
    """Something that came before is not kept yet."""


class Ungiven(Exception):  # it is looked at by the name of its class alone
    """The server does not give this mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of the mails of a parcel, by their numbers."""

    outcomes: dict[int, Outcome]

    def uids(self, *outcomes: Outcome) -> list[int]:
        """The numbers of those of which this became."""
        return [uid for uid, outcome in self.outcomes.items() if outcome in outcomes]

    @property
    def done(self) -> list[int]:
        """The numbers of those that are dealt with."""
        return self.uids(Outcome.PROCESSED, Outcome.KNOWN, Outcome.SILENT)


class Notes(Protocol):
    """Whoever is told what came back, such as a window."""

    def bounced(self, address: Address, *, receipt: str, hard: bool, why: str) -> bool:
        """See `bot.ports.Window`."""
        ...


class Taking:
    """Keeps what was said, and notes what came back; one parcel at a time."""

    def __init__(
        self, understanding: Understanding, files: FileStore, notes: Notes, *, deliver: Deliver
    ) -> None:
        self._understanding = understanding
        self._files = files
        self._notes = notes
        self._deliver = deliver
        self._thread = OwnThread("mail-reading")
        self._tried: Recent[int, int] = Recent(MOST)

    def end(self) -> None:
        """Lets go of its thread; harmless twice."""
        self._thread.end()

    async def look(self, parcel: Parcel) -> Taken:
        """What would become of the mails as far as reading them tells; nothing is kept."""
        understood = await self._understood(parcel)
        outcomes = {
            fetched.listed.uid: _looks_like(what)
            for fetched, what in zip(parcel, understood, strict=True)
        }
        return Taken(outcomes=outcomes)

    async def take(self, parcel: Parcel) -> Taken:
        """Returns once everything that is not to be tried again is safe.

        What one sender said is kept in its order, also where something of it could not be kept.
        """
        understood = await self._understood(parcel)
        unsafe = await asyncio.gather(*map(self._put, parcel, understood))
        ready = _in_order(understood, unsafe)
        kept = await asyncio.gather(*map(self._keep, ready), return_exceptions=True)
        outcomes = {
            fetched.listed.uid: self._outcome(fetched.listed.uid, result)
            for fetched, result in zip(parcel, kept, strict=True)
        }
        return Taken(outcomes=outcomes)

    async def _understood(self, parcel: Parcel) -> Sequence[Understood | Exception]:
        return await self._thread.do(lambda: [_read(self._understanding, one) for one in parcel])

    async def _put(self, fetched: Fetched, what: Understood | Exception) -> Exception | None:
        """Puts the mail itself into the file store; what went wrong."""
        if not isinstance(what, Said) or fetched.raw is None:
            return None
        try:
            await asyncio.to_thread(self._files.put_bytes, fetched.raw)
        except Exception as error:
            return error
        return None

    async def _keep(self, what: Understood | Exception) -> Outcome:
        match what:
            case Said():
                fresh = await self._deliver(what.message)
                if what.set_aside:
                    return _failed(what.set_aside)
                return Outcome.PROCESSED if fresh else Outcome.KNOWN
            case Returned():
                await asyncio.to_thread(self._note, what)
                return Outcome.SILENT
            case PassedOver():
                extra = {"action": "mail-passed-over", "why": what.why}
                log.info("Passed over a mail", extra=extra)
                return Outcome.SILENT
            case Hopeless():
                return _failed(what.why)
            case Exception():
                raise what
            case _:
                assert_never(what)

    def _note(self, returned: Returned) -> None:
        for failure in returned.failures:
            address = Address(channel=NAME, value=failure.address)
            noted = any(
                self._notes.bounced(address, receipt=one, hard=failure.hard, why=failure.why)
                for one in returned.receipts
            )
            extra = {"action": "mail-returned", "hard": failure.hard, "noted": noted}
            log.info("A mail came back", extra=extra)

    def _outcome(self, uid: int, result: Outcome | BaseException) -> Outcome:
        if isinstance(result, Outcome):
            return result
        if not isinstance(result, Exception):
            raise result
        # Only the name of the error: its text may hold what somebody wrote.
        name = type(result).__name__
        if not isinstance(result, PASSES):
            tried = (self._tried.pop(uid) or 0) + 1
            if tried >= ENOUGH:
                return _failed(name)
            self._tried.put(uid, tried)
        extra = {"action": "mail-not-kept", "error": name}
        log.warning("Could not keep a mail: it will be tried again", extra=extra)
        return Outcome.AGAIN


def _read(understanding: Understanding, fetched: Fetched) -> Understood | Exception:
    if fetched.raw is None:
        return Ungiven()
    came = Came(raw=fetched.raw, sha256=sha256_of(fetched.raw), received=fetched.listed.received)
    try:
        if fetched.whole:
            return understanding.whole(came)
        return understanding.header(came, size=fetched.listed.size)
    except Exception as error:
        return error


def _in_order(
    understood: Sequence[Understood | Exception], unsafe: Sequence[Exception | None]
) -> Iterator[Understood | Exception]:
    """What can be kept now; behind what cannot, what the same sender said later waits."""
    blocked: set[str] = set()
    for what, error in zip(understood, unsafe, strict=True):
        if isinstance(what, Said):
            conversation = what.message.conversation
            if error or conversation in blocked:
                blocked.add(conversation)
                yield error or Waits("What was said before is not kept yet: this waits for it.")
                continue
        yield what


def _failed(why: str) -> Outcome:
    extra = {"action": "mail-set-aside", "why": why}
    log.error("Set aside a mail: it cannot be processed", extra=extra)
    return Outcome.FAILED


def _looks_like(what: Understood | Exception) -> Outcome:
    if isinstance(what, Said):
        return Outcome.FAILED if what.set_aside else Outcome.PROCESSED
    return Outcome.SILENT if isinstance(what, (Returned, PassedOver)) else Outcome.FAILED
