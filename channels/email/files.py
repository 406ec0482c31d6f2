"""Files that came with a mail: taken out of the mail where it is kept."""

from __future__ import annotations

import threading
from pathlib import Path

from bot.domain.limits import in_megabytes
from bot.domain.messages import Attachment
from bot.errors import NotFound, Unfetched
from bot.ports import FileStore
from channels.email.reading.extract import Files
from channels.email.reading.refusal import MailRefused
from channels.recent import Recent

GONE = "It is no longer here: please send it again."
OPEN, LARGEST = 2, 30_000_000  # mails that are kept open, and the bytes that each may have


class EmailFiles:
    """Fetches by where the file stands in which mail; safe from any thread.

    The mails asked for last stay open: one may have hundreds of files, and a large one takes long
    to be taken apart.
    """

    def __init__(self, files: FileStore) -> None:
        self._files = files
        self._open: Recent[str, Files] = Recent(OPEN)
        self._lock = threading.Lock()

    def fetch(self, attachment: Attachment, *, into: Path, largest: int) -> Path:
        """The file, in the folder `into`; raises `Unfetched`, also beyond `largest` bytes."""
        sha256, _, place = attachment.source.partition(":")[2].partition("/")
        try:
            content = self._opened(sha256).at(place)
            if len(content) > largest:
                beyond = f"It is larger than {in_megabytes(largest)}: send a smaller copy or parts."
                raise Unfetched(beyond, again=False)
            path = into / "email-file"
            path.write_bytes(content)
        except NotFound as error:
            raise Unfetched(GONE, again=False) from error
        except MailRefused as error:
            raise Unfetched(error.advice, again=False) from error
        except OSError as error:
            raise Unfetched("It could not be read: please send it again.", again=True) from error
        return path

    def _opened(self, sha256: str) -> Files:
        path = self._files.path(sha256)  # also of an open one: it may be erased meanwhile
        with self._lock:
            if found := self._open.get(sha256):
                return found
        found = Files(path.read_bytes())
        if found.size <= LARGEST:
            with self._lock:
                self._open.put(sha256, found)
        return found
