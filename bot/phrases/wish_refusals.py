"""How it is said that what somebody chose about notices cannot be, or cannot be understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.domain.messages import Address, Bullets, Choice, Paragraph, Reply
from bot.domain.notices import happenings
from bot.domain.notices.kinds import Kind, Moment
from bot.domain.notices.wishes import Quiet
from bot.phrases.linking import name_of
from bot.phrases.talk import plain

HOURS = "quiet hours 21:00 to 7:00"
EVERYTHING = Choice(label="All my notices", says="notices")
DIGESTS = (
    Choice(label="A daily digest", says="digest daily"),
    Choice(label="A weekly digest", says="digest weekly"),
)
NO_DIGEST = Choice(label="No digest", says="digest off")
_NO_HOURS = Choice(label="No quiet hours", says="no quiet hours")
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
    hours = f"Your quiet hours hold for it too: {HOURS}, say."
    if _at_any_hour(kind):
        hours = "It is told at any hour."
    return (
        f"I always tell you {kind.title}: {why(kind)}. Nothing was changed. {hours} And you choose "
        "where: tell me by email, say."
    )


def why(kind: Kind) -> str:
    """Why a kind cannot be declined."""
    return _YOUR_OWN if kind.moment is Moment.OWN else _WHY.get(kind.id, _HANGS_ON_IT)


def cannot_wait(kind: Kind) -> str:
    """A kind that is of no use in a digest, and that may be mandatory besides."""
    if kind.mandatory:
        soon = "at any hour" if _at_any_hour(kind) else "as soon as your quiet hours allow"
        return (
            f"{begun(kind.title)}: I always tell you that, and {soon}, so nothing was changed. You "
            "choose where: tell me by email, say."
        )
    return (
        f"{begun(kind.title)}: that cannot wait for a digest, so nothing was changed. Say: "
        f"notices {kind.id} off, or: notices {kind.id} on."
    )


def _at_any_hour(kind: Kind) -> bool:
    """Whether it is told in quiet hours as well."""
    return kind.id in happenings.AT_ANY_HOUR or kind.moment is Moment.OWN


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
    """Words that name no kind; the kinds that are called nearly so."""
    text = f"There is no kind of notice called {words!r}; nothing was changed."
    near = tuple(kind for id in perhaps for kind in kinds if kind.id == id)
    if not near:
        return Reply(blocks=(Paragraph(text=f"{text} For all: notices."),), choices=(EVERYTHING,))
    items = tuple(f"{kind.id}: {kind.title}" for kind in near)
    picks = tuple(Choice(label=begun(kind.id), says=f"notices {kind.id}") for kind in near)
    return Reply(
        blocks=(Paragraph(text=f"{text} Do you mean one of these?"), Bullets(items=items)),
        choices=(*picks, EVERYTHING),
    )


def which_hours(words: str, perhaps: Sequence[Quiet] = ()) -> Reply:
    """Hours that nobody can be sure of; `perhaps` those that may be meant."""
    text = (
        f"I am not sure which hours you mean by {words!r}; nothing was changed. Say, for example: "
        f"{HOURS}, or: quiet hours 9pm to 7am. For none: no quiet hours."
    )
    return Reply(blocks=(Paragraph(text=text),), choices=tuple(_span(one) for one in perhaps))


def until_when(perhaps: Quiet) -> Reply:
    """To whoever said only from when on they want quiet."""
    text = "Until when? Nothing was changed yet. Your choice, or say both times: " + HOURS + "."
    return Reply(blocks=(Paragraph(text=text),), choices=(_span(perhaps), _NO_HOURS))


def no_such_digest() -> Reply:
    """To whoever wants a digest at other times than there are."""
    text = (
        "A digest comes once a day or once a week, at a time that is the same for everybody; "
        "nothing was changed."
    )
    return Reply(blocks=(Paragraph(text=text),), choices=(*DIGESTS, NO_DIGEST))


def lives_there(zone: str) -> Reply:
    """To whoever says where they live now."""
    text = f"Shall I count your days and hours in {zone} from now on? Nothing was changed yet."
    return Reply(
        blocks=(Paragraph(text=text),),
        choices=(Choice(label=f"Time zone {zone}", says=f"time zone {zone}"),),
    )


def _span(one: Quiet) -> Choice:
    hours = f"{one.begins:%H:%M} to {one.ends:%H:%M}"
    return Choice(label=begun(f"quiet hours {hours}"), says=f"quiet hours {hours}")


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
