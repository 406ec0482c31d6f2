"""What sort of mail one is, and which addresses it says cannot be reached: values only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What wrote a mail: a person, or which kind of machine."""

    MESSAGE = "message"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An address that a bounce names; `hard` means that nobody is there.

    `delayed` means that it may arrive still: nothing speaks against the address. `status` is the
    enhanced code (RFC 3463) where one is known, `why` a few words for the log.
    """

    address: str
    hard: bool
    delayed: bool = False
    status: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a mail is. `silent` means that it is never answered, whatever its kind; `why` says so.

    `failures` are a bounce's; `returned` is the Message-ID of the mail that came back, without
    angle brackets, empty where the bounce does not tell.
    """

    kind: Kind
    silent: bool
    why: str = ""
    failures: tuple[Failure, ...] = ()
    returned: str = ""
