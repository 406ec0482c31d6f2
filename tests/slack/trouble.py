"""Trouble between the app and Slack, as a test asks for it."""

from __future__ import annotations

from tests.loopback import Loopback
from tests.slack.faults import Fault
from tests.slack.socket_mode import SocketMode
from tests.slack.workspace import Workspace


class Trouble(Loopback[Fault]):
    """What can go wrong at Slack alone."""

    workspace: Workspace
    _socket: SocketMode

    def refuse_tokens(self, error: str = "invalid_auth") -> None:
        """Every call is answered with the error, until `refuse_tokens("")`."""
        self._soon(lambda: setattr(self.workspace, "refuses", error))

    def go_down(self) -> None:
        """The network is gone: connections break, and new ones are refused."""
        self._socket.refuses = True
        super().go_down()

    def come_up(self) -> None:
        """The network is back."""
        super().come_up()
        self._socket.refuses = False

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tells the app to connect anew (`warning`, `refresh_requested`, `link_disabled`)."""
        self._do(self._socket.disconnect(reason))

    def expire_triggers(self) -> None:
        """The three seconds in which a trigger opens a view are over."""
        triggers = self.workspace.triggers
        self._soon(lambda: triggers.update(dict.fromkeys(triggers, "")))

    def _cut(self) -> None:
        self._socket.cut()
