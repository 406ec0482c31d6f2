"""What is kept for channels: drafts of forms, how each channel is doing, what cards must show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.channel_state import ChannelState
from bot.domain.messages import Address
from bot.domain.people import Person


class Drafts(Protocol):
    """What a person typed into a form and has not sent; one draft for each form."""

    def keep(self, person: Person, form: str, values: Mapping[str, str], *, at: datetime) -> None:
        """Puts the values in place of the earlier ones, unless those are from a later instant."""
        ...

    def kept(self, person: Person, form: str) -> Mapping[str, str]:
        """The values; empty when there are none."""
        ...

    def drop(self, person: Person, form: str) -> None:
        """Forgets the values, not their instant: older ones that come late are not kept again.

        Harmless when there are none.
        """
        ...


class ChannelStates(Protocol):
    """How each channel is doing, as the process that serves it saw it last."""

    def note(self, state: ChannelState) -> None:
        """Keeps it in place of what was known; `since` stays while the state stays the same."""
        ...

    def all(self) -> tuple[ChannelState, ...]:
        """Every channel that was ever served, by name."""
        ...

    def home(self, channel: str) -> str:
        """The vendor's id of the workspace that was served first; empty before that."""
        ...

    def settle(self, channel: str, home: str) -> str:
        """Remembers the workspace unless one is known already; gives the one that is known."""
        ...

    def keep_invitation(self, channel: str, invitation: str) -> None:
        """Keeps how somebody begins there: a link in which `{code}` stands for a code."""
        ...

    def invitations(self) -> Mapping[str, str]:
        """The links of `keep_invitation`, by channel."""
        ...

    def turn(self, channel: str, *, now: datetime, every: timedelta) -> datetime | None:
        """Takes the next turn of a channel on which something may be said once in `every`.

        The instant of the turn, which is never before `now`, some seconds later at most, and given
        to nobody else; None when so many wait that it would be later. Turns that were given by a
        clock that was ahead are forgotten.
        """
        ...

    def moved(self, room: Address, to: Address) -> None:
        """Remembers that the vendor put another room in the place of one; harmless twice."""
        ...

    def place_of(self, room: Address) -> Address:
        """Where a room is now, which is the room itself unless it was moved."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A matter that changed: `subject` is like `submission:3` or `question:7`."""

    subject: str
    at: datetime


class Announcements(Protocol):
    """What has changed since the staff's cards were made; one change for each subject."""

    def mark(self, subject: str, *, at: datetime) -> None:
        """Notes that the subject changed; a change that is there takes the new instant."""
        ...

    def take(self) -> Change | None:
        """The oldest change, gone once this transaction commits; None when there is none."""
        ...
