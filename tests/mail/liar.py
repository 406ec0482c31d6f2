"""A small mailbox server in memory that refuses, or breaks off, whatever a test tells it to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from channels.email.access import parse_imap
from storage.files import FolderFileStore
from tests.mail.reader import Reader

# What a command is for, by the first of these that is found in it.
_KINDS = ("BODY.PEEK[HEADER]", "BODY.PEEK[]", "RFC822.SIZE", "\\Seen", "\\Deleted")


@dataclass(slots=True)
class Liar:
    """Has an INBOX of these mails. `refuses` are the kinds of commands that get a No.

    At the first of the kind `breaks_at` the connection ends: `before` the command or once it was
    done, but not answered; `broken` hears of it. `sizes` are told in place of the true ones.
    """

    folders: dict[str, dict[int, bytes]]
    able: str = "MOVE UIDPLUS"
    uidvalidity: int = 7
    refuses: frozenset[str] = frozenset()
    breaks_at: str = ""
    before: bool = False
    broken: Callable[[], None] = lambda: None
    sizes: dict[int, int] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)  # the kinds of the commands that came
    stuck: int = 0  # the number of a mail that cannot be moved
    port: int = 0
    _talks: list[asyncio.Task[None] | None] = field(default_factory=list)

    @classmethod
    def of(cls, mails: Iterable[bytes]) -> Self:
        """One with these in its INBOX."""
        inbox = dict(enumerate(mails, start=1))
        return cls(folders={"INBOX": inbox, "Processed": {}, "Failed": {}})

    def reader(self, folder: Path) -> Reader:
        """Somebody who reads it."""
        access = parse_imap(f"imap://user:word@127.0.0.1:{self.port}/INBOX")
        return Reader(access=access, files=FolderFileStore(folder / "files"))

    def count(self, folder: str) -> int:
        """How many mails lie there."""
        return len(self.folders[folder])

    def bodies(self, folder: str) -> list[bytes]:
        """What lies there, in words."""
        return [raw.partition(b"\r\n\r\n")[2].strip() for raw in self.folders[folder].values()]

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[Self]:
        """Can be reached until the end of the block."""
        async with await asyncio.start_server(self._talk, "127.0.0.1") as server:
            self.port = server.sockets[0].getsockname()[1]
            yield self
            for talk in filter(None, self._talks):
                talk.cancel()
            await asyncio.gather(*filter(None, self._talks), return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._talks.append(asyncio.current_task())
        writer.write(f"* OK [CAPABILITY {self._can}] here\r\n".encode())
        try:
            while line := await reader.readline():
                tag, _, command = line.decode().strip().partition(" ")
                kind = kind_of(command)
                self.said.append(kind)
                breaks = kind == self.breaks_at
                if breaks and self.before:
                    break
                refused = kind in self.refuses or self._is_stuck(kind, command)
                answer = b"" if refused else self._done(kind, command)
                if breaks:
                    break
                end = "NO not that" if refused else "OK done"
                writer.write(answer + f"{tag} {end}\r\n".encode())
                await writer.drain()
            if line:
                self.breaks_at = ""
                self.broken()
        finally:
            writer.close()

    def _is_stuck(self, kind: str, command: str) -> bool:
        return kind == "MOVE" and self.stuck in self._uids(command.split()[2])

    @property
    def _can(self) -> str:
        return f"IMAP4rev1 NAMESPACE {self.able}"

    def _done(self, kind: str, command: str) -> bytes:
        """Does it, and says what comes before the answer."""
        words = command.split()
        if kind in {"MOVE", "COPY", "EXPUNGE"}:
            self._take(kind, words)
        if kind in {"RFC822.SIZE", "BODY.PEEK[]", "BODY.PEEK[HEADER]"}:
            inbox = self.folders["INBOX"]
            return b"".join(self._fetched(kind, uid, inbox[uid]) for uid in self._uids(words[2]))
        return "".join(f"* {line}\r\n" for line in self._lines(kind, words)).encode()

    def _take(self, kind: str, words: list[str]) -> None:
        inbox = self.folders["INBOX"]
        for uid in self._uids(words[2]):
            if kind != "EXPUNGE":
                folder = self.folders[words[3].strip('"')]
                folder[max(folder, default=0) + 1] = inbox[uid]
            if kind != "COPY":
                del inbox[uid]

    def _lines(self, kind: str, words: list[str]) -> tuple[str, ...]:
        inbox = self.folders["INBOX"]
        there = f"{len(inbox)} EXISTS"
        newest = max(inbox, default=0)
        lines: dict[str, tuple[str, ...]] = {
            "CAPABILITY": (f"CAPABILITY {self._can}",),
            "NAMESPACE": ('NAMESPACE (("" "/")) NIL NIL',),
            "LIST": (f'LIST () "/" {words[-1]}',),
            "SELECT": (
                there,
                f"OK [UIDVALIDITY {self.uidvalidity}] so",
                f"OK [UIDNEXT {newest + 1}] so",
            ),
            "NOOP": (there,),
        }
        if kind == "STATUS":
            return (f"STATUS {words[1]} (MESSAGES {self.count(words[1].strip(chr(34)))})",)
        if kind == "SEARCH":
            return (f"SEARCH {' '.join(map(str, self._uids(words[3])))}",)
        return lines.get(kind, ())

    def _fetched(self, kind: str, uid: int, raw: bytes) -> bytes:
        at = list(self.folders["INBOX"]).index(uid) + 1
        if kind == "RFC822.SIZE":
            size = self.sizes.get(uid, len(raw))
            when = "22-Nov-2026 11:00:00 +0000"
            return f'* {at} FETCH (UID {uid} RFC822.SIZE {size} INTERNALDATE "{when}")\r\n'.encode()
        name = "BODY[]" if kind == "BODY.PEEK[]" else "BODY[HEADER]<0>"
        return f"* {at} FETCH (UID {uid} {name} {{{len(raw)}}}\r\n".encode() + raw + b")\r\n"

    def _uids(self, words: str) -> list[int]:
        inbox = self.folders["INBOX"]
        found: set[int] = set()
        for one in words.split(","):
            first, _, last = one.replace("*", str(max(inbox, default=0))).partition(":")
            found |= set(range(int(first), int(last or first) + 1)) & inbox.keys()
        return sorted(found)


def kind_of(command: str) -> str:
    """What a command is for, in one word."""
    for kind in _KINDS:
        if kind in command:
            return kind
    return command.removeprefix("UID ").split(" ")[0].upper()
