"""How people see and choose what they are told without asking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain.messages import Block, Bullets, Choice, Paragraph, Reply
from bot.domain.notices.kinds import Kind
from bot.domain.notices.manner import cadence_of
from bot.domain.notices.seen_wishes import SeenWishes
from bot.domain.notices.wishes import Cadence, Quiet
from bot.domain.people import Person
from bot.domain.program import Program
from bot.phrases import wish_lists as lists
from bot.phrases.linking import name_of
from bot.phrases.times import told_in_full
from bot.phrases.ways import by_channel
from bot.phrases.wish_refusals import DIGESTS, EVERYTHING, HOURS, NO_DIGEST, begun, mandatory

_ANOTHER_ZONE = "If you live elsewhere, say: time zone, and a large city there."


def overview(program: Program, seen: SeenWishes, *, now: datetime) -> Reply:
    """All kinds in groups with how each is told, then hours, zone and place."""
    always = tuple(kind for kind in seen.now if kind.mandatory)
    free = tuple(kind for kind in seen.now if not kind.mandatory)
    later = ", ".join(kind.id for kind in seen.kinds if kind in seen.later)
    blocks: tuple[Block, ...] = (
        Paragraph(text="What I always tell you, and why:"),
        Bullets(items=lists.always(always)),
        Paragraph(text="What you may choose, as it is told now:"),
        Bullets(items=lists.chosen(seen, free)),
        *((Paragraph(text=f"Not before you are certified: {later}."),) if later else ()),
        Paragraph(text=" ".join(_standing(program, seen, now=now))),
        Paragraph(text=" ".join(_how(seen))),
    )
    return Reply(blocks=blocks, choices=tuple(_choices(program, seen)))


def chosen(program: Program, seen: SeenWishes, kinds: Sequence[Kind]) -> Reply:
    """After something was chosen for these kinds: how they are told now."""
    items = lists.chosen(seen, kinds) if len(kinds) > 1 else (lists.line(seen, kinds[0]),)
    again = tuple(_back(seen, kind) for kind in kinds[:1]) if len(kinds) == 1 else ()
    lead = f"From now on{_slots(program, seen, kinds)}:"
    stays = ", ".join(kind.id for kind in seen.now if kind.mandatory)
    all_off = len(kinds) > 1 and all(seen.is_off(kind) for kind in kinds)
    but = (Paragraph(text=f"What I always tell you goes on: {stays}."),) if all_off else ()
    blocks = (Paragraph(text=lead), Bullets(items=items), *but)
    return Reply(blocks=blocks, choices=(*again, EVERYTHING))


def off_already(seen: SeenWishes, kind: Kind) -> Reply:
    """To whoever wants no more, on one channel, of what is off on all."""
    text = f"Nothing was changed. This was off already, on every channel: {kind.title} ({kind.id})."
    return _with(text, _back(seen, kind), EVERYTHING)


def one(seen: SeenWishes, kind: Kind) -> Reply:
    """How one kind is told, and what can be chosen for it."""
    if kind.mandatory:
        return Reply(blocks=(Paragraph(text=mandatory(kind)),), choices=(EVERYTHING,))
    says = ["off"] if not seen.is_off(kind) else ["on"]
    says += [c.value for c in Cadence if kind.waits and c is not cadence_of(kind, seen.wishes)]
    picks = tuple(Choice(label=_label(word), says=f"notices {kind.id} {word}") for word in says)
    return Reply(blocks=(Bullets(items=(lists.line(seen, kind),)),), choices=(*picks, EVERYTHING))


def digest_as_it_is(program: Program, seen: SeenWishes) -> Reply:
    """What comes in a digest now, and what can be chosen."""
    cadence = seen.wishes.cadence
    can_wait = tuple(kind for kind in seen.now if kind.waits and not seen.is_off(kind))
    by_it = tuple(kind for kind in can_wait if cadence_of(kind, seen.wishes) is cadence)
    text = f"What can wait is told {lists.OFTEN[cadence]} now{_slots(program, seen, by_it)}."
    apart = tuple(kind for kind in can_wait if cadence_of(kind, seen.wishes) is not cadence)
    but = (Paragraph(text="But for:"), Bullets(items=lists.chosen(seen, apart))) if apart else ()
    picks = {Cadence.DAILY: DIGESTS[0], Cadence.WEEKLY: DIGESTS[1], Cadence.AT_ONCE: NO_DIGEST}
    if not apart:
        del picks[cadence]
    return Reply(blocks=(Paragraph(text=text), *but), choices=(*picks.values(), EVERYTHING))


def digest(program: Program, seen: SeenWishes) -> Reply:
    """After a digest was chosen for all that can wait, or none."""
    cadence = seen.wishes.cadence
    if cadence is Cadence.AT_ONCE:
        text = "From now on I tell you everything at once, and nothing in a digest."
        return _with(text, DIGESTS[0])
    can_wait = tuple(kind for kind in seen.kinds if kind.waits and not seen.is_off(kind))
    text = (
        f"From now on what can wait comes {lists.OFTEN[cadence]}{_slots(program, seen, can_wait)}. "
        "What is mandatory, and what would come too late in it, is told by itself."
    )
    return _with(text, NO_DIGEST, EVERYTHING)


def hours(program: Program, seen: SeenWishes) -> Reply:
    """After quiet hours were chosen, or asked for."""
    there = _quiet(program, seen) is not None
    text = _hours(program, seen) + (
        f" Times are those of {seen.person.zone_words}." if there else ""
    )
    usual = Choice(label="The usual quiet hours", says="usual quiet hours")
    none = Choice(label="No quiet hours", says="no quiet hours")
    return _with(text, none if there else usual, EVERYTHING)


def zone(person: Person, *, now: datetime, chosen: bool = False) -> Reply:
    """In which zone the person is (just `chosen`, or as it was), and what time it is there."""
    local = now.astimezone(person.zone)
    text = (
        f"Your time zone is {person.zone_words}: there it is {told_in_full(local.date())}, "
        f"{local:%H:%M}. Days, deadlines and quiet hours are counted there."
    )
    if not chosen:
        text += f" {_ANOTHER_ZONE}"
    return _with(text, EVERYTHING)


def place(seen: SeenWishes, *, is_away: bool = False) -> Reply:
    """After the channel was chosen; one that is `away` is served by nobody now."""
    text = _place(seen)
    if is_away:
        text += (
            f" But {name_of(seen.wishes.channel)} is not connected to me now: what I tell you "
            "waits until it is. To choose another place, say where, or: tell me anywhere."
        )
    return _with(text, *_elsewhere(seen), EVERYTHING)


def newest(seen: SeenWishes) -> Reply:
    """To somebody who wants to be told things wherever they wrote last."""
    text = (
        "I keep to one place, so that you know where to look: the address that you connected last. "
        f"{_place(seen)}"
    )
    return _with(text, *_elsewhere(seen), EVERYTHING)


def _standing(program: Program, seen: SeenWishes, *, now: datetime) -> Iterator[str]:
    yield _hours(program, seen)
    local = now.astimezone(seen.person.zone)
    unset = f" {_ANOTHER_ZONE}" if not seen.person.gave_zone else ""
    yield f"Your time zone is {seen.person.zone_words}, where it is {local:%H:%M} now.{unset}"
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
        return f"I tell you things {by_channel(first)}, your newest address."
    if first.channel == own:
        return f"I tell you things {by_channel(first)}, as you chose; elsewhere when that fails."
    return (
        f"You chose {name_of(own)}, where nothing reaches you now: I tell you things "
        f"{by_channel(first)} until it does."
    )


def _how(seen: SeenWishes) -> Iterator[str]:
    yield "To change it, say: notices comments off, or on, daily, weekly, at once; notices comments"
    yield f"off by email; digest daily, for all that can wait; {HOURS}; time zone Europe/Berlin;"
    yield f"tell me by {seen.channels[-1]}."


def _choices(program: Program, seen: SeenWishes) -> Iterator[Choice]:
    if seen.wishes.cadence is Cadence.AT_ONCE:
        yield DIGESTS[0]
    if seen.wishes.cadence is not Cadence.AT_ONCE or seen.wishes.cadences:
        yield NO_DIGEST
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
    heard = (kind for kind in kinds if not seen.is_off(kind))
    found = {cadence_of(kind, seen.wishes) for kind in heard} - {Cadence.AT_ONCE}
    if not found:
        return ""
    day = ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"]
    on = f" on {day[program.notices.weekday]}" if found == {Cadence.WEEKLY} else ""
    return f" (digests come{on} at {program.notices.at:%H:%M}, {seen.person.zone_words})"


def _label(word: str) -> str:
    return {"off": "Tell me no more of it", "on": "Tell me again"}.get(word, begun(word))


def _with(text: str, *choices: Choice) -> Reply:
    return Reply(blocks=(Paragraph(text=text),), choices=choices)
