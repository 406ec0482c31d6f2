"""When people are looked at for what is due. Everything may raise `StorageFailed`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol


class Looks(Protocol):
    """When each person has to be looked at next. An index over the clock, not a schedule.

    Whatever changes a person's state marks them as stirred in the same transaction (the database
    does that itself), so that nobody can forget it; what is due is derived anew at each look.
    """

    def alone(self) -> bool:
        """Whether this transaction alone may look, until it ends; another one does when False."""
        ...

    def stirred(self, *, limit: int) -> tuple[int, ...]:
        """Takes people whose state changed since they were looked at, by number; marks go."""
        ...

    def due(self, *, now: datetime, limit: int) -> tuple[int, ...]:
        """People whose next look is due, the longest due first."""
        ...

    def put(
        self,
        looks: Mapping[int, datetime | None],
        *,
        failed: Mapping[int, datetime | None] | None = None,
    ) -> None:
        """Notes when each of them is to be looked at next; None means only when stirred.

        Of those at whom it `failed` until when they were looked at before, None for never.
        """
        ...

    def failed(self, people: Collection[int]) -> Mapping[int, datetime]:
        """Until when those were looked at, of the people, at whom the last look failed."""
        ...

    def failing(self, *, until: datetime, limit: int) -> tuple[int, ...]:
        """People at whom the last look failed, and who are to be looked at again by then."""
        ...

    def stir(self, people: Collection[int] | None = None) -> None:
        """Marks them, or with None everybody, as stirred."""
        ...

    def swept(self, name: str) -> tuple[datetime | None, str]:
        """Until when that clock work was done last, and the mark left then."""
        ...

    def note_swept(self, name: str, *, at: datetime, mark: str = "") -> None:
        """Puts this in the place of what was noted before."""
        ...
