"""A database that fails for a while is nobody's fault: nobody is put off for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.errors import StorageFailed
from tests.cast import ADA
from tests.desk import House


def test_what_is_due_is_told_at_the_next_minute(home: House) -> None:
    home.sweep()
    home.say(ADA.email, "remind me in 10 minutes to join the hearing")
    home.say(ADA.email, "yes")
    home.sweep()
    home.clock.forward(timedelta(minutes=11))

    def locked(*given: Any) -> None:
        if "INSERT INTO outbox" in given[2]:
            raise StorageFailed("The database is locked.")

    event.listen(home.database.engine, "before_cursor_execute", locked)
    try:
        with pytest.raises(StorageFailed):
            home.sweep()
    finally:
        event.remove(home.database.engine, "before_cursor_execute", locked)
    home.clock.forward(timedelta(minutes=1))
    home.sweep()

    assert "join the hearing" in home.heard(ADA.email)[-1]
