"""Calls of Slack's Web API, each failure as one `CallFailed`."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping

from aiohttp import (
    ClientSession,
    ClientTimeout,
    ClientWebSocketResponse,
    ClientWSTimeout,
    TCPConnector,
)
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from channels.slack.access import SlackAccess
from channels.slack.faults import CallFailed, translated

TIMEOUT = ClientTimeout(total=30, connect=10)
HEARTBEAT = 20.0  # seconds: a socket that does not answer a ping that long is dead
CLOSING = 3.0  # seconds that Slack has to say goodbye
LARGEST_FRAME = 4 * 1024 * 1024  # bytes
FORMS = ("files.", "conversations.info")  # methods that take no JSON
Note = Callable[[str, CallFailed | None], None]


def silent() -> logging.Logger:
    """A logger for Slack's libraries that writes nothing: theirs write whole messages and URLs.

    It stands outside the tree of loggers, so no setting of anybody's makes it speak.
    """
    logger = logging.Logger("slack-is-silent", level=logging.CRITICAL + 1)
    logger.disabled = True
    return logger


class Calls:
    """One connection pool to Slack, opened when it is first used. Belongs to one event loop.

    `note` hears of every call: the method, and how it failed or None. Raises `ConfigurationError`
    when the access names certificates that cannot be used.
    """

    def __init__(self, access: SlackAccess, *, note: Note = lambda _method, _failure: None) -> None:
        self._access = access
        self._certificates = access.certificates()
        self._note = note
        self._client: AsyncWebClient | None = None
        self._session: ClientSession | None = None

    async def call(self, method: str, *, token: str = "", **fields: object) -> AsyncSlackResponse:
        """Slack's answer; raises `CallFailed` and nothing else.

        Nothing is tried twice here: whoever calls knows whether that is wise.
        """
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        as_form = method.startswith(FORMS)
        try:
            answer = await self._ready().api_call(
                method,
                json=None if as_form else dict(fields),
                data=_form(fields) if as_form else None,
                headers=headers,
            )
        except Exception as error:
            # Without the cause: its text holds Slack's whole answer.
            room = str(fields.get("channel") or fields.get("channel_id") or "")
            raise self._failed(translated(method, error, room=room)) from None
        self._note(method, None)
        return answer

    async def socket(self, url: str) -> ClientWebSocketResponse:
        """A websocket; raises `CallFailed` and nothing else."""
        try:
            socket = await self.session().ws_connect(
                url,
                heartbeat=HEARTBEAT,
                max_msg_size=LARGEST_FRAME,
                timeout=ClientWSTimeout(ws_close=CLOSING),
            )
        except Exception as error:
            raise self._failed(translated("socket", error)) from None  # the URL holds a ticket
        self._note("socket", None)
        return socket

    def session(self) -> ClientSession:
        """The pool, for what is no method of the Web API."""
        if self._session is None or self._session.closed:
            # Proxies are obeyed as the environment sets them, and so is NO_PROXY.
            connector = TCPConnector(ssl=self._certificates)
            self._session = ClientSession(connector=connector, timeout=TIMEOUT, trust_env=True)
            self._client = None
        return self._session

    async def close(self) -> None:
        """Lets go of connections; harmless twice."""
        if self._session is not None:
            await self._session.close()
        self._session = self._client = None

    def _ready(self) -> AsyncWebClient:
        session = self.session()
        if self._client is None:
            self._client = AsyncWebClient(
                token=self._access.bot_token,
                base_url=self._access.api_url,
                session=session,
                logger=silent(),
                retry_handlers=[],
            )
            self._client.proxy = None  # the session knows of proxies, and of exceptions to them
        return self._client

    def _failed(self, failure: CallFailed) -> CallFailed:
        self._note(failure.method, failure)
        return failure


def _form(fields: Mapping[str, object]) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in fields.items()
    }
