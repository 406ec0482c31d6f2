"""Kinds of notices in a few lines: those that are told alike stand together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from bot.domain.messages import Bullets, Choice, Paragraph, Reply
from bot.domain.notices.kinds import Kind
from bot.domain.notices.manner import cadence_of
from bot.domain.notices.seen_wishes import SeenWishes
from bot.domain.notices.wishes import Cadence
from bot.phrases.linking import name_of
from bot.phrases.wish_refusals import DIGESTS, EVERYTHING, HOURS, begun, why

_ALL_OFF = Choice(label="All of these off", says="turn off notifications")
_MANY = 4  # kinds, of which their names are enough once they are off
OFTEN: Mapping[Cadence, str] = MappingProxyType(
    {
        Cadence.AT_ONCE: "at once",
        Cadence.DAILY: "in a daily digest",
        Cadence.WEEKLY: "in a weekly digest",
    }
)


def told(seen: SeenWishes, kind: Kind) -> str:
    """How it is told now: `at once, but not on e-mail`."""
    if seen.is_off(kind):
        return "off"
    often = OFTEN[cadence_of(kind, seen.wishes)]
    off = " or ".join(name_of(channel) for channel in seen.off(kind))
    return f"{often}, but not on {off}" if off else often


def line(seen: SeenWishes, kind: Kind) -> str:
    """One kind, and how it is told."""
    return f"{_named(kind)}: {told(seen, kind)}"


def chosen(seen: SeenWishes, kinds: Iterable[Kind]) -> tuple[str, ...]:
    """A line for each way of being told, with the kinds that are told so; of many off the ids."""
    each = tuple(kinds)
    off = tuple(kind for kind in each if seen.is_off(kind))
    many = f"Off: {', '.join(kind.id for kind in off)}"
    short = len(off) > _MANY
    lines = [(begun(told(seen, one)), one) for one in each if not short or one not in off]
    return (*_grouped(lines), *((many,) if short else ()))


def what_to_stop(seen: SeenWishes) -> Reply:
    """What can be switched off, to somebody who did not say what of it, and how."""
    on = tuple(kind for kind in seen.now if not kind.mandatory and not seen.is_off(kind))
    if not on:
        text = "All that you can switch off is off already. For what goes on, say: notices."
        return Reply(blocks=(Paragraph(text=text),), choices=(EVERYTHING,))
    how = (
        f"Say: notices {on[0].id} off, with the name of any of these; turn off notifications, for "
        "all of them. So that they come together, say: digest weekly; for hours of the day: "
        f"{HOURS}."
    )
    blocks = (
        Paragraph(text="Nothing was changed yet. You can switch off:"),
        Bullets(items=tuple(_named(kind) for kind in on)),
        Paragraph(text=how),
    )
    return Reply(blocks=blocks, choices=(_ALL_OFF, DIGESTS[1], EVERYTHING))


def always(kinds: Iterable[Kind]) -> tuple[str, ...]:
    """A line for each reason for which kinds are mandatory."""
    return _grouped([(begun(why(kind)), kind) for kind in kinds])


def _grouped(lines: Sequence[tuple[str, Kind]]) -> tuple[str, ...]:
    groups = defaultdict[str, list[str]](list)
    for head, kind in lines:
        groups[head].append(_named(kind))
    return tuple(f"{head}: {'; '.join(names)}" for head, names in groups.items())


def _named(kind: Kind) -> str:
    return f"{kind.title} ({kind.id})"
