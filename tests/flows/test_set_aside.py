"""Mails that nobody can answer but the staff: they are told."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.messages import Address
from bot.domain.rights import Role
from bot.usecases.note_set_aside import MOST, MOST_OF_STRANGERS
from channels.markup import plain_text
from handlers.window import DeskWindow
from tests.cast import ADA, SAL
from tests.desk import House

ROOM = Address(channel="email", value="staff@example.org")


def test_staff_are_told_once_of_a_mail_that_was_set_aside(home: House) -> None:
    sal = home.appoint(*SAL, Role.STAFF)
    window = DeskWindow(home.desk, home.transaction)

    for _ in range(2):
        window.set_aside("k1", sender="eve@example.org", why="nested too deep")
    home.drain()

    (told,) = home.heard(sal.email)
    assert "nested too deep" in told
    assert "eve@example.org" in told
    assert "folder Failed" in told


def test_the_staff_s_room_is_told_in_their_stead(home: House) -> None:
    sal = home.appoint(*SAL, Role.STAFF)
    window = DeskWindow(home.desk, home.transaction, rooms=(ROOM,))

    window.set_aside("k1", sender="", why="nested too deep")
    home.drain()

    assert home.heard(sal.email) == []
    (told,) = home.mail.sent
    assert told.to == ROOM
    assert "It names no sender" in plain_text(told.reply)


def test_whoever_sends_many_of_them_does_not_flood_the_staff(home: House) -> None:
    window = DeskWindow(home.desk, home.transaction, rooms=(ROOM,))
    for number in range(MOST_OF_STRANGERS + 5):
        window.set_aside(f"k{number}", sender=f"{number}@eve.example", why="too large", proved=True)
    home.drain()
    assert len(home.mail.sent) == MOST_OF_STRANGERS + 1
    assert "more mails than I tell you of" in plain_text(home.mail.sent[-1].reply)

    home.clock.forward(timedelta(hours=1))
    window.set_aside("later", sender="", why="too large")
    home.drain()
    assert len(home.mail.sent) == MOST_OF_STRANGERS + 2


def test_whoever_sends_many_of_them_hides_nothing_of_somebody_known(home: House) -> None:
    window = DeskWindow(home.desk, home.transaction, rooms=(ROOM,))
    for number in range(MOST + 5):
        window.set_aside(f"k{number}", sender=ADA.email, why="too large")

    window.set_aside("real", sender=ADA.email, why="not answered: a list", proved=True)
    home.drain()

    assert "not answered: a list" in plain_text(home.mail.sent[-1].reply)


def test_somebody_known_who_sends_very_many_is_told_of_in_one_line(home: House) -> None:
    window = DeskWindow(home.desk, home.transaction, rooms=(ROOM,))
    for number in range(MOST + 5):
        window.set_aside(f"k{number}", sender=ADA.email, why="too large", proved=True)
    home.drain()

    assert len(home.mail.sent) == MOST + 1
    assert "more mails than I tell you of" in plain_text(home.mail.sent[-1].reply)
