"""Trouble between the bot and Telegram, as a test asks for it."""

from __future__ import annotations

from tests.loopback import Loopback
from tests.telegram.faults import Fault
from tests.telegram.world import World


class Trouble(Loopback[Fault]):
    """What can go wrong at Telegram alone."""

    world: World

    def refuse_token(self, *, refuse: bool = True) -> None:
        """Every call is answered with 401: the token was revoked; or it is good again."""
        self._soon(lambda: setattr(self.world, "revoked", refuse))

    def freeze(self, chat: int, id: int) -> None:
        """A message cannot be edited any more."""
        self._soon(lambda: self.world.frozen.add((chat, id)))

    def forget_presses(self) -> None:
        """It is too late to answer any press that was not answered yet."""
        self._soon(lambda: self.world.callbacks.update(dict.fromkeys(self.world.callbacks, True)))
