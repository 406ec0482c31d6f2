"""Files as a message names them -> attachments that wait to be fetched, or say why they are not.

https://docs.slack.dev/reference/objects/file-object
"""

from __future__ import annotations

from bot.domain.limits import LONGEST_NAME
from bot.domain.messages import Attachment
from channels.slack.entities import unescaped
from channels.slack.payload import NAME, Json, parts, slack_id, words

MOST = 100  # files of one message
_REFUSED_MODES = {
    "external": "It is kept outside Slack: download it there, and send the file itself.",
    "tombstone": "It was deleted at Slack: send it again.",
    "hidden_by_limit": "It is hidden by the limits of this Slack workspace: send it again.",
    "quip": "It is a canvas that stands only in Slack: save it as PDF, and send that.",
    "list": "It is a list that stands only in Slack: save it as a file, and send that.",
    "space": "It is a post that stands only in Slack: save it as PDF, and send that.",
}
_REFUSED_ACCESS = {
    "access_denied": "It cannot be opened from here: send the file itself.",
    "file_not_found": "It was deleted at Slack: send it again.",
}
_TOO_MANY = f"It came with more than {MOST} files: send it again in another message."
_NO_ID = "It cannot be found at Slack: send it again."
_SUFFIX = 20


def attachments(message: Json) -> tuple[Attachment, ...]:
    """The files of a message, in its order."""
    found = parts(message, "files")
    taken = [_attachment(file) for file in found[:MOST]]
    left = [_refused(file, _TOO_MANY) for file in found[MOST:]]
    return (*taken, *left)


def _attachment(file: Json) -> Attachment:
    mode = "external" if file.get("is_external") is True else words(file, "mode")
    refusal = _REFUSED_MODES.get(mode) or _REFUSED_ACCESS.get(words(file, "file_access"))
    if refusal:
        return _refused(file, refusal)
    if not (known := slack_id(file, "id")):
        return _refused(file, _NO_ID)
    return Attachment(name=_name(file), size=_size(file), source=f"{NAME}:{known}")


def _refused(file: Json, why: str) -> Attachment:
    return Attachment(name=_name(file), size=_size(file), refusal=why)


def _name(file: Json) -> str:
    name = unescaped(words(file, "name") or words(file, "title")).strip() or "file"
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - _SUFFIX] + name[-_SUFFIX:]


def _size(file: Json) -> int:
    size = file.get("size")
    return size if isinstance(size, int) and not isinstance(size, bool) and size > 0 else 0
