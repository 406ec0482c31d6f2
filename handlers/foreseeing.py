"""What somebody will be told next."""

from __future__ import annotations

from bot.domain.messages import OutboundMessage, Reply
from bot.domain.program import Program
from bot.phrases import upcoming as phrases
from bot.phrases.kinds import DIGEST, called
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
    news = {one.message.key for one in found if one.message and one.news}
    each = sorted((*waiting, *coming), key=lambda one: one[0])
    shown = tuple(
        phrases.Coming(
            at=at,
            to=message.to,
            reply=message.reply,
            about=_about(request.desk.program, message, news=message.key in news),
        )
        for at, message in each[:SHOWN]
    )
    more = max(0, len(each) - SHOWN)
    return (phrases.upcoming(shown, more=more, months=_MONTHS, zone=person.zone),)


def _about(program: Program, message: OutboundMessage, *, news: bool) -> tuple[str, ...]:
    """What a digest tells of, each named once; nothing for what says it first of all."""
    if message.kind != DIGEST:
        return ()
    kinds = (key.partition(":")[0] for key in message.notices)
    names = [called(program, kind) for kind in kinds if kind in program.notices.kinds]
    return (*dict.fromkeys(names), *(["what happened before"] if news else []))
