"""A vendor on loopback, as far as all of them are alike."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from aiohttp import web

from tests.faults import Fault, Faults
from tests.line import Line
from tests.watch import Watch

T = TypeVar("T")
F = TypeVar("F", bound=Fault)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call and its answer; files are told by name. Seconds of a clock that only goes on."""

    method: str
    params: dict[str, Any]
    answer: dict[str, Any]
    status: int
    begun: float
    at: float

    @property
    def ok(self) -> bool:
        """Whether the vendor did it and said so."""
        return bool(self.answer.get("ok"))


class Loopback(Watch, Generic[F]):
    """Runs in a thread of its own, so tests with and without an event loop can use it.

    Wait for what comes of something with `wait`, or `await until` in a test that has an event loop.
    `calls` are the calls of the vendor's API.
    """

    def __init__(self, name: str, fault: type[F]) -> None:
        super().__init__(self._last)
        self.calls: list[Call] = []
        self.down = False
        self.hits = 0  # requests of any kind
        self._fault = fault
        self._faults: Faults[F] = Faults()
        self._line = Line(name)
        self._runner: web.AppRunner | None = None

    # --- its life

    def start(self) -> Self:
        """Listens on a free port of loopback."""
        self._do(self._listen())
        return self

    def stop(self) -> None:
        """Ends every connection, and the thread."""
        self._do(self._end())
        self._line.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    async def __aenter__(self) -> Self:
        return self.start()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await asyncio.to_thread(self.stop)

    # --- what was asked of it

    def called(self, method: str, **params: object) -> list[Call]:
        """The calls of a method that had these parameters."""
        return [
            call
            for call in list(self.calls)
            if call.method == method and params.items() <= call.params.items()
        ]

    # --- trouble

    def fail(self, method: str, **how: Any) -> None:
        """Lets the next calls of a method fail, see the vendor's `Fault` for how; `*` is any."""
        fault = self._fault(method=method, **how)
        self._soon(lambda: self._faults.planned.append(fault))

    def mend(self) -> None:
        """Takes back every fault that was asked for."""
        self._soon(self._faults.planned.clear)

    @contextmanager
    def holding(self, method: str) -> Iterator[None]:
        """Calls of the method get no answer before the block is left."""
        self._soon(lambda: self._faults.hold(method))
        try:
            yield
        finally:
            self._soon(lambda: self._faults.let_go(method))

    def go_down(self) -> None:
        """The network is gone: connections break, and new ones too."""
        self.down = True
        self.cut()

    def come_up(self) -> None:
        """The network is back."""
        self.down = False

    def cut(self) -> None:
        """Breaks every connection on which something is waited for."""
        self._soon(self._cut)

    # --- inside

    def _routes(self, app: web.Application) -> None:
        raise NotImplementedError

    def _found_at(self, url: str) -> None:
        raise NotImplementedError

    def _cut(self) -> None:
        raise NotImplementedError

    async def _closed(self) -> None:
        raise NotImplementedError

    def _last(self) -> str:
        told = ((call.method, call.answer) for call in self.calls[-6:])
        why = [(name, all_.get("error") or all_.get("description", "ok")) for name, all_ in told]
        return f"last calls: {why}"

    def _called(self, call: Call) -> None:
        self.calls.append(call)
        self.changed()

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return self._line.do(work)

    def _soon(self, act: Callable[[], T]) -> T:
        async def acted() -> T:
            return act()

        return self._do(acted())

    async def _listen(self) -> None:
        app = web.Application(client_max_size=64 * 2**20, middlewares=[self._network])
        self._routes(app)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._found_at(f"http://127.0.0.1:{self._runner.addresses[0][1]}")

    async def _end(self) -> None:
        await self._closed()
        if self._runner:
            await self._runner.cleanup()

    @web.middleware
    async def _network(
        self, request: web.Request, handler: Callable[[web.Request], Any]
    ) -> web.StreamResponse:
        self.hits += 1
        if self.down or request.transport is None:
            if request.transport:
                request.transport.abort()
            return web.Response()
        return await self._met(request, handler)

    async def _met(
        self, request: web.Request, handler: Callable[[web.Request], Any]
    ) -> web.StreamResponse:
        answer: web.StreamResponse = await handler(request)
        return answer
