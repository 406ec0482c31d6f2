"""A mail was set aside: staff are told, though not of every one when there are very many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.messages import ON_RECORD, Address
from bot.domain.notices.happenings import SET_ASIDE
from bot.domain.notices.manner import told_as
from bot.domain.pacing import WITHIN, Answer
from bot.domain.program import Program
from bot.phrases import mails
from bot.ports import UnitOfWork
from bot.usecases.alert_staff import alert_staff
from bot.usecases.identify import named

# Which staff are told of one by one within an hour. Anybody can send what has to be set aside, so
# what strangers send takes nothing of what is for the people whom Carrel knows.
MOST, MOST_OF_STRANGERS = 20, 3
_WHOSE = {True: "set aside", False: "set aside of strangers"}  # no address is called so
_MORE = "more"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A mail with its own key, the address that it names, if any, and why it was set aside.

    `proved` means that it surely comes from there.
    """

    key: str
    sender: str
    why: str
    proved: bool = False


def note_set_aside(
    uow: UnitOfWork,
    program: Program,
    mail: SetAside,
    *,
    rooms: Sequence[Address] = (),
    now: datetime,
) -> None:
    """Tells staff, once for each key; beyond the most of an hour only that there are more."""
    known = mail.proved and named(uow, Address(channel=ON_RECORD, value=mail.sender)) is not None
    whose, most = _WHOSE[known], MOST if known else MOST_OF_STRANGERS
    told, key = mails.set_aside(mail.sender, mail.why), f"set-aside:{mail.key}"
    if len(uow.answers.given(whose, since=now - WITHIN)) >= most:
        whose = f"{whose}, {_MORE}"
        if uow.answers.given(whose, since=now - WITHIN):
            return
        told, key = mails.more_set_aside(), f"{whose}:{now.isoformat()}"
    if alert_staff(uow, rooms, told, key=key, now=now, how=told_as(program, SET_ASIDE)):
        uow.answers.note(whose, Answer(at=now, proved=True))
