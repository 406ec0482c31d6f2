"""A mail was set aside: staff are told, though not of every one when there are very many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.messages import Address
from bot.domain.pacing import WITHIN, Answer
from bot.phrases import mails
from bot.ports import UnitOfWork
from bot.usecases.alert_staff import alert_staff

MOST = 10  # that staff are told of within an hour; anybody can send what has to be set aside
_WHOSE = "set aside"  # no address is called so


def note_set_aside(
    uow: UnitOfWork,
    key: str,
    *,
    sender: str,
    why: str,
    rooms: Sequence[Address] = (),
    now: datetime,
) -> None:
    """Tells staff, once for each key; beyond `MOST` in an hour the log alone tells."""
    if len(uow.answers.given(_WHOSE, since=now - WITHIN)) >= MOST:
        return
    told = mails.set_aside(sender, why)
    if alert_staff(uow, rooms, told, key=f"set-aside:{key}", now=now):
        uow.answers.note(_WHOSE, Answer(at=now, proved=True))
