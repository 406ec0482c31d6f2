"""What a channel may ask of Carrel at once, to draw what is no message."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.domain.forms import Form
from bot.domain.messages import Address, Choice, Download, Reply


class Window(Protocol):
    """Reads for drawing, and a few small writes; safe from any thread, quick.

    Everything may raise `StorageFailed`. What it shows is only for whoever is at the address.
    """

    def home(self, address: Address) -> Reply:
        """The person's page: progress, what is missing, deadline, requests, next steps."""
        ...

    def form(self, address: Address, words: str) -> Form | None:
        """The form that stands for these words, with the person's draft in it.

        None when the words have no form, or the person may not do what they say.
        """
        ...

    def filled(self, address: Address, key: str, values: Mapping[str, str], *, at: datetime) -> str:
        """The words that a form stands for which was filled in and sent at that instant.

        It keeps the values as `keep_draft` does first, so that words which are refused later can be
        mended in the form; whoever handles the words forgets the draft once they have arrived.
        Raises `Refused` when the form is unknown, needed words are missing, or they are too long.
        """
        ...

    def keep_draft(
        self, address: Address, key: str, values: Mapping[str, str], *, at: datetime
    ) -> None:
        """Keeps what had been typed into a form at that instant, unless something newer is known.

        Values that are those of the untouched form empty the draft. Nothing happens for a form that
        keeps no drafts or that the person may not open.
        """
        ...

    def takes_part(self, address: Address, conversation: str) -> bool:
        """Whether Carrel answered the address in that shared conversation, or awaits its reply."""
        ...

    def commands(self) -> tuple[Choice, ...]:
        """What a menu of commands offers, most wanted first; each label is under 100 characters."""
        ...

    def conversation(self, room: str, receipt: str) -> str:
        """The shared conversation of a room in which Carrel said what the vendor knows by this id.

        Empty when that is nothing of Carrel's, or it was said to the whole room.
        """
        ...

    def picked(self, conversation: str, digest: str, *, post: str) -> str:
        """The words of a choice of that post there, by their `digest`; empty if there is none.

        Where the post is not known, of a choice that was offered there lately: it may not be noted
        yet, or be a copy.
        """
        ...

    def moved(self, room: Address, to: Address) -> None:
        """Notes that the vendor put another room in the place of one; harmless twice."""
        ...

    def prompts(self) -> tuple[Choice, ...]:
        """A few things to say first, at most four."""
        ...

    def lost(self, address: Address, *, why: str) -> None:
        """Notes that nobody is reached at the address any more; harmless twice."""
        ...

    def file(self, sha256: str) -> Path:
        """Where the bytes of a file for the person are; raises `NotFound`."""
        ...

    def bounced(self, address: Address, *, receipt: str, hard: bool, why: str) -> bool:
        """Notes that a message of Carrel's, known by this id, came back from the address.

        `hard` means that nobody is there, else it may work again later. False, and nothing is
        noted, when Carrel never sent that there: anybody can write what looks like a bounce.
        Harmless twice.
        """
        ...

    def set_aside(self, key: str, *, sender: str, why: str, proved: bool = False) -> None:
        """Tells staff that a mail was set aside, which Carrel could not or may not answer.

        `key` is the mail's own: it is told once for each. `sender` is the address it names, empty
        where it names none, and `proved` that it surely comes from there; `why` a few words. It is
        asked before the mail is moved to the folder Failed.
        """
        ...

    def received(self, channel: str, ids: Collection[str]) -> frozenset[str]:
        """Those of the ids by which the channel has handed over a message already."""
        ...

    def seal(self, key: str) -> str:
        """40 hexadecimal digits that stand for the key, always the same, and foreseen by nobody."""
        ...

    def lasting(self, file: Download) -> str:
        """A token by which a file can be had for a while by whoever has it; see `had`."""
        ...

    def had(self, token: str) -> Download | None:
        """The file of such a token; None when it is none, or its time is over."""
        ...

    def declining(self, address: Address, kind: str) -> str:
        """A token by which whoever has it declines that kind of notice; see `declined`."""
        ...

    def declined(self, token: str, *, now_so: bool) -> str:
        """What kind of notice such a token is of, in words; empty when it is no such token.

        Where `now_so` it is declined from now on; harmless twice. Otherwise nothing is changed.
        """
        ...
