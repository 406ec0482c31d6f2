"""Bring the files of a message here: from the file store, or from where they wait at a channel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.domain.filenames import printable
from bot.domain.limits import LARGEST_FILE, in_megabytes
from bot.domain.messages import Attachment, InboundMessage
from bot.errors import NotFound, Unfetched
from bot.ports import Fetcher
from bot.usecases.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """A file that came, under a name that can be printed.

    `path` is where its bytes are; None when they are not here, which the attachment's `refusal`
    then explains.
    """

    attachment: Attachment
    path: Path | None


def fetch_files(
    desk: Desk,
    message: InboundMessage,
    *,
    into: Path,
    last: bool,
    before_each: Callable[[], None],
) -> tuple[Came, ...]:
    """Each file of the message in order; what waits elsewhere comes into the folder `into`.

    Raises `Unfetched` when a later try may bring one that did not come, unless this is the last.
    """
    found = []
    for place, attachment in enumerate(message.attachments):
        before_each()
        own = into / str(place)  # two files may have the same name
        own.mkdir()
        named = replace(attachment, name=printable(attachment.name) or "file")
        found.append(_came(desk, named, into=own, last=last))
    return tuple(found)


def _came(desk: Desk, attachment: Attachment, *, into: Path, last: bool) -> Came:
    if attachment.refusal:
        return Came(attachment=attachment, path=None)
    if attachment.source and not attachment.sha256:
        return _fetched(desk, attachment, into=into, last=last)
    try:
        return Came(attachment=attachment, path=desk.files.path(attachment.sha256))
    except NotFound:
        return _refused(attachment, "It is no longer here: please send it again.")


def _fetched(desk: Desk, attachment: Attachment, *, into: Path, last: bool) -> Came:
    if attachment.size > LARGEST_FILE:
        limit = in_megabytes(LARGEST_FILE)
        advice = f"It is larger than {limit}: send a smaller copy or parts of it."
        return _refused(attachment, advice)
    try:
        path = _fetcher(desk, attachment).fetch(attachment, into=into, largest=LARGEST_FILE)
    except Unfetched as failed:
        if failed.again and not last:
            raise _asked_for(desk, attachment, failed) from failed
        return _refused(attachment, failed.advice)
    return Came(attachment=attachment, path=path)


def _fetcher(desk: Desk, attachment: Attachment) -> Fetcher:
    """Raises `Unfetched` where there is none: another process may serve the file's channel."""
    channel = _channel(attachment)
    fetcher = desk.fetchers.get(channel)
    if fetcher is None:
        advice = f"It could not be fetched from {channel}: send it another way."
        raise Unfetched(advice, again=True)
    return fetcher


def _asked_for(desk: Desk, attachment: Attachment, failed: Unfetched) -> Unfetched:
    """The same with the file's name, unless nobody was asked for it here."""
    name = attachment.name if _channel(attachment) in desk.fetchers else ""
    return Unfetched(failed.advice, again=True, retry_after=failed.retry_after, file=name)


def _channel(attachment: Attachment) -> str:
    return attachment.source.partition(":")[0]


def _refused(attachment: Attachment, advice: str) -> Came:
    return Came(attachment=replace(attachment, refusal=advice), path=None)
