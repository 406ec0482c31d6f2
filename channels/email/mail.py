"""An e-mail as it was read: values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A part of a mail that has no parts of its own.

    `place` tells where it stands, such as `2.1`: the second part's first. `media_type` is in lower
    case and what the mail says, not what the bytes are. `disposition` is `attachment`, `inline` or
    empty. `content_id` is without its angle brackets. `size` is in bytes, decoded. `text` holds the
    words of what is text, or a report's machine-readable lines; no more than a bound of them.
    """

    place: str
    media_type: str
    name: str = ""
    disposition: str = ""
    content_id: str = ""
    size: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A file that somebody sent: what is wanted, not logos, pixels, signatures or invitations.

    `name` is safe to show and to save under. `refusal` says why it cannot be taken, in a sentence
    that begins with `It` and also says what to do. `place` is as in `Leaf`.
    """

    place: str
    name: str
    media_type: str
    size: int
    inline: bool = False
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One e-mail, read whatever its bytes were.

    `headers` are all that are kept, in their order: the names in lower case, the values unfolded
    and otherwise as they came. `message_id` and what it `replies_to` (the nearest first) are
    without angle brackets. Addresses are in lower case; `sender` is empty where From names none or
    several, `recipients` are those of every header that names one of ours may stand in. `sent_at`
    is aware UTC, or None. `text` is its first plain text and `html` its first HTML, each empty
    where there is none. `enclosed` are the files for us, those of forwarded mails too; `inline`
    ones stand in the text. `leaves` are all parts; a mail inside is one leaf. `forwarded` are the
    mails inside, in their order, with places as they stand in this one. `faults` name what was
    wrong with its form, a few words each.
    """

    headers: tuple[tuple[str, str], ...] = ()
    message_id: str = ""
    replies_to: tuple[str, ...] = ()
    sender: str = ""
    sender_name: str = ""
    recipients: tuple[str, ...] = ()
    subject: str = ""
    sent_at: datetime | None = None
    media_type: str = "text/plain"
    text: str = ""
    html: str = ""
    enclosed: tuple[Enclosed, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    forwarded: tuple[Mail, ...] = field(default=())
    faults: tuple[str, ...] = ()

    def header(self, name: str) -> str:
        """The first header of that name (in lower case); empty when there is none."""
        return next((value for key, value in self.headers if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Every header of that name (in lower case), in their order."""
        return tuple(value for key, value in self.headers if key == name)
