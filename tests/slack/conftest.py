"""A Slack for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.slack.server import SlackServer


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    """An empty workspace with three members and a room, where the app is."""
    with SlackServer() as server:
        for person in ("U0ADA", "U0BEA", "U0SAL"):
            server.add_person(person)
        server.add_channel("C0ROOM", "U0ADA", "U0BEA", "U0SAL")
        yield server
