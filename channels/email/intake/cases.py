"""Each mail of a parcel, with what it is and whether it is safe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from channels.email.intake.parcels import Fetched, Parcel
from channels.email.intake.said import sha256_of
from channels.email.intake.understanding import Said, Understood


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A mail and what it is; `unsafe` is why it could not be put into the file store."""

    fetched: Fetched
    what: Understood | Exception
    unsafe: Exception | None

    @property
    def uid(self) -> int:
        """Its number in the mailbox."""
        return self.fetched.listed.uid

    @property
    def conversation(self) -> str:
        """Where something was said; empty when nothing was."""
        return self.what.message.conversation if isinstance(self.what, Said) else ""

    def key(self) -> str:
        """A digest of all of it, by which it is told of: slow, and for no event loop."""
        listed = self.fetched.listed
        named = f"{listed.uid} {listed.size} {listed.received}".encode()
        return sha256_of(self.fetched.raw or named)


def cases(
    parcel: Parcel,
    understood: Sequence[Understood | Exception],
    unsafe: Sequence[Exception | None],
) -> Iterator[Case]:
    """The mails in their order."""
    for fetched, what, error in zip(parcel, understood, unsafe, strict=True):
        yield Case(fetched=fetched, what=what, unsafe=error)
