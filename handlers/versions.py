"""The versions of a learning statement, and the way back to one."""

from __future__ import annotations

from functools import partial

from bot.domain import statement
from bot.domain.messages import Reply
from bot.errors import NotFound
from bot.phrases import statement_views
from handlers.request import Request
from handlers.set_named import set_named
from handlers.stating import about, changed, draft_of


def overview(request: Request) -> tuple[Reply, ...]:
    """`versions`, `versions for Technology`."""
    set_id = set_named(request)
    return about(request, set_id, act=_overview, again=lambda name: f"versions for {name}")


def back(request: Request) -> tuple[Reply, ...]:
    """`back to version 3`."""
    number = request.number()
    return about(
        request,
        set_named(request, certain=True),
        act=partial(_back, number=number),
        again=lambda name: f"back to version {number} for {name}",
    )


def previous(request: Request) -> tuple[Reply, ...]:
    """`back to the previous version`."""
    return about(
        request,
        set_named(request, certain=True),
        act=_previous,
        again=lambda name: f"back to the previous version for {name}",
    )


def _overview(request: Request, set_id: str) -> tuple[Reply, ...]:
    draft, zone = draft_of(request, set_id), request.who().person.zone
    return (statement_views.versions(request.desk.program, draft, zone=zone),)


def _back(request: Request, set_id: str, *, number: int) -> tuple[Reply, ...]:
    known = draft_of(request, set_id).versions
    return changed(
        request,
        set_id,
        operation=lambda _: statement.brought_back(known, number),
        done=f"The text is that of version {number} again",
    )


def _previous(request: Request, set_id: str) -> tuple[Reply, ...]:
    known = draft_of(request, set_id).versions
    *_, before = known[:-1] or (None,)
    if before is None:
        raise NotFound("There is no version before this one; nothing was changed.")
    return _back(request, set_id, number=before.number)
