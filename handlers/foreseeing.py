"""What somebody will be told next."""

from __future__ import annotations

from bot.domain.messages import Reply
from bot.phrases import upcoming as phrases
from bot.usecases.see_timeline import held, next_said
from handlers.request import Request

UPCOMING = (
    r"/?(?:(?:my )?(?:upcoming|coming|next) (?:notices|messages|reminders and notices)|"
    r"what will you (?:tell|send) me(?: next)?|"
    r"(?:what(?:.s| is) )?upcoming|what(?:.s| is) coming(?: up)?)"
)
SHOWN = 5
_MONTHS = 12
_DAYS = 365


def upcoming(request: Request) -> tuple[Reply, ...]:
    """`upcoming notices`: the next few, with their days."""
    person = request.actor()
    found = next_said(request.uow, request.desk.program, person, days=_DAYS, now=request.now)
    waiting = held(request.uow, person, now=request.now)
    coming = [(one.at, one.message) for one in found if one.message]
    each = sorted((*waiting, *coming), key=lambda one: one[0])
    shown = tuple(
        phrases.Coming(at=at, to=message.to, reply=message.reply) for at, message in each[:SHOWN]
    )
    more = max(0, len(each) - SHOWN)
    return (phrases.upcoming(shown, more=more, months=_MONTHS, zone=person.zone),)
