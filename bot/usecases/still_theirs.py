"""Whether what happened is still for whoever waits to be told of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.messages import OutboundMessage
from bot.domain.notices.manner import told_as
from bot.domain.notices.situation import Gathered, Situation
from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.rights import Role
from bot.ports import UnitOfWork
from bot.usecases.identify import named

OF_SHARE = "share:"  # begins the key of what is told because of a share, before its number
NO_OFFICE = "its person has not the role any more that it is for"
ENDED = "what it tells of is not shared with its person any more"


def sifted(uow: UnitOfWork, program: Program, situation: Situation, *, now: datetime) -> Situation:
    """Without what of all that waits for a digest is not theirs to hear any more."""
    gone = gone_of(uow, program, situation.person, situation.gathered, now=now)
    if not gone:
        return situation
    left = tuple(one for one in situation.gathered if one.key not in gone)
    return replace(situation, gathered=left, gone=gone)


def gone_of(
    uow: UnitOfWork, program: Program, person: Person, news: Iterable[Gathered], *, now: datetime
) -> Mapping[str, str]:
    """What of the news is not theirs to hear any more, by key with the reason."""
    roles: frozenset[Role] | None = None
    found: dict[str, str] = {}
    for one in news:
        wanted = told_as(program, one.kind).roles
        if wanted and roles is None:
            roles = uow.roles.of(person)
        if why := _why(uow, person, one.key, lacks=_lacks(wanted, roles or ()), now=now):
            found[one.key] = why
    return found


def why_gone(uow: UnitOfWork, message: OutboundMessage, *, now: datetime) -> str:
    """Why a message is not for its person any more; empty where it is for them."""
    if not message.for_roles and not message.key.startswith(OF_SHARE):
        return ""
    person = uow.people.get(message.whose) if message.whose else named(uow, message.to)
    if person is None:
        return NO_OFFICE if message.for_roles else ""
    roles = uow.roles.of(person) if message.for_roles else ()
    return _why(uow, person, message.key, lacks=_lacks(message.for_roles, roles), now=now)


def _lacks(wanted: Collection[Role], roles: Collection[Role]) -> bool:
    return bool(wanted) and not set(wanted) & set(roles)


def _why(uow: UnitOfWork, person: Person, key: str, *, lacks: bool, now: datetime) -> str:
    if lacks:
        return NO_OFFICE
    if key.startswith(OF_SHARE) and not _shared(uow, person, key, now=now):
        return ENDED
    return ""


def _shared(uow: UnitOfWork, person: Person, key: str, *, now: datetime) -> bool:
    """Whether they see it still; its owner does always, a mentor by a later share as well."""
    number, _, rest = key.removeprefix(OF_SHARE).partition(":")
    share = uow.shares.get(int(number))
    if share is None:
        return False
    if person.id != share.mentor_id or share.active(now):
        return True
    others = (one for one in uow.shares.with_(person) if one.owner_id == share.owner_id)
    return ":" in rest and any(one.active(now) and one.covers(share.set_id) for one in others)
