"""Several processes ask for the private address of the same person at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from bot.ports import UnitOfWork
from bot.usecases.private_token import token_of
from tests.contract.examples import NOW, person


def test_whoever_asks_first_all_get_the_same_private_token(
    shared: Callable[[], UnitOfWork],
) -> None:
    with shared() as unit:
        ada = person(unit)
        unit.commit()
    together = threading.Barrier(4)

    def asked() -> str:
        unit = shared()
        together.wait()
        with unit:
            token = token_of(unit, ada, now=NOW)
            unit.commit()
        return token

    with ThreadPoolExecutor(4) as threads:
        tokens = {future.result() for future in [threads.submit(asked) for _ in range(4)]}

    with shared() as unit:
        assert tokens == {unit.private_tokens.of(ada)}
        made = list(unit.trail.entries(subject=f"person:{ada.id}"))
    assert [line.action for line in made] == ["token-made"]
