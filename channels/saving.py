"""What a vendor sends -> a file, never in memory as a whole."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable
from pathlib import Path

from bot.errors import Unfetched

CHUNK = 64 * 1024  # bytes: as much as is asked for at a time
SECONDS = 100.0  # for one file: less than a usual lease, after which another worker would begin


async def saved(chunks: AsyncIterable[bytes], path: Path, *, largest: int, beyond: str) -> int:
    """How many bytes it has; raises `Unfetched` with the words `beyond` when more are coming."""
    size = 0
    with await asyncio.to_thread(path.open, "wb") as file:
        async for chunk in chunks:
            size += len(chunk)
            if size > largest:
                raise Unfetched(beyond, again=False)
            await asyncio.to_thread(file.write, chunk)
    return size
