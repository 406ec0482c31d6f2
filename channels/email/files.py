"""Files that came with a mail: taken out of the mail where it is kept."""

from __future__ import annotations

from pathlib import Path

from bot.domain.limits import in_megabytes
from bot.domain.messages import Attachment
from bot.errors import NotFound, Unfetched
from bot.ports import FileStore
from channels.email.reading.extract import extracted
from channels.email.reading.refusal import MailRefused

GONE = "It is no longer here: please send it again."


class EmailFiles:
    """Fetches by where the file stands in which mail; safe from any thread."""

    def __init__(self, files: FileStore) -> None:
        self._files = files

    def fetch(self, attachment: Attachment, *, into: Path, largest: int) -> Path:
        """The file, in the folder `into`; raises `Unfetched`, also beyond `largest` bytes."""
        sha256, _, place = attachment.source.partition(":")[2].partition("/")
        try:
            content = extracted(self._files.path(sha256).read_bytes(), place)
        except NotFound as error:
            raise Unfetched(GONE, again=False) from error
        except MailRefused as error:
            raise Unfetched(error.advice, again=False) from error
        except OSError as error:
            raise Unfetched("It could not be read: please send it again.", again=True) from error
        if len(content) > largest:
            beyond = f"It is larger than {in_megabytes(largest)}: send a smaller copy or parts."
            raise Unfetched(beyond, again=False)
        path = into / "email-file"
        path.write_bytes(content)
        return path
