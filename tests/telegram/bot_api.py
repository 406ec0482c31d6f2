"""The Bot API at the wire: tokens, methods, answers, faults, and downloads."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from tests.faults import Faults
from tests.loopback import Call
from tests.telegram import looking, methods
from tests.telegram.faults import Fault
from tests.telegram.parameters import parameters
from tests.telegram.world import ApiError, File, Json, World

Run = Callable[[Json], Any | Awaitable[Any]]


class BotApi:
    """Answers calls; `more` are methods that need what only the server has."""

    def __init__(
        self,
        world: World,
        faults: Faults[Fault],
        *,
        more: Mapping[str, Run],
        called: Callable[[Call], None],
    ) -> None:
        self._world = world
        self._faults = faults
        self._methods = {**methods.METHODS, **looking.METHODS}
        self._more = {name.lower(): run for name, run in more.items()}
        self._names = {name.lower(): name for name in (*self._methods, *more)}
        self._called = called

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The answer to a call, after it was noted."""
        begun = time.monotonic()
        told = request.match_info["method"]
        name, given = self._names.get(told.lower(), told), {}
        try:
            self._permitted(request.match_info["token"])
            given = await parameters(request)
            await self._faults.wait(name)
            answer, lost = await self._answered(name, given)
        except ApiError as refusal:
            answer, lost = refusal.answer, False
        status = int(answer.get("error_code", 200))
        noted = {key: _noted(value) for key, value in given.items()}
        self._called(
            Call(
                method=name,
                params=noted,
                answer=answer,
                status=status,
                begun=begun,
                at=time.monotonic(),
            )
        )
        if lost and request.transport:
            request.transport.abort()
        return web.json_response(answer, status=status)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """A file that getFile told the path of."""
        try:
            self._permitted(request.match_info["token"])
            file = looking.served(self._world, request.match_info["path"])
        except ApiError as refusal:
            return web.json_response(refusal.answer, status=refusal.code)
        if file.served.isdigit():
            return web.Response(status=int(file.served), headers={"Retry-After": "3"})
        if file.served in {"cut", "stalls"}:
            return await _cut(request, file)
        return web.Response(body=file.data, content_type="application/octet-stream")

    async def _answered(self, name: str, given: Json) -> tuple[Json, bool]:
        """The answer, and whether it gets lost on its way."""
        fault = self._faults.take(name, given.get("chat_id"))
        if fault and fault.lost != "after":
            return fault.answer, bool(fault.lost)
        return {"ok": True, "result": await self._done(name, given)}, fault is not None

    async def _done(self, name: str, given: Json) -> Any:
        if own := self._more.get(name.lower()):
            found = own(given)
            return await found if inspect.isawaitable(found) else found
        if name not in self._methods:
            raise ApiError(404, "Not Found: method not found")
        return self._methods[name](self._world, given)

    def _permitted(self, token: str) -> None:
        if ":" not in token:
            raise ApiError(404, "Not Found")
        if token != self._world.token or self._world.revoked:
            raise ApiError(401, "Unauthorized")


async def _cut(request: web.Request, file: File) -> web.StreamResponse:
    """Half of it, then the connection breaks, or nothing more comes for a long time."""
    response = web.StreamResponse(headers={"Content-Length": str(len(file.data))})
    await response.prepare(request)
    await response.write(file.data[: len(file.data) // 2])
    if file.served == "stalls":
        await asyncio.sleep(60)
    if request.transport:
        request.transport.close()
    return response


def _noted(value: Any) -> Any:
    return value.name if isinstance(value, File) else value
