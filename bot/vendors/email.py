"""E-mail, as far as the composition knows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.app import Store, utc_now
from bot.settings import Settings
from bot.usecases.tell import ON_RECORD
from bot.vendors.vendor import Finding, Made, Makings, Setup, Vendor

if TYPE_CHECKING:
    from channels.email.access import SmtpAccess

LOOKED_AT = "mail server"


def _setup(settings: Settings) -> Setup:
    needed = {
        "CARREL_SMTP_URL": bool(settings.smtp_url.get_secret_value()),
        "CARREL_MAIL_ADDRESS": bool(settings.mail_address),
    }
    return Setup(
        name=ON_RECORD,
        touched=any(needed.values()),
        missing=tuple(name for name, given in needed.items() if not given),
        deaf=(),
        told=f"sends as {settings.mail_address}, and does not read",
    )


def _access(settings: Settings) -> SmtpAccess:
    from channels.email.access import parse

    return parse(settings.smtp_url.get_secret_value(), ca=settings.ca_file)


def _make(makings: Makings) -> Made:
    from channels.email.adapter import Email

    settings = makings.settings
    channel = Email(
        _access(settings),
        sender=settings.mail_address,
        files=makings.store.files,
        clock=utc_now,
        report=makings.report,
    )
    return Made(channel=channel)


def _look(settings: Settings, _: Store | None) -> Sequence[Finding]:
    from channels.email.check import check

    return [Finding(what=LOOKED_AT, ok=True, told=check(_access(settings)))]


EMAIL = Vendor(name=ON_RECORD, setup=_setup, make=_make, looked_at=LOOKED_AT, look=_look)
