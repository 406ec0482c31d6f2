"""A learning statement as paragraphs, in versions that are never lost."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.limits import LONGEST_STATEMENT
from bot.domain.phases import Phase
from bot.domain.portfolio import Evidence
from bot.domain.program import CompetencySet
from bot.domain.rules import Route
from bot.errors import Refused

MOST_PARAGRAPHS = 200
_EMPTY_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_BREAKS = str.maketrans(
    {
        "\r": "\n",
        "\v": "\n",
        "\f": "\n\n",
        "\x85": "\n",
        "\u2028": "\n",
        "\u2029": "\n\n",
        "\t": " ",
    }
)

Paragraphs = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """Who is writing the statement of which set in a conversation."""

    person_id: int
    set_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementVersion:
    """One version of a candidate's statement for one set; numbers count from 1."""

    person_id: int
    set_id: str
    number: int
    paragraphs: tuple[str, ...]
    at: datetime

    @property
    def text(self) -> str:
        """The paragraphs, an empty line between them."""
        return "\n\n".join(self.paragraphs)

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def file_bytes(self) -> bytes:
        """The text as a file: UTF-8, with a line end at its end."""
        return f"{self.text}\n".encode()

    @property
    def sha256(self) -> str:
        """The hex name of that file's bytes, by which it is known again among what is filed."""
        return hashlib.sha256(self.file_bytes).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A set's statement as it stands: every version, and the files filed in its section.

    `asked` tells whether sets need a statement on this one's route.
    """

    set: CompetencySet
    route: Route
    asked: bool
    phase: Phase
    versions: tuple[StatementVersion, ...]
    filed: tuple[Evidence, ...]

    @property
    def now(self) -> StatementVersion | None:
        """The newest version; None while nothing was written."""
        return self.versions[-1] if self.versions else None

    @property
    def needed(self) -> bool:
        """Whether the set still wants a statement."""
        return self.asked and not self.achieved

    @property
    def achieved(self) -> bool:
        """Whether the set is achieved, so that nothing is wanted any more."""
        return self.phase is Phase.ACHIEVED

    def written_in(self, number: str) -> Paragraphs | None:
        """The paragraphs of the version with that number (0: nothing yet); None without one."""
        if number == "0":
            return ()
        return next((v.paragraphs for v in self.versions if str(v.number) == number), None)

    def version_in(self, evidence: Evidence) -> StatementVersion | None:
        """The version that the file holds; None for a file that was sent.

        Versions may have the same text: then it is the newest if that has it, or else the first.
        """
        same = [v for v in self.versions if v.sha256 == evidence.sha256]
        return self.now if self.now in same else next(iter(same), None)


def paragraphs_of(text: str) -> Paragraphs:
    """The paragraphs of a text, parted by its empty lines; `Refused` when there are none.

    Line ends of every kind are made one, and control characters are taken out.
    """
    lines = text.replace("\r\n", "\n").translate(_BREAKS)
    plain = "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})
    found = tuple(part.strip() for part in _EMPTY_LINES.split(plain) if _visible(part))
    if not found:
        raise Refused(
            "There is no text in that, so nothing was kept. Say: add: YOUR TEXT.", heads="add: "
        )
    return found


def new_since(before: Paragraphs, now: Paragraphs) -> Paragraphs:
    """The paragraphs that are there now and were not before, in their order."""
    known, new = Counter(before), []
    for paragraph in now:
        if known[paragraph]:
            known[paragraph] -= 1
        else:
            new.append(paragraph)
    return tuple(new)


def added(paragraphs: Paragraphs, text: str) -> Paragraphs:
    """The text's paragraphs behind those there are."""
    return _fitting((*paragraphs, *paragraphs_of(text)))


def whole(text: str) -> Paragraphs:
    """The text's paragraphs in place of all there are."""
    return _fitting(paragraphs_of(text))


def replaced(paragraphs: Paragraphs, number: int, text: str) -> Paragraphs:
    """The text's paragraphs in place of that one; numbers count from 1."""
    _check(paragraphs, number)
    return _fitting((*paragraphs[: number - 1], *paragraphs_of(text), *paragraphs[number:]))


def cut(paragraphs: Paragraphs, number: int) -> Paragraphs:
    """All paragraphs but that one; those behind it move up."""
    _check(paragraphs, number)
    return (*paragraphs[: number - 1], *paragraphs[number:])


def brought_back(versions: Sequence[StatementVersion], number: int) -> Paragraphs:
    """Exactly the paragraphs of that version; `Refused` when there is none of that number."""
    found = next((v for v in versions if v.number == number), None)
    if found is None:
        there = f"the newest is {versions[-1].number}" if versions else "nothing was written yet"
        raise Refused(f"There is no version {number}: {there}. Say: versions, to see them.")
    return found.paragraphs


def _check(paragraphs: Paragraphs, number: int) -> None:
    if not 1 <= number <= len(paragraphs):
        there = f"{len(paragraphs)} paragraph{'' if len(paragraphs) == 1 else 's'}"
        raise Refused(
            f"There is no paragraph {number}: the statement has {there}. Nothing was changed. "
            "Say: show statement, to see their numbers."
        )


def _fitting(paragraphs: Paragraphs) -> Paragraphs:
    length = sum(map(len, paragraphs))
    if length > LONGEST_STATEMENT:
        raise Refused(
            f"That would make {length:,} characters, and a statement written here has at most "
            f"{LONGEST_STATEMENT:,}. Nothing was changed. Send a longer one as a file."
        )
    if len(paragraphs) > MOST_PARAGRAPHS:
        raise Refused(
            f"That would make {len(paragraphs)} paragraphs, and a statement has at most "
            f"{MOST_PARAGRAPHS}. Nothing was changed. Put short ones together (replace 2: TEXT), "
            "cut some (cut paragraph 2), or send the statement as a file."
        )
    return paragraphs


def _visible(text: str) -> bool:
    """Whether there is anything to see, not just blanks and marks without a shape."""
    return any(unicodedata.category(c)[0] not in "CZ" for c in text)
