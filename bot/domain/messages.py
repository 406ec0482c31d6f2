"""Messages as every channel sees them: what came in, what goes out, and what a choice is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.rights import Role

ON_RECORD = "email"  # the channel of the address on record, which needs no proof


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a person is reached: a channel's name and that channel's own identifier."""

    channel: str
    value: str

    def __str__(self) -> str:
        return f"{self.channel}:{self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that came with a message.

    `sha256` names its bytes in the file store. While it is empty, `source` says where the bytes
    wait to be fetched (a channel's name, a colon, and that channel's own identifier), or `refusal`
    says why they are not taken in a sentence that begins with `It` and also says what to do.
    `size` is in bytes, 0 when nobody knows.
    """

    name: str
    size: int
    sha256: str = ""
    refusal: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What only an e-mail has beside its words.

    `sha256` names the whole mail as it came in the file store. `proved` means that it surely comes
    from its sender: what its From says can be written by anybody. `disowned` means that our own
    receiving server found that it does not. `tag` is what stood behind the
    `+` of the address it was sent to: somebody's private token, that by which a mail of Carrel's is
    replied to, or the name of a section.
    `subject` is without what replies and forwards put before it; `reply` that it had such a thing,
    and `forward` that it passes something on.
    """

    sha256: str
    proved: bool = False
    disowned: bool = False
    tag: str = ""
    subject: str = ""
    reply: bool = False
    forward: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundMessage:
    """One message from a person. `id` is the vendor's: the same message has the same id always.

    `conversation` orders messages: those of one conversation are handled one after the other. What
    is said to Carrel alone has the sender's address as its conversation; `shared` means that others
    read along. `thread` is the vendor's id of the message it was said below: the answer goes there
    too; where vendors name a chain of them it is all of their ids with blanks between, the oldest
    first. `answers` is the vendor's id of a message of Carrel's that it replies to. Messages of one
    conversation with the same `batch` were sent together and are handled as one. `apart` means that
    its words stand for themselves, whatever is under way there: they were picked, or said to Carrel
    by name or by a command. `sent_at` is aware UTC. `envelope` is there where it came by mail.
    """

    id: str
    sender: Address
    conversation: str
    text: str
    sent_at: datetime
    attachments: tuple[Attachment, ...] = ()
    shared: bool = False
    thread: str = ""
    answers: str = ""
    batch: str = ""
    apart: bool = False
    envelope: Envelope | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A button: `label` for people, `says` the words that picking it stands for.

    Because `says` is a sentence the person could have typed, a button needs no state of its own
    and works where there are no buttons, after a restart, and through a screen reader.
    """

    label: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Words of the bot, in sentences."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list of short lines."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Verbatim words of a document with their place; `dated` says how old they are, or nothing."""

    text: str
    document: str
    heading: str
    dated: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One row of a chart: `done` of `total`, with a few words beside it."""

    label: str
    done: int
    total: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture of progress, as data; `alt` tells in words what the picture shows."""

    title: str
    bars: tuple[Bar, ...]
    footer: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file for the person: its bytes are in the file store under `sha256`; `size` is in bytes."""

    name: str
    media_type: str
    size: int
    sha256: str


Block = Paragraph | Bullets | Quotation | Chart | Download


def _own_words(block: Block) -> tuple[str, ...]:
    match block:
        case Paragraph():
            return (block.text,)
        case Bullets():
            return block.items
        case _:
            return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a handler wants said: blocks in reading order, and choices below them.

    Words that reply to this very message are said behind its `heads`, such as `approve 2: `, unless
    they are a command by themselves. `awaits` means that the message waits for such words. `once`
    means that its words are kept nowhere after it was sent or given up: they let somebody in.
    """

    blocks: tuple[Block, ...]
    choices: tuple[Choice, ...] = ()
    heads: str = ""
    awaits: bool = False
    once: bool = False

    @property
    def said(self) -> tuple[str, ...]:
        """Carrel's own words in it, without what is quoted or drawn; those of the choices last."""
        own = (_own_words(block) for block in self.blocks)
        return (*(line for lines in own for line in lines), *(c.says for c in self.choices))


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundMessage:
    """A message to send. `key` is the same for the same message always, so a repeat is known.

    It goes to the conversation, which may be another than the address itself. `thread` is the
    vendor's id of the message it stands below. Messages with the same `card` are one message on the
    channel: a newer one takes the place of the older, whose vendor's id is `replaces` once it is
    known. `subject` is that of the mail which it answers. `kind` names what sort of notice it is
    where the person may decline that sort, such as `comments`; it is empty for all that is due.
    `unasked` means that anybody may have caused it, in the name of whoever gets it. `notices` are
    the keys of the notices that it says by the clock to the person of number `whose`: what is still
    true of them is worked out once more when it is sent. What happened has a number without any,
    where it is not to be told in the quiet hours of that person. Where `for_roles` are named it is
    for those who have one of them when it is sent.
    """

    key: str
    to: Address
    conversation: str
    reply: Reply
    thread: str = ""
    card: str = ""
    replaces: str = ""
    subject: str = ""
    kind: str = ""
    unasked: bool = False
    whose: int = 0
    notices: tuple[str, ...] = ()
    for_roles: tuple[Role, ...] = ()

    @property
    def shared(self) -> bool:
        """Whether others read along: it goes somewhere else than to the address itself."""
        return self.conversation != str(self.to)
