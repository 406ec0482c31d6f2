"""What a file in a mail is called when it is shown and saved."""

from __future__ import annotations

from bot.domain.filenames import file_name, printable
from channels.email.reading.encoded_words import shown

_LONGEST = 1_000
# Only what people send: the system's own table differs from one machine to the next.
_SUFFIXES = {
    "application/gzip": ".gz",
    "application/msword": ".doc",
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-powerpoint": ".ppt",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/zip": ".zip",
    "audio/mpeg": ".mp3",
    "image/gif": ".gif",
    "image/heic": ".heic",
    "image/jpeg": ".jpg",
    "image/jpg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
    "image/webp": ".webp",
    "message/rfc822": ".eml",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "text/rtf": ".rtf",
    "video/mp4": ".mp4",
}


def safe_name(name: str, media_type: str) -> str:
    """The name made safe; one made from the media type where there is none."""
    safe = file_name(name[-_LONGEST:]) if printable(name) else ""
    if safe and safe != "file":
        return safe
    kind = media_type.partition("/")[0]
    stem = {"image": "picture", "audio": "sound", "video": "video"}.get(kind, "file")
    return stem + _SUFFIXES.get(media_type, "")


def mail_name(subject: str) -> str:
    """What a forwarded mail is saved as."""
    words = file_name(shown(subject).replace("/", "-").replace("\\", "-")[:70] + ".eml")
    return words if words not in {"file", "eml", ".eml"} else "mail.eml"
