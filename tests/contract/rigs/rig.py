"""What a rig offers: a channel under test, and its vendor at the wire, played by the test."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Protocol

from bot.domain.messages import Attachment, InboundMessage, OutboundMessage
from bot.ports import Channel
from tests.loopback import Loopback
from tests.stand import Stand

Deliver = Callable[[InboundMessage], Awaitable[bool]]
LARGEST = 1_000_000  # bytes of a file that is taken
LIMITED_FOR = 7.0  # seconds that a vendor who limits wants to be left alone


class Rig(Protocol):
    """One channel. `cannot` names the tests that make no sense for it, and why.

    Whatever somebody does has arrived, and was acknowledged or not, when the coroutine returns.
    """

    name: str
    cannot: ClassVar[Mapping[str, str]]

    @property
    def channel(self) -> Channel:
        """What is tested."""
        ...

    def listening(self, deliver: Deliver) -> Awaitable[None]:
        """Begins to listen; returns once messages would arrive."""
        ...

    def hush(self) -> Awaitable[None]:
        """Cancels listening and waits until it has ended."""
        ...

    def say(self, text: str, *files: Path) -> Awaitable[object]:
        """Ada says it in private; what stands for this message at the vendor."""
        ...

    def again(self, said: object) -> Awaitable[None]:
        """The vendor hands over the same message once more."""
        ...

    def other_bot_says(self, text: str) -> Awaitable[None]:
        """Another program says it where Carrel hears it."""
        ...

    def acknowledged(self, said: object) -> bool:
        """Whether the vendor may forget the message."""
        ...

    def bytes_of(self, attachment: Attachment, into: Path) -> Awaitable[bytes]:
        """What the file holds; raises `Unfetched` when it is too large."""
        ...

    def message(self, sent: OutboundMessage) -> OutboundMessage:
        """The message, addressed to Ada on this channel."""
        ...

    def shown(self) -> list[str]:
        """What Ada can read of Carrel's now: a text for each message, oldest first."""
        ...

    def pick(self, label: str) -> Awaitable[None]:
        """Ada picks what is labelled so."""
        ...

    def trouble(self, kind: str) -> None:
        """The next sending meets `limited`, `gone` or `down`."""
        ...

    def close(self) -> Awaitable[None]:
        """Lets go of the vendor."""
        ...


class VendorRig(Rig, Protocol):
    """A channel whose vendor may be away, refuse it or hold it back."""

    @property
    def stand(self) -> Stand[Any]:
        """What comes of it."""
        ...

    @property
    def vendor(self) -> Loopback[Any]:
        """The vendor on loopback."""
        ...

    def utter(self, text: str) -> None:
        """Ada says it in private, whether or not it arrives."""
        ...

    def refuse(self) -> None:
        """The vendor does not take the token any more."""
        ...

    def limit(self, seconds: int) -> None:
        """The next posting has to wait that long."""
        ...

    def postings(self) -> int:
        """How often the vendor was asked to post something."""
        ...
