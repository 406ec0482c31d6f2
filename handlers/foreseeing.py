"""What somebody will be told next."""

from __future__ import annotations

from bot.domain.messages import Reply
from bot.phrases import upcoming as phrases
from bot.usecases.foresee import Foreseen
from bot.usecases.see_outbox import first_words
from bot.usecases.see_timeline import next_said
from handlers.request import Request

UPCOMING = (
    r"/?(?:(?:my )?(?:upcoming|coming|next) (?:notices|messages|reminders and notices)|"
    r"what will you (?:tell|send) me(?: next)?|what(?:.s| is) coming(?: up)?)"
)
SHOWN = 5
_MONTHS = 12
_DAYS = 365


def upcoming(request: Request) -> tuple[Reply, ...]:
    """`upcoming notices`: the next few, with their days."""
    person = request.actor()
    found = next_said(request.uow, request.desk.program, person, days=_DAYS, now=request.now)
    shown = tuple(_coming(one) for one in found[:SHOWN])
    more = max(0, len(found) - SHOWN)
    return (phrases.upcoming(shown, more=more, months=_MONTHS, zone=person.zone),)


def _coming(one: Foreseen) -> phrases.Coming:
    message = one.message
    channel, begins = (message.to.channel, first_words(message.reply)) if message else ("", "")
    return phrases.Coming(at=one.at, channel=channel, begins=begins)
