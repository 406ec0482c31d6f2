"""The servers, each started for one test: that takes less than a tenth of a second."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.mail.dovecot import Dovecot
from tests.mail.names import NameServer
from tests.mail.programs import short_folder


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    """A mailbox server with no mail; skipped where it is not installed, except in CI."""
    with short_folder() as folder, Dovecot(folder) as server:
        yield server


@pytest.fixture
def name_server() -> Iterator[NameServer]:
    """A name server that knows nothing yet."""
    with NameServer() as server:
        yield server
