"""One connection to a mailbox, for one thread; every failure is a `MailboxFailed`."""

from __future__ import annotations

import os
import socket
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime

from imapclient import SocketTimeout

from channels.email.access import INBOX, ImapAccess, Security
from channels.email.intake import moving, places
from channels.email.intake.faults import Fault, MailboxFailed, translated
from channels.email.intake.waking import WakingClient

CONNECT, READ = 15.0, 60.0  # seconds for each step on the socket
RANGE = 20_000  # numbers searched at a time: an answer is one line, which the library bounds
LISTED = 500  # messages whose sizes are asked for at a time
HEADER = 262_144  # bytes of a header that are looked at where the whole mail is too large
BEARER = "AUTH=OAUTHBEARER"  # the standard that came after XOAUTH2: RFC 7628


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A message in the mailbox: its number, bytes, and when the server got it (aware UTC)."""

    uid: int
    size: int
    received: datetime


class Mailbox:
    """A folder that is open.

    `uidvalidity`, `uid_next` and the `count` of messages are as they were when it was opened.
    """

    def __init__(self, access: ImapAccess) -> None:
        """Connects, logs in and opens the folder; the places for what is done are there then."""
        self.access = access
        self.uidvalidity = self.uid_next = self.count = 0
        trusted = access.trusted()
        with translated("connect"):
            self._client = WakingClient(
                access.host,
                access.port,
                trusted=trusted if access.security is Security.TLS else None,
                timeout=SocketTimeout(CONNECT, READ),
            )
        try:
            self._client.normalise_times = False
            if access.security is Security.STARTTLS:
                with translated("starttls", refused=Fault.UNABLE):
                    self._client.starttls(trusted)
            self._log_in()
            self._open()
        except BaseException:
            with suppress(Exception):
                self._client.shutdown()
            self._client.release()
            raise

    def _log_in(self) -> None:
        client, access = self._client, self.access
        with translated("login", refused=Fault.REFUSED):
            if access.token_file is None:
                if access.user.isascii() and access.password.isascii():
                    client.login(access.user, access.password)
                else:  # a LOGIN takes letters of ASCII only
                    client.plain_login(access.user, access.password)
                return
            token = access.token()
            if not token:
                raise MailboxFailed("login", Fault.NO_TOKEN)
            if client.has_capability("AUTH=XOAUTH2") or not client.has_capability(BEARER):
                client.oauth2_login(access.user, token)
            else:
                client.oauthbearer_login(access.user, token)

    def _open(self) -> None:
        client = self._client
        with translated("namespace", refused=Fault.NO_PLACE):
            self._processed, self._failed = (
                places.folder_named(client, name) for name in (places.PROCESSED, places.FAILED)
            )
            for folder in (self._processed, self._failed):
                places.make(client, folder)
        with translated("select", refused=Fault.NO_FOLDER):
            opened = client.select_folder(self.access.folder or INBOX)
        if b"READ-ONLY" in opened:
            raise MailboxFailed("select", Fault.READ_ONLY)
        self.count = int(opened.get(b"EXISTS", 0))
        self.uidvalidity = int(opened.get(b"UIDVALIDITY", 0))
        self.uid_next = int(opened.get(b"UIDNEXT", 0)) or self._newest() + 1

    @property
    def can_idle(self) -> bool:
        """Whether the server tells of news by itself."""
        with translated("capability"):
            return bool(self._client.has_capability("IDLE"))

    @property
    def can_move(self) -> bool:
        """Whether the server moves mail in one step."""
        with translated("capability"):
            return bool(self._client.has_capability("MOVE"))

    def listed(self, first: int, *, since: datetime | None = None) -> Iterator[Listed]:
        """What there is from a number on and since an instant, in the order of the numbers."""
        with translated("search"):
            self._client.noop()
            self._client.news()  # what comes from here on may not be found any more
        newest = self._newest()
        day = since.astimezone(UTC).date() if since else None
        for start in range(max(first, 1), newest + 1, RANGE):
            last = min(start + RANGE - 1, newest)
            uids = self._found(start, last, day)
            for at in range(0, len(uids), LISTED):
                known = self._sizes(uids[at : at + LISTED])
                yield from (one for one in known if since is None or one.received >= since)

    def _newest(self) -> int:
        with translated("search"):
            return max(self._client.search(["UID", "*"]), default=0)

    def _found(self, first: int, last: int, day: date | None) -> Sequence[int]:
        # A day is the server's own, which may begin up to 14 hours before that of UTC.
        wanted: list[str | date] = ["UID", f"{first}:{last}"]
        with translated("search"):
            if day:
                wanted += ["SINCE", date.fromordinal(day.toordinal() - 1)]
            return sorted(uid for uid in self._client.search(wanted) if first <= uid <= last)

    def _sizes(self, uids: Sequence[int]) -> Iterator[Listed]:
        with translated("fetch sizes"):
            found = self._client.fetch(uids, ["RFC822.SIZE", "INTERNALDATE"])
        for uid in uids:
            one = found.get(uid, {})
            if b"RFC822.SIZE" in one:  # else somebody took it away meanwhile
                received = one.get(b"INTERNALDATE") or datetime.now(UTC)
                yield Listed(
                    uid=uid, size=int(one[b"RFC822.SIZE"]), received=received.astimezone(UTC)
                )

    def raws(self, uids: Sequence[int]) -> dict[int, bytes]:
        """The messages as they came, without those that the server does not give.

        An empty one is a message too.
        """
        with translated("fetch"):
            found = self._client.fetch(uids, ["BODY.PEEK[]"])
        return {uid: raw for uid, one in found.items() if (raw := one.get(b"BODY[]")) is not None}

    def has(self, uid: int) -> bool:
        """Whether nobody took that message away meanwhile."""
        with translated("search"):
            self._client.noop()
            return uid in self._client.search(["UID", str(uid)])

    def header(self, uid: int) -> bytes:
        """The beginning of the message's header; empty when somebody took it away meanwhile."""
        with translated("fetch header"):
            found = self._client.fetch([uid], [f"BODY.PEEK[HEADER]<0.{HEADER}>"])
        return (
            next((v for k, v in found.get(uid, {}).items() if k.startswith(b"BODY[")), b"") or b""
        )

    def settle(
        self, done: Collection[int], failed: Collection[int], *, copied: set[int] | None = None
    ) -> frozenset[int]:
        """Marks as read and moves what is done; what failed is moved, and stays unread.

        Gives those that the server refused to move. `copied` holds what was copied and not taken
        away yet, where the server cannot move: of these no second copy is made.
        """
        if done:
            moving.mark(self._client, sorted(done))
        known = set() if copied is None else copied
        lots = ((done, self._processed), (failed, self._failed))
        return frozenset(
            uid
            for uids, folder in lots
            for uid in moving.move(self._client, sorted(uids), folder, copied=known)
        )

    def failed_count(self) -> int:
        """How many messages lie in the folder of those that failed."""
        with translated("status"):
            return int(self._client.folder_status(self._failed, ["MESSAGES"])[b"MESSAGES"])

    def wait(self, seconds: float) -> None:
        """Returns at news, when woken, and after so many seconds."""
        client = self._client
        with translated("idle", refused=Fault.UNABLE):
            if client.news():
                return
            client.idle()
            if not client.idle_check(timeout=0):
                client.idle_check(timeout=seconds)
            client.idle_done()

    def sleep(self, seconds: float) -> None:
        """Returns when woken and after so many seconds, whatever comes."""
        self._client.sleep(seconds)

    def wake(self) -> None:
        """Ends the waiting; from any thread."""
        self._client.wake()

    def cut(self) -> None:
        """Ends whatever is under way; from any thread."""
        with suppress(OSError, ValueError):
            twin = socket.socket(fileno=os.dup(self._client.socket().fileno()))
            with twin:
                twin.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Takes its leave; harmless where nobody is there any more."""
        with suppress(Exception):
            self._client.__exit__(None, None, None)
        self._client.release()
