"""The clock: work that is done at its times, whatever is said to Carrel meanwhile."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from bot.errors import StorageFailed

log = logging.getLogger(__name__)
GRACE_SECONDS = 20.0  # for what is under way when it is told to stop
Ending = Callable[[], bool]  # whether it is time to end
Work = Callable[[Ending], object]  # is done in a thread


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work of that name, once at the start and then at each minute that `at` (cron) matches."""

    name: str
    at: str


NOTICES = "notices"
FORGETTING = "forgetting"
STAFF = "staff digest"

JOBS = (
    Job(name=NOTICES, at="* * * * *"),
    Job(name=FORGETTING, at="*/10 * * * *"),
    Job(name=STAFF, at="* * * * *"),
)


async def stop(ticking: asyncio.Task[None]) -> None:
    """Ends a clock that runs in the background; one that had failed is logged."""
    ticking.cancel()
    await asyncio.wait({ticking})
    if not ticking.cancelled() and (failed := ticking.exception()):
        log.error("The clock had failed", exc_info=failed, extra={"action": "clock-failed"})


class Clock:
    """Runs the jobs, each in a thread and never twice at once; a late one runs once.

    One that fails is logged, and comes again at its next time. Work may be done by several
    processes at the same instant: it is for the work to see to it that nothing is done twice.
    """

    def __init__(self, work: Mapping[str, Work], *, jobs: tuple[Job, ...] = JOBS) -> None:
        """`work` is what each job does, by name; jobs without any are left out."""
        self._work = work
        self._jobs = tuple(job for job in jobs if job.name in work)
        self._ending = threading.Event()
        self._running = set[asyncio.Task[None]]()

    async def run(self) -> None:
        """Until it is cancelled; then what is under way comes to its end."""
        scheduler = AsyncIOScheduler(timezone=UTC)
        for job in self._jobs:
            scheduler.add_job(
                self._start,
                CronTrigger.from_crontab(job.at, timezone=UTC),
                args=(job,),
                id=job.name,
                next_run_time=datetime.now(UTC),
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )
        scheduler.start()
        try:
            await asyncio.Event().wait()
        finally:
            self._ending.set()
            scheduler.pause()  # what is under way would be called a failure if it shut down now
            await asyncio.sleep(0)  # what was to begin at this very moment begins, and ends at once
            if self._running:
                await asyncio.wait(self._running, timeout=GRACE_SECONDS)
            scheduler.shutdown(wait=False)

    async def _start(self, job: Job) -> None:
        """The scheduler cancels what waits here at the end, but not what is under way."""
        if self._ending.is_set():
            return
        task = asyncio.create_task(asyncio.to_thread(self._do, job))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        with suppress(asyncio.CancelledError):  # which the scheduler would call a failure
            await asyncio.shield(task)

    def _do(self, job: Job) -> None:
        extra = {"action": "clock-failed", "job": job.name}
        try:
            self._work[job.name](self._ending.is_set)
        except StorageFailed as error:
            log.warning("%s waits for the database: %s", job.name, error, extra=extra)
        except Exception:
            log.exception("%s failed, and is tried again at its next time", job.name, extra=extra)
