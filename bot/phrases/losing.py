"""How it is worded that nothing reaches somebody at an address any more, and that it does again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.messages import Address, Reply
from bot.domain.people import Person
from bot.phrases.linking import name_of, undo
from bot.phrases.talk import plain
from bot.phrases.times import moment

# Channels whose identifiers are never given to somebody else; a mailbox may have a new owner.
_FOR_GOOD = frozenset({"slack", "telegram"})


def is_for_good(channel: str) -> bool:
    """Whether an identifier of the channel never becomes somebody else's."""
    return channel in _FOR_GOOD


def told_lost(address: Address, known: Sequence[Address]) -> Reply:
    """To the next address of somebody who is no longer reached at one; `known` are the others."""
    several = any(name_of(one.channel) == name_of(address.channel) for one in known)
    where = f"as {address.value} on" if several else "on"
    back = "connect, with your e-mail address on record."
    if is_for_good(address.channel):
        gone = f"If it is not yours any more, say here: unlink {name_of(address.channel).lower()}."
        back = f"anything, and it is connected again. {gone}"
    return plain(
        f"Nothing reaches you {where} {name_of(address.channel)} any more. I have disconnected "
        "that address, and what I tell you comes here. When you are there again, say there: "
        f"{back}"
    )


def regained(person: Person) -> Reply:
    """To somebody who speaks again where nothing reached them."""
    return plain(
        "For a while nothing of mine reached you here: you had blocked me, or your account was "
        f"switched off. This chat is connected to {person.name} again, and what I tell you comes "
        "here. To take it back, say: unlink."
    )


def told_regained(
    address: Address, known: Sequence[Address], *, person: Person, now: datetime
) -> Reply:
    """To every other address of the person; `known` are all, the one that is back too."""
    return plain(
        f"Your address on {name_of(address.channel)}, which was lost, is connected to you again, "
        f"since somebody wrote to me from there. That was on {moment(now, person.zone)}, and what "
        f"I tell you goes there now. If that was not you, {undo(address, known, person)}. And "
        "tell the staff."
    )


def told_record_lost(email: str) -> Reply:
    """To somebody whose address on record takes no mail."""
    return plain(
        f"Mail to {email}, your address on record, does not arrive: there is no such mailbox. Have "
        "it corrected. Say: ask staff: my address on record is wrong."
    )


def told_unreached(name: str, email: str) -> Reply:
    """To the staff: mail to somebody's only address comes back, and only they can mend that."""
    return plain(
        f"{name} cannot be reached: mail to {email} comes back, since there is no such mailbox, "
        "and I know no other address of theirs. What I have to tell them waits. Find out what "
        f"their address is now, and have the operator correct it: {correct(email)}."
    )


def correct(email: str) -> str:
    """The command by which an address on record is corrected."""
    return f"carrel enrol NAME {email} --change --email NEW"


def told_corrected(email: str) -> Reply:
    """To somebody whose address on record was corrected, wherever they are reached."""
    return plain(
        f"Your address on record is {email} now: whoever runs Carrel corrected it. The one before "
        "is not connected to you any more. If that is wrong, tell the staff."
    )


def told_avoided(email: str, until: datetime, zone: ZoneInfo) -> Reply:
    """To somebody whose mailbox takes nothing at the moment, wherever else they are."""
    return plain(
        f"Several mails to {email} came back: that mailbox takes none at the moment. What I tell "
        f"you comes here until {moment(until, zone)}. Then I try again there, or at once when you "
        "write to me from there."
    )


def given_up(channel: str) -> Reply:
    """An address that was lost stays so, whoever speaks there."""
    return plain(
        f"Your address on {channel} was lost before, and is given up now: whoever speaks there is "
        "nobody I know. To connect one there again, say there: connect."
    )
