"""Somebody's own deadlines, in words."""

from __future__ import annotations

from bot.domain.messages import Reply
from bot.domain.notices.deadlines import deadlines
from bot.phrases import deadlines as phrases
from handlers.request import NotMine, Request

_BARE = (
    r"(?:all |the |list |show )*(?:(?:upcoming |next |coming )?deadlines|next deadline)"
    r"|what(?:.s|s| is) due"
)
DEADLINES = rf"/?(?:{_BARE})(?: (?:next|now|soon|coming up))?"
MINE = (
    r"/?(?:(?:what|when) are |what(?:.s|s) |list |show(?: me)? )?(?:all )?my (?:upcoming |next )?"
    r"deadlines|what(?:.s|s| is) (?:due for me|my (?:next |nearest )?deadline)"
)


def named_bare(request: Request) -> tuple[Reply, ...]:
    """`deadlines`, `what's due`: the person's own; the documents' where they have no record."""
    if request.candidate is None:
        raise NotMine
    return mine(request)


def mine(request: Request) -> tuple[Reply, ...]:
    """`my deadlines`: what is to come, the nearest first."""
    program, person = request.desk.program, request.actor()
    own = (
        one
        for situation in request.uow.situations.of((person.id,), now=request.now, program=program)
        for one in deadlines(program, situation)
    )
    return (phrases.coming(program, own, now=request.now, zone=person.zone),)
