"""A parcel of mails -> what became of each: kept for good, or to be tried again."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from typing import assert_never

from bot.errors import CarrelError
from bot.ports import Clock, Deliver, FileStore
from channels.email.intake.cases import Case, cases
from channels.email.intake.parcels import Fetched, Parcel
from channels.email.intake.raws import Raws
from channels.email.intake.returning import note_returned
from channels.email.intake.said import Came, sha256_of
from channels.email.intake.taken import Notes, Outcome, Taken
from channels.email.intake.thread import OwnThread
from channels.email.intake.understanding import (
    Hopeless,
    PassedOver,
    Returned,
    Said,
    Understanding,
    Understood,
)
from channels.email.intake.waiting import Waiting
from channels.recent import Recent

log = logging.getLogger(__name__)
ENOUGH = 4  # times that one mail is tried, when it is no trouble of the house's
MOST = 10_000  # mails whose tries are remembered
# The database, the disk, too much at once: what passes by itself or is mended outside.
PASSES = (CarrelError, OSError, MemoryError)


class Ungiven(Exception):  # it is looked at by the name of its class alone
    """The server does not give this mail."""


class Taking:
    """Keeps what was said, and notes what came back; one parcel at a time."""

    def __init__(
        self,
        understanding: Understanding,
        files: FileStore,
        notes: Notes,
        *,
        clock: Clock,
        deliver: Deliver,
    ) -> None:
        self._understanding = understanding
        self._raws = Raws(files, notes)
        self._notes = notes
        self._deliver = deliver
        self._thread = OwnThread("mail-reading")
        self._tried: Recent[int, int] = Recent(MOST)
        self._troubles = 0  # of the house's, so far
        self.waiting = Waiting(clock)

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

    async def take(self, parcel: Parcel, *, behind: set[str] | None = None) -> Taken:
        """Returns once everything that is not to be tried again is safe.

        What one sender said is kept in its order, also where something of it could not be kept;
        what several said is kept at once. `behind` are the conversations in which something earlier
        is not kept yet, before and after.
        """
        behind = set() if behind is None else behind
        troubles = self._troubles
        understood = await self._understood(parcel)
        unsafe = await self._raws.put(parcel, understood)
        turns: defaultdict[str, list[Case]] = defaultdict(list)
        for case in cases(parcel, understood, unsafe):
            turns[case.conversation or str(case.uid)].append(case)
        found = await asyncio.gather(*(self._in_turn(lot, behind) for lot in turns.values()))
        outcomes = {uid: outcome for lot in found for uid, outcome in lot.items()}
        in_vain = all(outcome is Outcome.AGAIN for outcome in outcomes.values())
        return Taken(outcomes=outcomes, away=in_vain and self._troubles > troubles)

    async def _understood(self, parcel: Parcel) -> Sequence[Understood | Exception]:
        return await self._thread.do(lambda: [_read(self._understanding, one) for one in parcel])

    async def _in_turn(self, lot: Sequence[Case], behind: set[str]) -> dict[int, Outcome]:
        """One after the other; behind what cannot be kept, what was said later there waits."""
        outcomes: dict[int, Outcome] = {}
        for case in lot:
            if self._must_wait(case, behind):
                outcomes[case.uid] = Outcome.AGAIN
            else:
                outcomes[case.uid] = await self._tried_once(case)
            if case.conversation and outcomes[case.uid] is Outcome.AGAIN:
                behind.add(case.conversation)
        return outcomes

    def _must_wait(self, case: Case, behind: set[str]) -> bool:
        if not isinstance(case.what, Said):
            return False
        if case.conversation in behind or self.waiting.follows(case.uid, case.conversation):
            return True
        if not case.what.proof.again or not self.waiting.put_off(case.uid, case.conversation):
            return False
        extra = {"action": "mail-waits", "why": case.what.proof.why}
        log.info("A mail waits until it can be known who wrote it", extra=extra)
        return True

    async def _tried_once(self, case: Case) -> Outcome:
        if case.unsafe:
            return await self._not_kept(case, case.unsafe)
        try:
            outcome = await self._keep(case)
        except Exception as error:
            return await self._not_kept(case, error)
        self.waiting.done(case.uid)
        return outcome

    async def _keep(self, case: Case) -> Outcome:
        match what := case.what:
            case Said():
                fresh = await self._deliver(what.message)
                _note_proof(what)
                if what.set_aside:
                    return await self._failed(case, what.set_aside)
                return Outcome.PROCESSED if fresh else Outcome.KNOWN
            case Returned():
                await asyncio.to_thread(note_returned, self._notes, what)
                return Outcome.SILENT
            case PassedOver():
                return await self._passed_over(case, what)
            case Hopeless():
                return await self._failed(case, what.why)
            case Exception():
                raise what
            case _:
                assert_never(what)

    async def _passed_over(self, case: Case, what: PassedOver) -> Outcome:
        if what.sender:  # somebody's evidence may be in it
            return await self._failed(case, f"not answered: {what.why}")
        extra = {"action": "mail-passed-over", "why": what.why, "files": what.files}
        log.log(logging.WARNING if what.files else logging.INFO, "Passed over a mail", extra=extra)
        return Outcome.SILENT

    async def _not_kept(self, case: Case, error: Exception) -> Outcome:
        # Only the name of the error: its text may hold what somebody wrote.
        name = type(error).__name__
        if isinstance(error, PASSES):
            self._troubles += 1
        else:
            tried = (self._tried.pop(case.uid) or 0) + 1
            if tried >= ENOUGH:
                return await self._given_up(case, name)
            self._tried.put(case.uid, tried)
        extra = {"action": "mail-not-kept", "error": name}
        log.warning("Could not keep a mail: it will be tried again", extra=extra)
        return Outcome.AGAIN

    async def _given_up(self, case: Case, why: str) -> Outcome:
        try:
            return await self._failed(case, why)
        except PASSES as error:
            self._tried.put(case.uid, ENOUGH)
            return await self._not_kept(case, error)
        except Exception as error:  # it would stand in everybody's way; its text may be somebody's
            extra = {"action": "staff-not-told", "error": type(error).__name__}
            log.warning("Staff is not told of a mail that was set aside", extra=extra)
            return Outcome.FAILED

    async def _failed(self, case: Case, why: str) -> Outcome:
        """Staff are told before it is moved: whoever moves it and is killed would not tell it."""
        sender, proved = _sender(case.what)
        tell = self._notes.set_aside
        await asyncio.to_thread(lambda: tell(case.key(), sender=sender, why=why, proved=proved))
        extra = {"action": "mail-set-aside", "why": why}
        log.error("Set aside a mail: it cannot be processed", extra=extra)
        return Outcome.FAILED


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


def _note_proof(said: Said) -> None:
    """Why somebody is or is not believed to have written, for whoever wonders about an answer."""
    extra = {"action": "mail-said", "proved": said.proof.ok, "why": said.proof.why}
    log.info("A mail was taken", extra=extra)


def _sender(what: Understood | Exception) -> tuple[str, bool]:
    """The address that it names, and whether it surely comes from there."""
    if isinstance(what, Said):
        return what.message.sender.value, what.proof.ok
    sender = what.sender if isinstance(what, PassedOver) else ""
    return sender, bool(sender)


def _looks_like(what: Understood | Exception) -> Outcome:
    if isinstance(what, Said):
        return Outcome.FAILED if what.set_aside else Outcome.PROCESSED
    if isinstance(what, PassedOver) and what.sender:
        return Outcome.FAILED
    return Outcome.SILENT if isinstance(what, (Returned, PassedOver)) else Outcome.FAILED
