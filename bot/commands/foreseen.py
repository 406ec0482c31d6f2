"""Messages that are to come, for operators and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot.domain.filenames import printable
from bot.domain.notices.notice import Notice
from bot.domain.program import Program
from bot.phrases.foresight import base_of, kind_of, lead_of, rule
from bot.phrases.kinds import DIGEST
from bot.phrases.ways import by_way
from bot.usecases.foresee import Foreseen
from bot.usecases.see_outbox import begins


def kinds_of(one: Foreseen) -> str:
    """What it is about, in the kinds' own names."""
    kinds = list(dict.fromkeys(notice.kind for notice in one.notices))
    kinds += ["news"] if one.news else []
    if one.message is not None and one.message.kind == DIGEST:
        return f"{DIGEST} of {', '.join(kinds)}"
    return ", ".join(kinds)


def where_of(one: Foreseen) -> str:
    """The channel, or the staff's card."""
    if one.message is None:
        return f"on the staff's card {one.card}"
    return by_way(one.message.to)


def lines_of(program: Program, one: Foreseen) -> list[str]:
    """Below the first line: each rule, then how the message begins."""
    rules = [rule(program, notice) for notice in one.notices]
    rules += [f"{one.news} from before"] if one.news else []
    words = begins(one.message) if one.message else ""
    return [printable(line) for line in (*rules, words) if line]


def as_json_line(program: Program, one: Foreseen, zone: ZoneInfo) -> Mapping[str, object]:
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
        "begins": begins(message) if message else "",
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
