"""`carrel outbox`, `due` and `timeline`: what people remind themselves of is not shown."""

from __future__ import annotations

from datetime import timedelta

from bot.app import utc_now
from bot.domain.notices.reminder import Reminder
from tests.commands.served import store
from tests.commands.shell import Shell, results
