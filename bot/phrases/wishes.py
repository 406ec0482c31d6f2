"""How people see and choose what they are told without asking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from bot.domain.messages import Block, Bullets, Choice, Paragraph, Reply
from bot.domain.notices.kinds import Kind
from bot.domain.notices.manner import cadence_of
from bot.domain.notices.seen_wishes import SeenWishes
from bot.domain.notices.wishes import Cadence, Quiet
from bot.domain.people import Person
from bot.domain.program import Program
from bot.phrases.linking import name_of
from bot.phrases.times import told_in_full
from bot.phrases.wish_refusals import EVERYTHING, HOURS, begun, mandatory, why

_OFTEN: Mapping[Cadence, str] = MappingProxyType(
    {
        Cadence.AT_ONCE: "at once",
        Cadence.DAILY: "in a daily digest",
        Cadence.WEEKLY: "in a weekly digest",
    }
)


def overview(program: Program, seen: SeenWishes, *, now: datetime) -> Reply:
    """All kinds in groups with how each is told, then hours, zone and place."""
    always = tuple(f"{k.title} ({k.id}): {why(k)}" for k in seen.kinds if k.mandatory)
    chosen = tuple(_line(seen, kind) for kind in seen.kinds if not kind.mandatory)
    blocks: tuple[Block, ...] = (
        Paragraph(text="What I always tell you, and why:"),
        Bullets(items=always),
        Paragraph(text="What you may choose, with the word for it and how you are told it now:"),
        Bullets(items=chosen),
        *(Paragraph(text=line) for line in _standing(program, seen, now=now)),
        Paragraph(text=" ".join(_how(seen))),
    )
    return Reply(blocks=blocks, choices=tuple(_choices(program, seen)))


def chosen(program: Program, seen: SeenWishes, kinds: Sequence[Kind]) -> Reply:
    """After something was chosen for these kinds: how they are told now."""
    items = tuple(_line(seen, kind) for kind in kinds)
    again = tuple(_back(seen, kind) for kind in kinds[:1]) if len(kinds) == 1 else ()
    lead = f"From now on{_slots(program, seen, kinds)}:"
    return Reply(blocks=(Paragraph(text=lead), Bullets(items=items)), choices=(*again, EVERYTHING))


def one(seen: SeenWishes, kind: Kind) -> Reply:
    """How one kind is told, and what can be chosen for it."""
    if kind.mandatory:
        return Reply(blocks=(Paragraph(text=mandatory(kind)),), choices=(EVERYTHING,))
    says = ["off"] if not seen.is_off(kind) else ["on"]
    says += [c.value for c in Cadence if kind.waits and c is not cadence_of(kind, seen.wishes)]
    picks = tuple(Choice(label=_label(word), says=f"notices {kind.id} {word}") for word in says)
    return Reply(blocks=(Bullets(items=(_line(seen, kind),)),), choices=(*picks, EVERYTHING))


def digest(program: Program, seen: SeenWishes) -> Reply:
    """After a digest was chosen for all that can wait, or none."""
    cadence = seen.wishes.cadence
    if cadence is Cadence.AT_ONCE:
        text = "From now on I tell you everything at once, and nothing in a digest."
        return _with(text, Choice(label="A daily digest", says="digest daily"))
    can_wait = tuple(kind for kind in seen.kinds if kind.waits and not seen.is_off(kind))
    text = (
        f"From now on what can wait comes {_OFTEN[cadence]}{_slots(program, seen, can_wait)}. "
        "What is mandatory, and what would come too late in it, is told by itself."
    )
    return _with(text, Choice(label="No digest", says="digest off"), EVERYTHING)


def hours(program: Program, seen: SeenWishes) -> Reply:
    """After quiet hours were chosen, or asked for."""
    there = _quiet(program, seen) is not None
    text = _hours(program, seen) + (
        f" Times are those of {seen.person.time_zone}." if there else ""
    )
    usual = Choice(label="The usual quiet hours", says="usual quiet hours")
    none = Choice(label="No quiet hours", says="no quiet hours")
    return _with(text, none if there else usual, EVERYTHING)


def zone(person: Person, *, now: datetime) -> Reply:
    """In which zone the person is, and what time it is there."""
    local = now.astimezone(person.zone)
    text = (
        f"Your time zone is {person.time_zone}: there it is {told_in_full(local.date())}, "
        f"{local:%H:%M}. Days, deadlines and quiet hours are counted there. Another one: time zone "
        "Europe/Berlin, say."
    )
    return _with(text, EVERYTHING)


def place(seen: SeenWishes) -> Reply:
    """After the channel was chosen."""
    return _with(_place(seen), *_elsewhere(seen), EVERYTHING)


def newest(seen: SeenWishes) -> Reply:
    """To somebody who wants to be told things wherever they wrote last."""
    text = (
        "I keep to one place, so that you know where to look: the address that you connected last. "
        f"{_place(seen)}"
    )
    return _with(text, *_elsewhere(seen), EVERYTHING)


def _line(seen: SeenWishes, kind: Kind) -> str:
    return f"{kind.title} ({kind.id}): {_told(seen, kind)}"


def _told(seen: SeenWishes, kind: Kind) -> str:
    if seen.is_off(kind):
        return "off"
    often = _OFTEN[cadence_of(kind, seen.wishes)]
    off = " or ".join(name_of(channel) for channel in seen.off(kind))
    return f"{often}, but not on {off}" if off else often


def _standing(program: Program, seen: SeenWishes, *, now: datetime) -> Iterator[str]:
    yield _hours(program, seen)
    local = now.astimezone(seen.person.zone)
    yield f"Your time zone is {seen.person.time_zone}, where it is {local:%H:%M} now."
    yield _place(seen)


def _hours(program: Program, seen: SeenWishes) -> str:
    quiet, own = _quiet(program, seen), seen.wishes.quiet is not None
    if quiet is None:
        return "You have no quiet hours: I tell you things at any hour."
    whose = "Your quiet hours are" if own else "Quiet hours are, as for everybody who chose none,"
    return (
        f"{whose} {quiet.begins:%H:%M} to {quiet.ends:%H:%M}: what happens then I tell you when "
        "they end, but for answers, codes, your own reminders, and what would come too late."
    )


def _quiet(program: Program, seen: SeenWishes) -> Quiet | None:
    quiet = seen.wishes.quiet or program.notices.quiet
    return quiet if quiet and quiet.begins != quiet.ends else None


def _place(seen: SeenWishes) -> str:
    first, own = seen.places[0], seen.wishes.channel
    if not own:
        return f"I tell you things on {name_of(first.channel)}, your newest address."
    if first.channel == own:
        return f"I tell you things on {name_of(own)}, as you chose; elsewhere when that fails."
    return (
        f"You chose {name_of(own)}, where nothing reaches you now: I tell you things on "
        f"{name_of(first.channel)} until it does."
    )


def _how(seen: SeenWishes) -> Iterator[str]:
    yield "To change it, say: notices comments off, or on, daily, weekly, at once; notices comments"
    yield f"off by email; digest daily, for all that can wait; {HOURS}; time zone Europe/Berlin;"
    yield f"tell me by {seen.channels[-1]}."


def _choices(program: Program, seen: SeenWishes) -> Iterator[Choice]:
    if seen.wishes.cadence is Cadence.AT_ONCE:
        yield Choice(label="A daily digest", says="digest daily")
    if seen.wishes.cadence is not Cadence.AT_ONCE or seen.wishes.cadences:
        yield Choice(label="No digest", says="digest off")
    if _quiet(program, seen):
        yield Choice(label="No quiet hours", says="no quiet hours")
    elif program.notices.quiet:
        yield Choice(label="The usual quiet hours", says="usual quiet hours")
    yield from _elsewhere(seen)


def _elsewhere(seen: SeenWishes) -> Iterator[Choice]:
    for channel in seen.channels[1:]:
        name = name_of(channel)
        yield Choice(label=f"Tell me by {name}", says=f"tell me by {channel}")


def _back(seen: SeenWishes, kind: Kind) -> Choice:
    if seen.off(kind):
        return Choice(label="Tell me again", says=f"notices {kind.id} on")
    return Choice(label="Tell me no more of it", says=f"notices {kind.id} off")


def _slots(program: Program, seen: SeenWishes, kinds: Sequence[Kind]) -> str:
    """When digests come, where one of the kinds is told in one."""
    found = {cadence_of(kind, seen.wishes) for kind in kinds} - {Cadence.AT_ONCE}
    if not found:
        return ""
    day = ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"]
    on = f" on {day[program.notices.weekday]}" if found == {Cadence.WEEKLY} else ""
    return f" (digests come{on} at {program.notices.at:%H:%M}, {seen.person.time_zone})"


def _label(word: str) -> str:
    return {"off": "Tell me no more of it", "on": "Tell me again"}.get(word, begun(word))


def _with(text: str, *choices: Choice) -> Reply:
    return Reply(blocks=(Paragraph(text=text),), choices=choices)
