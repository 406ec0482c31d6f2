"""Take in what came with a message: fetch, unpack, read, look where it could belong. Slow.

Everything here may run twice: files are stored by their hash and nothing else is kept. An archive
that was fetched is not kept either: nothing would tell whose it is.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.domain.evidence_requests import without_tokens
from bot.domain.files import Member, Reading
from bot.domain.messages import Attachment, InboundMessage
from bot.domain.sharing import without_addresses
from bot.errors import Unreadable
from bot.evidence.look import Look, look
from bot.usecases.desk import Desk
from bot.usecases.fetch_files import Came, fetch_files

UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One file, read. `refusal` says why it is not kept and what to do; else `look` is there.

    `note` is something the person should know about a file that is kept, `caption` what was said
    with it.
    """

    name: str
    size: int = 0
    sha256: str = ""
    media_type: str = UNKNOWN_TYPE
    look: Look | None = None
    refusal: str = ""
    note: str = ""
    caption: str = ""


def take_in(
    desk: Desk, message: InboundMessage, *, last: bool, before_each: Callable[[], None]
) -> tuple[Taken, ...]:
    """Each file of the message, those inside archives one by one.

    `before_each` is called before every file, since fetching and reading many takes long. Raises
    `Unfetched` when a later try may bring a file that waits elsewhere, unless this is the `last`.
    """
    found = []
    with tempfile.TemporaryDirectory(prefix="carrel-") as folder:
        came = fetch_files(desk, message, into=Path(folder), last=last, before_each=before_each)
        for one in came:
            before_each()
            for taken in _take(desk, one, caption=message.text):
                found.append(taken)
                before_each()
    return tuple(found)


def _take(desk: Desk, came: Came, *, caption: str) -> Iterator[Taken]:
    attachment, path = came.attachment, came.path
    if path is None:
        yield Taken(name=attachment.name, size=attachment.size, refusal=attachment.refusal)
        return
    with tempfile.TemporaryDirectory(prefix="carrel-") as folder:
        try:
            members = desk.unpacker.unpack(path, name=attachment.name, into=Path(folder))
        except Unreadable as refused:
            yield Taken(name=attachment.name, size=attachment.size, refusal=refused.advice)
            return
        for member in members:
            yield _member(desk, member, caption=caption)
    if not members:
        yield _alone(desk, attachment, path, caption=caption)


def _alone(desk: Desk, attachment: Attachment, path: Path, *, caption: str) -> Taken:
    """A file that is no archive; one that was fetched is kept only now, if it is worth keeping."""
    name, sha256 = attachment.name, attachment.sha256
    taken = read_file(desk, path, name=name, caption=caption, sha=sha256)
    return taken if sha256 or taken.refusal else replace(taken, sha256=desk.files.put(path))


def _member(desk: Desk, member: Member, *, caption: str) -> Taken:
    if member.path is None:
        return Taken(name=member.name, refusal=member.advice)
    sha256 = desk.files.put(member.path)
    return read_file(desk, desk.files.path(sha256), name=member.name, caption=caption, sha=sha256)


def read_file(desk: Desk, path: Path, *, name: str, caption: str, sha: str = "") -> Taken:
    """One file that is no archive: its text and where it could belong."""
    size = path.stat().st_size
    try:
        reading = desk.reader.read(path, name=name)
    except Unreadable as refused:
        if not refused.keep:
            return Taken(name=name, size=size, refusal=refused.advice)
        reading = Reading(media_type=UNKNOWN_TYPE, pages=(), note=refused.advice)
    said = without_tokens(without_addresses(caption))
    seen = look(desk.shelf, name=name, title=reading.title, text=reading.text, caption=said)
    return Taken(
        name=name,
        size=size,
        sha256=sha,
        media_type=reading.media_type,
        look=seen,
        note=reading.note,
        caption=caption,
    )
