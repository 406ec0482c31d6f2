"""A window on no Carrel, for tests of channels alone."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.domain.forms import Form
from bot.domain.messages import Address, Choice, Download, Paragraph, Reply
from bot.errors import NotFound, Refused, StorageFailed

WELCOME = Reply(blocks=(Paragraph(text="Your page."),))


def seal(key: str) -> str:
    """A digest of the key."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


@dataclass(slots=True)
class Glass:
    """A window that shows what a test puts behind it, and remembers what was written."""

    pages: dict[str, Reply] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    drafts: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)
    held: dict[str, threading.Event] = field(default_factory=dict)  # who has to wait for forms
    instants: list[datetime] = field(default_factory=list)  # of the drafts
    parts: set[tuple[str, str]] = field(default_factory=set)
    offers: tuple[Choice, ...] = (Choice(label="How far am I?", says="status"),)
    lost_ones: list[tuple[str, str]] = field(default_factory=list)
    menu: tuple[Choice, ...] = (Choice(label="How far you are", says="progress"),)
    said: dict[tuple[str, str], str] = field(default_factory=dict)  # conversations, by receipt
    digests: dict[tuple[str, str], str] = field(default_factory=dict)  # words of what was offered
    moves: list[tuple[Address, Address]] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    bounces: list[tuple[str, str, bool, str]] = field(default_factory=list)
    aside: list[tuple[str, str, str]] = field(default_factory=list)  # mails, and why
    tries: int = 0  # to tell of such a mail, also while the database was away
    had_by: dict[str, Download] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)  # in words, by token
    gave_up: list[str] = field(default_factory=list)
    known_ids: set[str] = field(default_factory=set)  # of messages that were handed over
    away: bool = False

    def home(self, address: Address) -> Reply:
        """The page put there."""
        return self.pages.get(address.value, WELCOME)

    def form(self, address: Address, words: str) -> Form | None:
        """The form put there for these words."""
        self.asked.append((address.value, words))
        self._wait(address)
        return self.forms.get(words)

    def filled(self, address: Address, key: str, values: Mapping[str, str], *, at: datetime) -> str:
        """The words put there for the form; what was filled in is a draft until they arrived."""
        self.keep_draft(address, key, values, at=at)
        self._wait(address)
        self.asked.append((address.value, key))
        if key not in self.words:
            raise Refused("That form is not known any more.")
        return f"{self.words[key]} {' '.join(values.values())}"

    def keep_draft(
        self, address: Address, key: str, values: Mapping[str, str], *, at: datetime
    ) -> None:
        """Remembers the draft."""
        self.instants.append(at)
        self.drafts.append((address.value, key, dict(values)))

    def takes_part(self, address: Address, conversation: str) -> bool:
        """Whether that was put there."""
        return (address.value, conversation) in self.parts

    def commands(self) -> tuple[Choice, ...]:
        """The commands put there."""
        return self.menu

    def conversation(self, room: str, receipt: str) -> str:
        """The conversation put there."""
        return self.said.get((room, receipt), "")

    def picked(self, conversation: str, digest: str, *, post: str) -> str:
        """The words put there."""
        return self.digests.get((conversation, digest), "") if post else ""

    def moved(self, room: Address, to: Address) -> None:
        """Remembers the move."""
        self.moves.append((room, to))

    def prompts(self) -> tuple[Choice, ...]:
        """The offers put there."""
        return self.offers

    def lost(self, address: Address, *, why: str) -> None:
        """Remembers who is lost."""
        self.lost_ones.append((address.value, why))

    def file(self, sha256: str) -> Path:
        """The file put there."""
        if sha256 not in self.files:
            raise NotFound("There is no such file.")
        return self.files[sha256]

    def bounced(self, address: Address, *, receipt: str, hard: bool, why: str) -> bool:
        """Remembers what came back, of whatever address."""
        self.bounces.append((address.value, receipt, hard, why))
        return True

    def set_aside(self, key: str, *, sender: str, why: str, proved: bool = False) -> None:
        """Remembers it, once for each key."""
        del proved
        self.tries += 1
        if self.away:
            raise StorageFailed("The database is away.")
        if key not in {known for known, _, _ in self.aside}:
            self.aside.append((key, sender, why))

    def received(self, channel: str, ids: Collection[str]) -> frozenset[str]:
        """Those put there."""
        del channel
        if self.away:
            raise StorageFailed("The database is away.")
        return frozenset(ids) & self.known_ids

    def seal(self, key: str) -> str:
        """A digest of the key."""
        return seal(key)

    def lasting(self, file: Download) -> str:
        """A token of the file's own."""
        token = f"file-{len(self.had_by)}"
        self.had_by[token] = file
        return token

    def had(self, token: str) -> Download | None:
        """The file of the token."""
        if self.away:
            raise StorageFailed("The database is away.")
        return self.had_by.get(token)

    def declining(self, address: Address, kind: str) -> str:
        """A token that tells what it is for."""
        return f"no-{kind}-{address.value.partition('@')[0]}"

    def declined(self, token: str, *, now_so: bool) -> str:
        """The words put there; remembers the token."""
        if now_so and token in self.kinds:
            self.gave_up.append(token)
        return self.kinds.get(token, "")

    def _wait(self, address: Address) -> None:
        if gate := self.held.get(address.value):
            gate.wait()
