"""A transcript played again: people speak their lines, Carrel answers anew.

A transcript is the text of a conversation:

    # what it shows
    Ada> [notes.txt] for TECH-8      (files in brackets, then words)
    Bot> Filed notes.txt ...
    -- 31 minutes later

    -- Rev is reviewer            (somebody with a role comes in)

Lines of people and remarks are the script; Carrel's lines are what the test compares. What somebody
else than the speaker is told stands after `Bot to Rev> `, and what is mailed to an address on
record after `Bot by mail to Ada> `. A code that Carrel makes at random is written as `CODE-1`,
`CODE-2`, both when it is told and when it is sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from bot.domain.rights import Role
from channels.markup import plain_text
from tests.cast import ADA, ADE, BEA, MIA, REV, ROB, SAL
from tests.desk import House
from tests.flows.props import prop

WIDTH = 92
BOT = "Bot> "
INDENT = " " * len(BOT)
_LINE = re.compile(r"(?P<who>[A-Z]\w*)> (?P<said>.+)")
_FILE = re.compile(r"\[(?P<name>[^\]]+)\]\s*")
_LATER = re.compile(r"-- (?P<count>\d+) (?P<unit>minutes|hours|days) later")
_ROLE = re.compile(r"-- (?P<who>[A-Z]\w*) is (?P<role>[a-z]+)")
_CODE = re.compile(r"(?<=link )[A-Z2-9]{4}-[A-Z2-9]{4}|(?<=R-)[A-Z2-9]{4}-[A-Z2-9]{4}")
_OTHERS = re.compile(r"Bot (?:by mail )?to \w+> ")
_PEOPLE = (REV, ROB, SAL, ADE, MIA)
_HOMES = {"Ada": ADA.email, "Bea": BEA.email}


class Stage:
    """Plays a transcript in a house and writes down what was said."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._codes: dict[str, str] = {}

    def play(self, script: str) -> str:
        """The transcript as it is now."""
        heard = (self._perform(line) for line in script.splitlines() if _is_script(line))
        return "\n".join(text for text in heard if text) + "\n"

    def _perform(self, line: str) -> str:
        if later := _LATER.fullmatch(line):
            self._house.clock.forward(timedelta(**{later["unit"]: int(later["count"])}))
            return f"\n{line}"
        if comes := _ROLE.fullmatch(line):
            self._appoint(comes["who"], comes["role"])
            return f"\n{line}"
        if spoken := _LINE.fullmatch(line):
            return f"\n{line}\n{self._answer(spoken['who'], spoken['said'])}".rstrip("\n")
        if not line.startswith("#"):
            raise ValueError(f"{line!r} is no line of a transcript: see tests/flows/stage.py")
        return line

    def _answer(self, who: str, said: str) -> str:
        address = _HOMES.get(who, f"{who.lower()}@example.org")
        names = [found["name"] for found in _FILE.finditer(said)]
        props = (prop(name, self._folder()) for name in names)
        words = self._with_codes(_FILE.sub("", said))
        mails = len(self._house.mail.sent)
        answers = self._house.converse(address, words, *props, width=WIDTH)
        own = (self._written(text, BOT) for to, text in answers if to == address)
        others = (
            f"\n{self._written(text, f'Bot to {_name(to)}> ')}"
            for to, text in answers
            if to != address
        )
        return "\n".join((*own, *others, *self._mailed(mails)))

    def _mailed(self, before: int) -> Iterator[str]:
        """What was mailed since, to addresses on record."""
        for mail in self._house.mail.sent[before:]:
            text = plain_text(mail.reply, width=WIDTH)
            yield f"\n{self._written(text, f'Bot by mail to {_name(mail.to.value)}> ')}"

    def _appoint(self, who: str, role: str) -> None:
        """Makes the person known; `mentor` is no role to be granted: they are merely there."""
        name, email = next(person for person in _PEOPLE if person[0].startswith(who))
        roles = () if role == "mentor" else (Role(role),)
        self._house.appoint(name, email, *roles)

    def _folder(self) -> Path:
        folder = self._house.folder / "props"
        folder.mkdir(exist_ok=True)
        return folder

    def _with_codes(self, said: str) -> str:
        for code, name in reversed(self._codes.items()):  # CODE-12 before CODE-1
            said = said.replace(name, code)
        return said

    def _written(self, told: str, speaker: str) -> str:
        text = _CODE.sub(self._named, told)
        lines = [INDENT + line if line else "" for line in text.splitlines()]
        return speaker + "\n".join(lines).removeprefix(INDENT)

    def _named(self, code: re.Match[str]) -> str:
        return self._codes.setdefault(code[0], f"CODE-{len(self._codes) + 1}")


def _name(address: str) -> str:
    return address.partition("@")[0].capitalize()


def _is_script(line: str) -> bool:
    """Whether the line is a person's or a remark, and not Carrel's own."""
    return bool(line) and not line.startswith((BOT, INDENT)) and not _OTHERS.match(line)
