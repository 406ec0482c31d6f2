"""What `carrel doctor` finds of channels."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.channel_state import ChannelState, State
from tests.commands.served import store
from tests.commands.shell import Shell, results

SINCE = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
Found = dict[str, tuple[bool, str]]


def findings(shell: Shell, **settings: str) -> Found:
    """What is found of channels, by what was looked at."""
    alone_found = {"program", "encoder", "text in pictures", "database", "public key", "e-mail"}
    of_store = {"trail", "files", "reviews", "roles", "time zones", "people", "wishes"}
    found = results(shell.run("doctor", "--json", **settings))
    return {
        one["what"]: (one["ok"], one["told"])
        for one in found
        if one["what"] not in alone_found | of_store
    }


def note(shell: Shell, state: State, told: str = "", *, channel: str = "slack") -> None:
    """What a serving process noted."""
    shell.run("doctor")
    with store(shell.data).uow() as uow:
        uow.channels.note(ChannelState(channel=channel, state=state, told=told, since=SINCE))
        uow.commit()
