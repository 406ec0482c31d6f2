"""How it is said that what somebody chose about notices cannot be, or cannot be understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.domain.messages import Address, Bullets, Choice, Paragraph, Reply
from bot.domain.notices import happenings
from bot.domain.notices.kinds import Kind, Moment
from bot.phrases.linking import name_of
from bot.phrases.talk import plain

HOURS = "quiet hours 21:00 to 7:00"
EVERYTHING = Choice(label="All my notices", says="notices")
_WHY: Mapping[str, str] = MappingProxyType(
    {
        happenings.DECIDED: "what you can do next, and until when, hangs on it",
        happenings.COMPLETE: "you should know it from us first",
        happenings.APPEAL_NEWS: "its steps have days on which they end",
        happenings.WELCOME: "it is said once",
        happenings.ANSWERED: "you asked",
        happenings.UNDELIVERABLE: "only the staff can mend it",
        happenings.SET_ASIDE: "it may be somebody's evidence, and only the staff can mend it",
        happenings.RIGHTS: "you should know what you may do, and who changed it",
    }
)
_YOUR_OWN = "you wanted it"
_HANGS_ON_IT = "your rights or your time in the program hang on it"


def mandatory(kind: Kind) -> str:
    """Why a kind is always told, and what can be chosen all the same."""
    hours = "It is told at any hour."
    if kind.id not in happenings.AT_ANY_HOUR and kind.moment is not Moment.OWN:
        hours = f"Your quiet hours hold for it too: {HOURS}, say."
    return (
        f"I always tell you {kind.title}: {why(kind)}. Nothing was changed. {hours} And you choose "
        "where: tell me by email, say."
    )


def why(kind: Kind) -> str:
    """Why a kind cannot be declined."""
    return _YOUR_OWN if kind.moment is Moment.OWN else _WHY.get(kind.id, _HANGS_ON_IT)


def cannot_wait(kind: Kind) -> str:
    """A kind that is of no use in a digest."""
    return (
        f"{begun(kind.title)}: that cannot wait for a digest, so nothing was changed. Say: "
        f"notices {kind.id} off, or: notices {kind.id} on."
    )


def not_there(channel: str, places: Sequence[Address]) -> str:
    """A channel on which the person has no address."""
    known = " and ".join(dict.fromkeys(name_of(place.channel) for place in places))
    return (
        f"You have no address on {name_of(channel)} that I know; nothing was changed. I reach you "
        f"on {known}. To connect another one, say there: connect."
    )


def same_everywhere(kind: str) -> str:
    """How often is not chosen for one channel alone."""
    return (
        "How often you are told something is the same on every channel; nothing was changed. Say: "
        f"notices {kind} daily, or for one channel: notices {kind} off by email."
    )


def no_kind(words: str, kinds: Sequence[Kind], perhaps: Sequence[str]) -> Reply:
    """Words that name no kind; the kinds there are."""
    text = f"There is no kind of notice called {words!r}; nothing was changed. There are:"
    items = tuple(f"{kind.id}: {kind.title}" for kind in kinds)
    picks = tuple(Choice(label=begun(id), says=f"notices {id}") for id in perhaps)
    return Reply(blocks=(Paragraph(text=text), Bullets(items=items)), choices=(*picks, EVERYTHING))


def which_hours(words: str) -> str:
    """Hours that nobody can be sure of."""
    return (
        f"I am not sure which hours you mean by {words!r}; nothing was changed. Say, for example: "
        f"{HOURS}, or: quiet hours 9pm to 7am. For none: no quiet hours."
    )


def which_zone(words: str, perhaps: Sequence[str]) -> Reply:
    """No zone was found for the words, or several."""
    if not perhaps:
        return plain(
            f"I know no time zone {words!r}. Name a large city in yours: time zone Chicago. "
            "Nothing was changed."
        )
    text = f"Which zone do you mean by {words!r}? Nothing was changed yet."
    picks = tuple(Choice(label=zone, says=f"time zone {zone}") for zone in perhaps)
    return Reply(blocks=(Paragraph(text=text),), choices=picks)


def begun(words: str) -> str:
    """The words with a capital letter first."""
    return words[:1].upper() + words[1:]
