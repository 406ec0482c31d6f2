"""`carrel serve` feeds calendars wherever its HTTP side runs."""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from tests.commands.served import PATIENCE, served
from tests.commands.shell import Shell
from tests.slack.server import SlackServer

pytestmark = pytest.mark.xdist_group("serve")


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    """A workspace."""
    with SlackServer() as server:
        yield server


def test_calendars_are_fed_beside_the_channels(shell: Shell, slack: SlackServer) -> None:
    with served(shell, slack, CARREL_HTTP="127.0.0.1:0") as process:
        connection = HTTPConnection(urlsplit(process.url).netloc, timeout=PATIENCE)
        connection.request("GET", "/calendar/0123.ics")
        answer = connection.getresponse()
        said = answer.read().decode()
        connection.close()
        told = next(line for line in process.told if line.startswith("http: "))
        assert process.stop() == 0

    assert "/calendar/..." in told
    assert answer.status == 404
    assert said.startswith("There is no such calendar.")
