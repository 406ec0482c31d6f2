"""The file of a message -> an attachment that waits to be fetched, or says why it is not.

https://core.telegram.org/bots/api#message: a message has one file at most; an album is several.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.limits import LONGEST_NAME
from bot.domain.messages import Attachment
from bot.domain.text import plain_name
from channels.json_values import Json, part, parts, words
from channels.telegram import words as told
from channels.telegram.own import Own
from channels.telegram.payload import NAME, file_id, natural

# An animation is told as a document too: the first of these counts, with the ending it has when
# neither its name nor its kind of media says another.
KINDS: Mapping[str, str] = {
    "animation": ".mp4",
    "document": "",
    "video": ".mp4",
    "audio": ".mp3",
    "voice": ".ogg",
    "video_note": ".mp4",
}
ENDINGS: Mapping[str, str] = {
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "audio/aac": ".aac",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "audio/wav": ".wav",
    "image/gif": ".gif",
    "image/heic": ".heic",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "text/plain": ".txt",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "video/webm": ".webm",
}
_SUFFIX = 20


def attachments(message: Json, own: Own) -> tuple[Attachment, ...]:
    """The message's file, or nothing."""
    post = natural(message, "message_id")
    if part(message, "paid_media"):
        return (Attachment(name=f"paid-media-{post}", size=0, refusal=told.PAID),)
    if sizes := parts(message, "photo"):
        return (_attachment(_largest(sizes), f"photo-{post}.jpg", own),)
    kind = next((key for key in KINDS if part(message, key)), "")
    if not kind:
        return ()
    file = part(message, kind)
    return (_attachment(file, _name(file, kind, post), own),)


def _attachment(file: Json, name: str, own: Own) -> Attachment:
    known, size = file_id(file), natural(file, "file_size")
    if not known:
        return Attachment(name=name, size=size, refusal=told.NO_ID)
    if 0 < own.largest < size:
        refusal = told.too_large(own.largest, own.elsewhere)
        return Attachment(name=name, size=size, refusal=refusal)
    return Attachment(name=name, size=size, source=f"{NAME}:{known}")


def _largest(sizes: list[Json]) -> Json:
    """The photo as it was sent; https://core.telegram.org/bots/api#photosize."""
    return max(
        sizes,
        key=lambda one: (bool(file_id(one)), natural(one, "width") * natural(one, "height")),
    )


def _name(file: Json, kind: str, post: int) -> str:
    name = plain_name(words(file, "file_name"))
    if not words(file, "file_name").strip():
        ending = ENDINGS.get(words(file, "mime_type").lower(), KINDS[kind])
        return f"{kind.replace('_', '-')}-{post}{ending}"
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - _SUFFIX] + name[-_SUFFIX:]
