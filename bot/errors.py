"""Every error Carrel raises on purpose: what went wrong and what to do next."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum

from bot.domain.messages import Address


class CarrelError(Exception):
    """Something Carrel cannot do; the text says why and what to do next."""


class ConfigurationError(CarrelError):
    """A setting is missing or wrong; never swallowed, shown at start."""


class ProgramError(CarrelError):
    """A program pack cannot be used; `faults` names file, line and remedy of each fault."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class StorageFailed(CarrelError):
    """The database could not be read or written; nothing was half done."""


class Interlocked(StorageFailed):
    """Two transactions each waited for the other, and this one was given up: do it once more."""


class NotFound(CarrelError):
    """A person, file or section with that name does not exist for the one who asks."""


class Refused(CarrelError):
    """A request that the rules do not allow; nothing was changed.

    `said` are its words in order, with days and instants (aware) as they are: whoever knows the
    reader tells them on the reader's clock. The error's own text has instants in UTC. Where only
    words are missing, `heads` is what they are to be said behind, such as `approve 2: `.
    """

    def __init__(self, *said: str | date, heads: str = "") -> None:
        super().__init__("".join(_plain(part) for part in said))
        self.said = said
        self.heads = heads


class Misfilled(Refused):
    """A form that cannot be taken as it is; `field` names the field that is to be mended."""

    def __init__(self, *said: str | date, field: str) -> None:
        super().__init__(*said)
        self.field = field


class Overtaken(Refused):
    """Somebody changed the same thing since it was read; asked again it is met as it is now."""


class Refusal(StrEnum):
    """Why the text of a file could not be had."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    LOCKED = "locked"
    DAMAGED = "damaged"
    EXECUTABLE = "executable"
    UNREADABLE = "unreadable"
    TOO_SLOW = "too-slow"
    BAD_ARCHIVE = "bad-archive"


class Unreadable(CarrelError):
    """No text could be had from a file.

    `advice` is a sentence for the person: what is wrong and what to do. `keep` says whether the
    file itself may still be filed (sound, video, a picture without a text engine) or is refused
    (empty, executable, locked, damaged).
    """

    def __init__(self, reason: Refusal, advice: str, *, keep: bool) -> None:
        super().__init__(advice)
        self.reason = reason
        self.advice = advice
        self.keep = keep


class Unfetched(CarrelError):
    """The bytes of a file could not be had from where they wait.

    `advice` is a sentence for the person that begins with `It`; `again` says that a later try may
    succeed, after `retry_after` seconds where the vendor names them; `file` is the file's name
    where its vendor was asked for it.
    """

    def __init__(
        self, advice: str, *, again: bool, retry_after: float | None = None, file: str = ""
    ) -> None:
        super().__init__(advice)
        self.file = file
        self.advice = advice
        self.again = again
        self.retry_after = retry_after


class DeliveryFailed(CarrelError):
    """A message could not be handed to a vendor.

    `permanent` means that trying again is useless; `retry_after` (seconds) is the vendor's own
    word on how long to say nothing there, and uses up no attempt; `moved_to` is the room that the
    vendor put in the place of the one that was meant; `gone` means that the address is nobody's any
    more, so that nothing else will arrive there either; `ours` means that the channel itself is in
    trouble, not this message: trying again uses up no attempt.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        retry_after: float | None = None,
        moved_to: Address | None = None,
        gone: bool = False,
        ours: bool = False,
    ) -> None:
        super().__init__(reason)
        self.gone = gone
        self.ours = ours
        self.permanent = permanent
        self.retry_after = retry_after
        self.moved_to = moved_to


def _plain(part: str | date) -> str:
    if isinstance(part, datetime):
        return f"{part.astimezone(UTC):%Y-%m-%d at %H:%M} UTC"
    return str(part)
