"""What a person will be told next, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.filenames import printable
from bot.domain.messages import Address, Bullets, Choice, Paragraph, Reply
from bot.phrases.times import times_of, weekday_time
from bot.phrases.ways import by_channel

_END = re.compile(r"(?<=[a-z\d)][.!?])\s+(?=[A-Z\d\"“])")
_LONGEST = 400  # characters of what people wrote without ending a sentence
_CHOICES = (
    Choice(label="As a calendar", says="calendar"),
    Choice(label="What I am told", says="notices"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One message that is to come, where to, and what it says; `about` is what a digest tells."""

    at: datetime
    to: Address
    reply: Reply
    about: tuple[str, ...] = ()


def upcoming(found: Sequence[Coming], *, more: int, months: int, zone: ZoneInfo) -> Reply:
    """The next ones; `more` are not among them but come within so many months."""
    if not found:
        text = f"As things stand there is nothing that I would tell you within {months} months."
        return Reply(blocks=(Paragraph(text=text),), choices=_CHOICES)
    what = "This is what" if len(found) == 1 else f"These are the next {len(found)} things that"
    lead = f"{what} I will tell you, if nothing else happens. {times_of(zone)}"
    others = "1 more comes" if more == 1 else f"{more} more come"
    rest = (Paragraph(text=f"{others} within {months} months."),) if more else ()
    items = tuple(_item(one, zone) for one in found)
    return Reply(
        blocks=(Paragraph(text=lead), Bullets(items=items), *rest),
        choices=_CHOICES,
    )


def _item(one: Coming, zone: ZoneInfo) -> str:
    about = f" They are about: {'; '.join(one.about)}." if one.about else ""
    first = first_sentence(one.reply)
    return f"{weekday_time(one.at, zone)}, {by_channel(one.to)}: {first}{about}"


def first_sentence(reply: Reply) -> str:
    """What a reply says first, as a whole."""
    said = next((line for line in map(printable, reply.said) if line), "")
    first = _END.split(said, maxsplit=1)[0]
    return first if len(first) <= _LONGEST else f"{first[: _LONGEST - 1]}\u2026"
