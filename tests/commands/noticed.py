"""A small program that says things by the clock, and people to whom it says them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from bot.app import utc_now
from bot.domain.notices.wishes import Cadence, Wishes
from tests.commands.served import store
from tests.commands.shell import Shell
from tests.unit.bakery import bakery

NOTICES = """\
at: "09:00"
quiet: {begins: "21:00", ends: "08:00"}
weekday: mon
office: {time_zone: UTC, days: [mon, tue, wed, thu, fri], at: "09:00", holidays: []}
kinds:
  - id: expiry
    title: the end of your subscription
    moment: subscription-ends
    mandatory: true
    leads:
      - {days: -30, keeps: 20, text: "Your subscription ends {when}, on {date}."}
      - {days: -7, keeps: 6, text: "Only a week is left: your subscription ends on {date}."}
      - {days: 1, keeps: 9, text: "Your subscription ended on {date}."}
  - id: tidy
    title: tidying up
    moment: subscription-ends
    waits: true
    leads:
      - {days: -20, keeps: 9, text: "Tidy up your log before {date}."}
  - id: copy
    title: a copy of your log
    moment: subscription-ends
    waits: true
    leads:
      - {days: -20, keeps: 9, text: "Keep a copy of your log before {date}."}
"""
MAILS = {
    "CARREL_SMTP_URL": "smtp://mail.example.org",
    "CARREL_MAIL_ADDRESS": "carrel@example.org",
}
ADA, ADA_LIVES = "ada@example.org", "America/Chicago"


def ending(days: int) -> date:
    """A day so many days from now."""
    return utc_now().date() + timedelta(days=days)


def bakers(folder: Path) -> Path:
    """The program's pack."""
    pack = folder / "bakers"
    bakery(pack)
    (pack / "notices.yaml").write_text(NOTICES, encoding="utf-8")
    return pack


def enrolled(shell: Shell, ends: date, email: str = ADA, *, name: str = "Ada", zone: str) -> None:
    """Somebody whose subscription ends then."""
    with store(shell.data).uow() as uow:
        person = uow.people.add(name, email=email, time_zone=zone)
        uow.people.enrol(
            person,
            enrolled_on=ends - timedelta(days=700),
            subscription_ends=ends,
            electives=(),
        )
        uow.commit()


def wishing_daily(shell: Shell, email: str = ADA) -> None:
    """They want one message a day of all that can wait."""
    with store(shell.data).uow() as uow:
        person = uow.people.find(email)
        assert person is not None
        uow.wishes.put(person, Wishes(cadence=Cadence.DAILY))
        uow.commit()
