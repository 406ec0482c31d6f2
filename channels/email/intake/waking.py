"""A client that can be woken while it waits for news."""

from __future__ import annotations

import select
import socket
import ssl

from imapclient import IMAPClient, SocketTimeout


class WakingClient(IMAPClient):  # type: ignore[misc]  # the library ships no types
    """Waits for the server and for `wake`, which may be called from any thread.

    `idle_check` looks at what came along with the answer to IDLE too: the library has read it from
    the socket already, which therefore never tells of it.
    """

    def __init__(
        self, host: str, port: int, *, trusted: ssl.SSLContext | None, timeout: SocketTimeout
    ) -> None:
        self._inside, self._outside = socket.socketpair()
        self._inside.setblocking(False)
        self._outside.setblocking(False)
        self._is_read = False
        self._count: bytes | None = None
        try:
            super().__init__(
                host, port, ssl=trusted is not None, ssl_context=trusted, timeout=timeout
            )
        except BaseException:
            self.release()
            raise

    def wake(self) -> None:
        """Ends the waiting, also one that has not begun."""
        try:
            self._outside.send(b"!")
        except OSError:  # it was woken often enough, or is gone
            return

    def release(self) -> None:
        """Lets go of what wakes it; harmless twice."""
        self._inside.close()
        self._outside.close()

    def news(self) -> bool:
        """Whether the server told of mail since this was asked last, along with other answers.

        It never tells the same again, so not in an answer to IDLE either.
        """
        count = self._imap.response("EXISTS")[1][-1]
        had, self._count = self._count, count or self._count
        return self._count != had

    def idle(self) -> None:
        """Asks the server for news."""
        self._is_read = False
        super().idle()

    def sleep(self, seconds: float) -> None:
        """Waits without asking for news."""
        self._polled([self._inside], seconds)

    def _poll_socket(self, sock: socket.socket, timeout: float | None = None) -> object:
        """What the library waits by: something true means that it is to read what there is."""
        if not self._is_read:
            self._is_read = True
            return True
        return self._polled([sock, self._inside], timeout)

    def _polled(self, sockets: list[socket.socket], seconds: float | None) -> object:
        poller = select.poll()
        for one in sockets:
            poller.register(one.fileno(), select.POLLIN)
        return poller.poll(None if seconds is None else seconds * 1000)
