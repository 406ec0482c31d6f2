"""Remind the staff of what waits for them: on its card, or where there is no room each of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.messages import Address
from bot.domain.notices.happenings import STAFF_DIGEST
from bot.domain.notices.manner import told_as
from bot.domain.notices.notice import Notice
from bot.domain.overdue import reminding
from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.rights import STAFF
from bot.domain.staff_digest import slot_of
from bot.phrases.notices import said
from bot.ports import UnitOfWork
from bot.usecases.tell import places_for, tell_all


def remind_staff(
    uow: UnitOfWork,
    program: Program,
    rooms: Sequence[Address],
    notices: Sequence[Notice],
    *,
    now: datetime,
) -> None:
    """Has the card of each matter made anew.

    Without rooms the cards wait for the first one there is, and each of the staff is told in the
    manner of the kind, but for whose matter it is, and for those whom the digest of this very day
    tells it.
    """
    for card in dict.fromkeys(one.card for one in notices):
        uow.announcements.mark(card, at=now)
    if rooms or not notices:
        return
    holders = uow.roles.holders(STAFF)
    for notice in notices:
        owner = uow.people.get(notice.person_id)
        if owner:
            others = [person for person in holders if person.id != owner.id]
            people = _without_digest(uow, program, notice, others, now=now)
            how = told_as(program, notice.kind)
            reply = said(program, notice, owner, now=now)
            tell_all(uow, people, reply, key=notice.key, now=now, how=how)


def _without_digest(
    uow: UnitOfWork, program: Program, notice: Notice, people: list[Person], *, now: datetime
) -> list[Person]:
    """Those whom no digest of today tells that the submission is overdue; its days are whole."""
    kind = reminding(program)
    if kind is None or kind.id != notice.kind or slot_of(program.notices.office, now=now) is None:
        return people
    digest = told_as(program, STAFF_DIGEST)
    return [person for person in people if not places_for(uow, person, now=now, how=digest)]
