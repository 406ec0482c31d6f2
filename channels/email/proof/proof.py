"""What a check of a mail's sender came to: a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Whether a mail surely comes from the address in its From; `why` says it for the log.

    `again` means that it could not be known now and may be known later.
    """

    ok: bool
    why: str
    again: bool = False
