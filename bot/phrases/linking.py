"""How connecting and disconnecting of addresses is worded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain import forms
from bot.domain.forms import Field, Form
from bot.domain.messages import Address, Bullets, Choice, Paragraph, Reply
from bot.domain.people import Person, Proved
from bot.phrases.talk import plain
from bot.phrases.times import moment

_CALLED = {  # what people call a channel, the name that we use first
    "console": ("the terminal", "terminal", "console"),
    "slack": ("Slack",),
    "telegram": ("Telegram",),
    "email": ("e-mail", "email", "mail"),
}
CONNECT = Choice(label="Connect", says="connect")
LINK = Choice(label="I have a code", says="link")
_STAFF = Choice(label="Ask the staff to connect me", says="ask staff: Please connect me.")
CHOICES = (CONNECT, LINK, _STAFF)  # of somebody whom nobody knows where they are

_LONGEST_MAIL = 254  # characters; nothing is delivered to a longer address


def name_of(channel: str) -> str:
    """A channel as people call it: `Slack`, `the terminal`."""
    return _words_for(channel)[0]


def known_name(channel: str) -> str:
    """The same; empty for a channel that has no name among people."""
    return name_of(channel) if channel.partition(":")[0] in _CALLED else ""


def is_called(address: Address, said: str) -> bool:
    """Whether the word is one for the address's channel."""
    return said.casefold() in {word.casefold() for word in _words_for(address.channel)}


def channel_called(said: str) -> str:
    """The channel that people call so; empty when they call none so."""
    wanted = said.casefold()
    return next((c for c, names in _CALLED.items() if wanted in map(str.casefold, names)), "")


def no_record() -> Reply:
    """To somebody whom nobody knows there, who asks for something personal."""
    text = (
        "I do not know yet who you are here, so I can neither show nor keep anything of yours. To "
        "tell me, say: connect. Questions about the program I answer at once."
    )
    return Reply(blocks=(Paragraph(text=text),), choices=CHOICES)


def not_kept(count: int) -> Reply:
    """To somebody whom nobody knows there, who sent so many files."""
    what = "Your file was" if count == 1 else "Your files were"
    again = "it" if count == 1 else "them"
    text = (
        f"{what} not kept: I do not know yet who you are here. To tell me, say: connect. Then send "
        f"{again} again. Questions about the program I answer at once."
    )
    return Reply(blocks=(Paragraph(text=text),), choices=CHOICES)


def unknown_here() -> str:
    """One line for somebody whom nobody knows there."""
    return "I do not know yet who you are here. To tell me, say: connect."


def nobody_yet(channel: str, at: str = "") -> str:
    """What staff call somebody whom nobody knows there; `at` is who the channel says they are."""
    known = f" ({at})" if at else ""
    if channel == "email":
        return f"somebody by e-mail whom I do not know yet{known}"
    return f"somebody on {name_of(channel)} who is not connected yet{known}"


def how_staff_connect(channel: str) -> str:
    """To staff, about somebody whom nobody knows where they ask from."""
    how = (
        "To be known, they say to me: connect. Or whoever runs Carrel makes a code for them, with "
        "carrel link, and they send it to me."
    )
    if channel != "email":
        return how
    return f"Anybody may have written this, in any name: tell nothing of anybody's record. {how}"


def how_to_see(mentor: Person, *, by_mail: bool) -> str:
    """To a mentor with whom something was shared, and who is connected nowhere yet."""
    if by_mail:
        return f"To see it, reply to this mail. Or say to me elsewhere: connect {mentor.email}."
    return (
        f"To see it, be connected first. Say where you talk to me: connect {mentor.email}. A code "
        "comes to this address, and what to do with it."
    )


def how_to_connect() -> Reply:
    """To somebody who wants to be connected and does not say as whom."""
    text = (
        "Say: connect YOU@EXAMPLE.ORG, with your e-mail address on record. A code goes there; send "
        "it to me here."
    )
    return Reply(blocks=(Paragraph(text=text),), choices=(LINK, _STAFF), heads="connect ")


