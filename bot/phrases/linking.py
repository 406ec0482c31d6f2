"""How connecting and disconnecting of addresses is worded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.messages import Address, Bullets, Choice, Paragraph, Reply
from bot.domain.people import Person, Proved
from bot.domain.program import Program
from bot.phrases.talk import plain
from bot.phrases.times import moment

_CALLED = {  # what people call a channel, the name that we use first
    "console": ("the terminal", "terminal", "console"),
    "slack": ("Slack",),
    "telegram": ("Telegram",),
    "email": ("e-mail", "email", "mail"),
}
_STAFF = Choice(label="Ask the staff to connect me", says="ask staff: Please connect my address.")


def name_of(channel: str) -> str:
    """A channel as people call it: `Slack`, `the terminal`."""
    return _words_for(channel)[0]


def is_called(address: Address, said: str) -> bool:
    """Whether the word is one for the address's channel."""
    return said.casefold() in {word.casefold() for word in _words_for(address.channel)}


def no_record(program: Program) -> Reply:
    """To somebody whose address nobody knows, who asks for something personal."""
    text = (
        f"I do not know whose {program.words.record_short} this is about: your address is not "
        f"connected to anybody yet. To connect it, {_HOW} Questions about the program I can answer "
        "at once."
    )
    return Reply(blocks=(Paragraph(text=text),), choices=(_STAFF,))


def how_to_connect() -> Reply:
    """To somebody who wants their address connected and does not say to whom."""
    return Reply(blocks=(Paragraph(text=f"To connect this address, {_HOW}"),), choices=(_STAFF,))


_HOW = (
    "say here: connect YOU@EXAMPLE.ORG, with your e-mail address on record, and a code goes there. "
    "Or say: code, where I know you already. Then send the code from here: link CODE."
)


def code_on_its_way() -> Reply:
    """After `connect`, in the same words whether the address is on record or not."""
    return plain(
        "If that address is on record, a code is on its way to it; send it here within 30 minutes: "
        "link CODE. If nothing comes, look at the address you gave; at most three codes an hour go "
        "to one address. Or say: ask staff: please connect my address."
    )


def mailed_code(code: str, channel: str) -> Reply:
    """The code, to the address on record. Its first sentence, which is the subject, has no code."""
    asked = (
        f"Somebody asked on {name_of(channel)} to be connected to you. If that was you, send this "
        f"there within 30 minutes: link {code}. It works once."
    )
    other = "If it was not you, do nothing, and show the code to nobody: it lets in whoever has it."
    return Reply(blocks=(Paragraph(text=asked), Paragraph(text=other)))


def linked(person: Person) -> Reply:
    """To the address that was connected."""
    text = (
        f"This address is now connected to {person.name}, and what I tell you comes here. Your "
        "other addresses and the one on record are told of it. To take it back, say: unlink."
    )
    return Reply(blocks=(Paragraph(text=text),), choices=(Choice(label="What next?", says="next"),))


def told_linked(
    address: Address, known: Sequence[Address], *, zone: ZoneInfo, now: datetime
) -> Reply:
    """To every other address of the person; `known` are all, the new one too."""
    there, word = name_of(address.channel), _words_for(address.channel)[-1].lower()
    several = sum(is_called(one, word) for one in known) > 1
    undo = "addresses; then unlink it by its number" if several else f"unlink {word}"
    return plain(
        f"An address on {there} was connected to you on {moment(now, zone)}, and what I tell you "
        f"goes there now. If that was not you, say where I know you: {undo}. And tell the staff."
    )


def addresses(known: Sequence[Proved], person: Person, *, here: Address) -> Reply:
    """The person's addresses, numbered."""
    lines = [
        f"{number}: {_shown(one.address)}, connected on {moment(one.since, person.zone)}"
        f"{'; this one' if one.address == here else ''}"
        f"{'; what I tell you goes there' if number == 1 else ''}."
        for number, one in enumerate(known, start=1)
    ]
    lead = Paragraph(text=f"You are connected from {_counted(len(known))}:")
    record = Paragraph(
        text=f"On record is {person.email}: codes and news about your addresses go there too. To "
        "disconnect an address, say: unlink with its number. To connect another, say: code."
    )
    return Reply(blocks=(lead, Bullets(items=tuple(lines)), record))


def unlinked(person: Person, instead: Address, *, was_here: bool, address: Address) -> Reply:
    """To the person who disconnected an address."""
    what = "This address" if was_here else f"Your address on {name_of(address.channel)}"
    again = f" To connect it again, say here: connect {person.email}." if was_here else ""
    return plain(
        f"{what} is no longer connected to {person.name}. What I tell you goes to "
        f"{_shown(instead)} from now on.{again}"
    )


def told_unlinked(address: Address, here: Address, *, zone: ZoneInfo, now: datetime) -> Reply:
    """To every other address of the person, the one that was disconnected too."""
    by = "" if here == address else f", as was asked for on {name_of(here.channel)}"
    return plain(
        f"An address of yours on {name_of(address.channel)} was disconnected on "
        f"{moment(now, zone)}{by}. If that was not you, tell the staff. To connect it again, say "
        "there: connect, with your e-mail address on record."
    )


def told_lost(address: Address) -> Reply:
    """To the next address of somebody who is no longer reached at one."""
    return plain(
        f"Nothing reaches you on {name_of(address.channel)} any more, so I have disconnected that "
        "address, and what I tell you comes here. When you are there again, say there: connect, "
        "with your e-mail address on record."
    )


def told_record_lost(email: str) -> Reply:
    """To somebody whose address on record takes no mail."""
    return plain(
        f"Mail to {email}, your address on record, does not arrive: there is no such mailbox. Have "
        "it corrected. Say: ask staff: my address on record is wrong."
    )


def _words_for(channel: str) -> tuple[str, ...]:
    kind = channel.partition(":")[0]  # a terminal's name goes on with whose it is
    return _CALLED.get(kind, (kind,))


def _shown(address: Address) -> str:
    return f"{name_of(address.channel)} ({address.value})"


def _counted(count: int) -> str:
    return "1 address" if count == 1 else f"{count} addresses"
