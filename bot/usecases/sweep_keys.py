"""Keys of messages that a sweep puts into the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from bot.ports import UnitOfWork
from bot.usecases.compose_notices import Look


def keyed(uow: UnitOfWork, looks: Sequence[Look]) -> Sequence[Look]:
    """With a key of its own for what is said anew: a message of that key was put aside unsent."""
    names = {message.key: message.key for each in looks for message in each.messages}
    taken = uow.outbox.known(names) if names else frozenset()
    for time in count(2):
        if not taken:
            break
        names.update({key: f"{key}~{time}" for key, name in names.items() if name in taken})
        taken = uow.outbox.known(names.values())
    return [each.renamed(names) if each.messages else each for each in looks]
