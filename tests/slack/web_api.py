"""The Web API at the wire: tokens, scopes, arguments in a form or as JSON, errors, 429."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from tests.faults import Faults
from tests.loopback import Call
from tests.slack import methods, uploads
from tests.slack.faults import Fault
from tests.slack.methods import Method
from tests.slack.workspace import Json, SlackError, Workspace

METHODS: Mapping[str, Method] = {**methods.METHODS, **uploads.METHODS}


def _unknown(_: Workspace, given: Mapping[str, Any]) -> Json:
    raise SlackError("unknown_method")


UNKNOWN = Method(run=_unknown)


class WebApi:
    """Answers calls; `more` are methods that need what only the server has."""

    def __init__(
        self,
        workspace: Workspace,
        faults: Faults[Fault],
        *,
        more: Mapping[str, Method],
        called: Callable[[Call], None],
    ) -> None:
        self._workspace = workspace
        self._faults = faults
        self._methods = {**METHODS, **more}
        self._called = called

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The answer to a call, after it was noted."""
        begun, name = time.monotonic(), request.match_info["method"]
        params = await _params(request)
        await self._faults.wait(name)
        channel = str(params.get("channel") or params.get("channel_id") or "")
        fault = self._faults.take(name, channel)
        broken = _broken(fault)
        answer = broken if broken is not None else self._done(name, params, request)
        status = (fault.status if fault else 0) or 200
        noted = {key: value for key, value in params.items() if key != "token"}
        at = time.monotonic()
        self._called(
            Call(method=name, params=noted, answer=answer, status=status, begun=begun, at=at)
        )
        if fault and fault.lost and request.transport:
            request.transport.abort()
        return web.json_response(answer, status=status, headers=self._headers(fault))

    def _done(self, name: str, params: Json, request: web.Request) -> Json:
        try:
            method = self._methods.get(name, UNKNOWN)
            self._permitted(method, _token(params, request))
            return {"ok": True, **method.run(self._workspace, params)}
        except SlackError as refusal:
            return refusal.answer

    def _permitted(self, method: Method, token: str) -> None:
        at = self._workspace
        if not token:
            raise SlackError("not_authed")
        if token not in (at.token, at.app_token):
            raise SlackError("invalid_auth")
        if at.refuses:
            raise SlackError(at.refuses)
        if (token == at.app_token) != method.app_level:
            raise SlackError("not_allowed_token_type")
        if method.scopes and not at.scopes & set(method.scopes):
            provided = ",".join(sorted(at.scopes))
            raise SlackError("missing_scope", needed=method.scopes[0], provided=provided)

    def _headers(self, fault: Fault | None) -> dict[str, str]:
        headers = {"x-oauth-scopes": ",".join(sorted(self._workspace.scopes))}
        if fault and fault.retry_after is not None:
            headers["Retry-After"] = f"{fault.retry_after:g}"
        return headers


def _broken(fault: Fault | None) -> Json | None:
    """What the fault answers; None when the method is done none the less."""
    if fault is None or fault.lost == "after":
        return None
    return {"ok": False, "error": fault.error or ("ratelimited" if fault.status == 429 else "")}


async def _params(request: web.Request) -> Json:
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        given |= await request.json()
    else:
        given |= dict(await request.post())
    return given


def _token(params: Mapping[str, Any], request: web.Request) -> str:
    bearer = request.headers.get("Authorization", "")
    return bearer.removeprefix("Bearer ") or str(params.get("token", ""))
