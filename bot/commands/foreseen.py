"""Messages that are to come, for operators and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.configured import rooms, setups
from bot.domain.filenames import printable
from bot.domain.notices.notice import Notice
from bot.domain.program import Program
from bot.phrases.foresight import base_of, kind_of, lead_of, rule
from bot.phrases.kinds import DIGEST
from bot.phrases.ways import by_way
from bot.settings import Settings
from bot.usecases.foresee import Foreseen
from bot.usecases.see_outbox import begins, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What can be sent at all: channels that are `off`, and whether the staff have a `room`."""

    off: frozenset[str]
    room: bool

    def reaches(self, one: Foreseen) -> bool:
        """Whether it can be sent as the settings are."""
        return one.message is None or one.message.to.channel not in self.off


def serving(settings: Settings) -> Serving:
    """As the settings have it."""
    off = (one.name for one in setups(settings) if not one.is_on(listening=False))
    return Serving(off=frozenset(off), room=bool(rooms(settings)))


def kinds_of(one: Foreseen) -> str:
    """What it is about, in the kinds' own names."""
    kinds = list(dict.fromkeys(notice.kind for notice in one.notices))
    kinds += ["news"] if one.news else []
    if one.message is not None and one.message.kind == DIGEST:
        return f"{DIGEST} of {', '.join(kinds)}"
    return ", ".join(kinds)


def where_of(one: Foreseen, serving: Serving) -> str:
    """The channel, or the staff: on a card, or where they have no room each of them."""
    if one.message is None:
        by = "on the card" if serving.room else "each of them, about"
        return f"to the staff, {by} {one.card}"
    way = by_way(one.message.to)
    if serving.reaches(one):
        return way
    return f"{way} (which is off: it waits until {one.message.to.channel} is set up)"


def lines_of(program: Program, one: Foreseen, *, full: bool) -> list[str]:
    """Below the first line: each rule, then how the message begins, or all that it says."""
    rules = [rule(program, notice) for notice in one.notices]
    rules += [f"{one.news} from before"] if one.news else []
    if one.message:
        rules += whole(one.message) if full else [begins(one.message)]
    return [printable(line) for line in rules if line]


def as_json_line(
    program: Program, one: Foreseen, zone: ZoneInfo, serving: Serving
) -> Mapping[str, object]:
    """One message for programs; `local` is where its reader is."""
    message = one.message
    return {
        "person": one.person.id,
        "name": one.person.name,
        "email": one.person.email,
        "at": one.at.isoformat(),
        "local": one.at.astimezone(zone).isoformat(),
        "zone": zone.key,
        "channel": message.to.channel if message else None,
        "to": message.to.value if message else None,
        "card": one.card or None,
        "digest": message is not None and message.kind == DIGEST,
        "news": one.news,
        "notices": [_notice(program, notice) for notice in one.notices],
        "reaches": serving.reaches(one),
        "begins": begins(message) if message else "",
        "text": "\n".join(whole(message)) if message else "",
    }


def _notice(program: Program, notice: Notice) -> Mapping[str, object]:
    base = base_of(notice)
    return {
        "key": notice.key,
        "kind": notice.kind,
        "matter": notice.matter,
        "counts_from": kind_of(program, notice).moment.value,
        "base": base.isoformat() if base else None,
        "lead": lead_of(program, notice),
        "rule": rule(program, notice),
    }
