"""What a check of a mail's sender came to: a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Whether a mail surely comes from the address in its From; `why` says it for the log.

    `why` names nobody: no address and no domain. `again` means that it could not be known now and
    may be known later; `disowned` that our own receiving server found that it comes from somebody
    else. `replies` means that what it says it replies to is its sender's word as well: whoever
    sends a signed mail on could otherwise have it answer something else. `to` are the addresses of
    Carrel's to which its sender surely sent it.
    """

    ok: bool
    why: str
    again: bool = False
    disowned: bool = False
    replies: bool = False
    to: tuple[str, ...] = ()
