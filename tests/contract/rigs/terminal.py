"""The terminal's adapter between lines that are typed and a screen."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from bot.domain.messages import Attachment, OutboundMessage
from bot.errors import Unfetched
from channels.console.adapter import Console, Intake, Saves
from tests.clock import SetClock
from tests.contract.rigs.rig import LARGEST, Deliver

_NO_VENDOR = "there is no vendor between the terminal and Carrel"
_NO_LIMIT = "a terminal takes text of any length and at any rate"


class TerminalRig:
    """Each line is handed over at once; a terminal has one person."""

    cannot: ClassVar[Mapping[str, str]] = {
        "test_own_and_other_programs_words_are_not_heard": _NO_VENDOR,
        "test_what_could_not_be_kept_is_not_acknowledged": _NO_VENDOR,
        "test_a_limit_is_told_with_the_time_the_vendor_names": _NO_LIMIT,
        "test_nobody_at_the_address_is_final": _NO_VENDOR,
        "test_the_answer_stands_in_the_thread": "a terminal has one thread",
        "test_a_newer_card_takes_the_place_of_the_older": "what is printed stays",
        "test_a_picked_choice_says_its_words": "a number is typed, which Carrel understands",
    }

    def __init__(self, folder: Path) -> None:
        self.name = "terminal"
        self._files: dict[str, bytes] = {}
        self._screen = io.StringIO()
        self._shown: list[int] = []
        self._typed = ""
        self._folder = folder
        self._deliver: Deliver | None = None
        self._clock = SetClock()
        self.channel = self._console("")

    async def listening(self, deliver: Deliver) -> None:
        """Nothing is typed yet."""
        self._deliver = deliver

    async def hush(self) -> None:
        """The end of input ends it."""

    async def say(self, text: str, *files: Path) -> object:
        """A line is typed."""
        self._typed += f"file '{files[0]}' {text}\n" if files else f"{text}\n"
        await self.again(None)
        return None

    async def again(self, said: object) -> None:
        """The same lines, from the first on."""
        assert said is None
        assert self._deliver is not None
        await self._console(self._typed).listen(self._deliver)

    async def other_bot_says(self, text: str) -> None:
        """Cannot be."""
        raise NotImplementedError(text)

    def acknowledged(self, said: object) -> bool:
        """What was typed was read."""
        return said is None

    async def bytes_of(self, attachment: Attachment, into: Path) -> bytes:
        """In the store already, under the folder's eyes."""
        if attachment.refusal:
            raise Unfetched(f"{attachment.refusal} ({into.name})", again=False)
        return self._files[attachment.sha256]

    def message(self, sent: OutboundMessage) -> OutboundMessage:
        """To the person at the terminal."""
        address = self.channel.address
        return replace(sent, to=address, conversation=str(address))

    def shown(self) -> list[str]:
        """What was printed."""
        return [self._screen.getvalue()] if self._screen.getvalue() else []

    async def pick(self, label: str) -> None:
        """Cannot be."""
        raise NotImplementedError(label)

    def trouble(self, kind: str) -> None:
        """The terminal is closed."""
        assert kind == "down"
        self._screen.close()

    async def close(self) -> None:
        """Nothing to let go of."""

    def _console(self, lines: str) -> Console:
        return Console(
            who="ada",
            lines=io.StringIO(lines),
            screen=self._screen,
            intake=Intake(put=self._put, largest=LARGEST),
            saves=Saves(folder=self._folder, get=lambda name: self._folder / name),
            clock=self._clock,
        )

    def _put(self, path: Path) -> str:
        name = f"{len(self._files)}"
        self._files[name] = path.read_bytes()
        return name
