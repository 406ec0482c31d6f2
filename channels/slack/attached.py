"""Files as a message names them -> attachments that wait to be fetched, or say why they are not.

https://docs.slack.dev/reference/objects/file-object
"""

from __future__ import annotations

from bot.domain.limits import LONGEST_NAME
from bot.domain.messages import Attachment
from channels.json_values import Json, parts, words
from channels.slack import words as told
from channels.slack.entities import unescaped
from channels.slack.payload import NAME, slack_id

MOST = 100  # files of one message
_REFUSED_MODES = {
    "external": told.ELSEWHERE,
    "tombstone": told.DELETED,
    "hidden_by_limit": told.HIDDEN,
    "quip": told.CANVAS,
    "list": told.LIST,
    "space": told.POST,
}
_REFUSED_ACCESS = {"access_denied": told.ACCESS_DENIED, "file_not_found": told.DELETED}
_SUFFIX = 20


def attachments(message: Json) -> tuple[Attachment, ...]:
    """The files of a message, in its order."""
    found = parts(message, "files")
    taken = [_attachment(file) for file in found[:MOST]]
    left = [_refused(file, told.too_many(MOST)) for file in found[MOST:]]
    return (*taken, *left)


def _attachment(file: Json) -> Attachment:
    mode = "external" if file.get("is_external") is True else words(file, "mode")
    refusal = _REFUSED_MODES.get(mode) or _REFUSED_ACCESS.get(words(file, "file_access"))
    if refusal:
        return _refused(file, refusal)
    if not (known := slack_id(file, "id")):
        return _refused(file, told.NO_ID)
    return Attachment(name=_name(file), size=_size(file), source=f"{NAME}:{known}")


def _refused(file: Json, why: str) -> Attachment:
    return Attachment(name=_name(file), size=_size(file), refusal=why)


def _name(file: Json) -> str:
    name = unescaped(words(file, "name") or words(file, "title")).strip() or "file"
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - _SUFFIX] + name[-_SUFFIX:]


def _size(file: Json) -> int:
    size = file.get("size")
    return size if isinstance(size, int) and not isinstance(size, bool) and size > 0 else 0
