"""A candidate takes their own record out."""

from __future__ import annotations

from bot.domain.messages import Reply
from bot.phrases import exporting as phrases
from bot.usecases.give_archive import TooLarge, give_archive
from handlers.request import Request

_ALL = r"(?:(?:all (?:of )?)?(?:my|the|this) )?(?:whole )?(?:record|data|files|archive|evidence)"
EXPORT = rf"/?(?:export(?: (?:me|it|all|everything|{_ALL}))?|(?:give me )?my archive)"


def export(request: Request) -> tuple[Reply, ...]:
    """`export`: the archive was made before the transaction."""
    candidate = request.who()
    try:
        made = give_archive(request.uow, candidate, request.prepared.archive, now=request.now)
    except TooLarge:
        return (phrases.too_large(),)
    return (phrases.archive(candidate.person, sha256=made.sha256, size=made.size),)