def how_to_link(*, by_mail: bool) -> Reply:
    """To somebody who wants to be connected by a code and does not send it."""
    first = "You get one by mail when you say: connect. Or" if by_mail else "To get one,"
    other = "" if by_mail else " Or ask the staff for one."
    text = f"Send me the code here: link CODE. {first} say: code, where I know you already.{other}"
    choices = (CONNECT, _STAFF) if by_mail else (_STAFF,)
    return Reply(blocks=(Paragraph(text=text),), choices=choices)


def connect_form() -> Form:
    """Who somebody is whom nobody knows there, by their address on record."""
    hint = "The one that your program has of you."
    email = Field(name="email", label="Your e-mail address", hint=hint, longest=_LONGEST_MAIL)
    return Form(
        key=forms.CONNECT,
        title="Connect",
        intro="A code goes to your e-mail address on record. Send it to me then.",
        fields=(email,),
        submit="Send the code",
    )


def link_form() -> Form:
    """The code that tells who somebody is."""
    code = Field(name="code", label="The code", hint="Eight letters and digits.", longest=40)
    return Form(
        key=forms.LINK,
        title="I have a code",
        intro="A code works once, within 30 minutes.",
        fields=(code,),
        submit="Connect",
    )


def code_on_its_way() -> Reply:
    """After `connect`, in the same words whether the address is on record or not."""
    text = (
        "If that address is on record, a code is on its way to it; send it here within 30 minutes: "
        "link CODE. If nothing comes, look at the address you gave; only so many codes go to one "
        "address within a day."
    )
    return Reply(blocks=(Paragraph(text=text),), choices=(LINK, _STAFF))


def no_mail() -> Reply:
    """To somebody who wants to be connected where no mail goes out, whatever address they give."""
    text = (
        "No mail goes out from here at the moment, so I can send a code to no address. Where I "
        "know you already, say: code, and send that code from here: link CODE. Or ask the staff, "
        "who can have a code made for you with: carrel link."
    )
    return Reply(blocks=(Paragraph(text=text),), choices=(LINK, _STAFF))


def linked(person: Person) -> Reply:
    """To the address that was connected."""
    text = (
        f"This address is now connected to {person.name}, and what I tell you comes here. Your "
        "other addresses and the one on record are told of it. To take it back, say: unlink."
    )
    return Reply(blocks=(Paragraph(text=text),), choices=(Choice(label="What next?", says="next"),))


def told_linked(
    address: Address, known: Sequence[Address], *, person: Person, now: datetime
) -> Reply:
    """To every other address of the person; `known` are all, the new one too."""
    return plain(
        f"An address on {name_of(address.channel)} was connected to you. That was on "
        f"{moment(now, person.zone)}, and what I tell you goes there now. If that was not you, "
        f"{undo(address, known, person)}. And tell the staff."
    )


def undo(address: Address, known: Sequence[Address], person: Person) -> str:
    """How to disconnect one of the person's; from another one, perhaps connected for that first."""
    word = _words_for(address.channel)[-1].lower()
    several = sum(is_called(one, word) for one in known) > 1
    if len(known) > 1:
        say = "addresses; then unlink it by its number" if several else f"unlink {word}"
        return f"say where I know you: {say}"
    return (
        f"say to me from where you are yourself: connect {person.email}. Then say there: "
        "addresses; and unlink it by its number"
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
    again = Choice(label="Connect again", says=f"connect {person.email}")
    text = (
        f"{what} is no longer connected to {person.name}. What I tell you goes to "
        f"{_shown(instead)} from now on."
    )
    return Reply(blocks=(Paragraph(text=text),), choices=(again,) if was_here else ())


def told_unlinked(address: Address, here: Address, *, zone: ZoneInfo, now: datetime) -> Reply:
    """To every other address of the person, the one that was disconnected too."""
    by = "" if here == address else f", as was asked for on {name_of(here.channel)}"
    return plain(
        f"An address of yours on {name_of(address.channel)} was disconnected. That was on "
        f"{moment(now, zone)}{by}. If that was not you, tell the staff. To connect it again, say "
        "there: connect, with your e-mail address on record."
    )


def _words_for(channel: str) -> tuple[str, ...]:
    kind = channel.partition(":")[0]  # a terminal's name goes on with whose it is
    return _CALLED.get(kind, (kind,))


def _shown(address: Address) -> str:
    return f"{name_of(address.channel)} ({address.value})"


def _counted(count: int) -> str:
    return "1 address" if count == 1 else f"{count} addresses"
