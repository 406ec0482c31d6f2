"""What candidates and a stranger write to a spool: questions, commands, files, second thoughts."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests import samples, samples_archives, samples_binaries
from tests.cast import ADA, BEA, DOT

Build = Callable[[], bytes]
FILES: Mapping[str, Build] = {
    "resume.pdf": samples.pdf,
    "report.docx": samples.docx,
    "budget.xlsx": samples.xlsx,
    "letter.odt": samples.odt,
    "memo.rtf": samples.rtf,
    "page.html": samples.html,
    "notes.txt": samples.plain,
    "table.csv": samples.csv,
    "mail.eml": samples.eml,
    "proofs.zip": samples_archives.zip_archive,
    "program.exe": samples_binaries.exe,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message: who, in which conversation, the words, and the names of files."""

    who: str
    conversation: str
    text: str
    files: tuple[str, ...] = ()


# A line with `<` sends the files named after it. A record belongs to one conversation alone, so
# that what it comes to does not depend on which conversation is handled first.
_ADA = (
    "hello",
    "my resume < resume.pdf",
    "progress",
    "for TECH-8 < report.docx",
    "move 2 to TECH-9",
    "undo",
    "TECH-3 < proofs.zip",
    "also 2 in TECH-1",
    "1",
    "How long do I have to finish?",
    "for TECH-8 < again.pdf",
    "mark 2 as secondary",
    "< budget.xlsx",
    "1",
    "remove 2",
    "undo",
    "files",
    "receipt 1",
    "< program.exe",
    "COMM-2 < memo.rtf page.html",
    "undo",
    "what is missing in technology",
    "move 1 to COMM-4",
    "2",
    "files",
)
_BEA = (
    "hi",
    "How much does it cost?",
    "FND-3 < notes.txt",
    "FND-3 < notes.txt",
    "move 1 to FND-4",
    "FND-5 < notes.txt",
    "progress",
    "COMM-1 < mail.eml",
    "undo",
    "COMM-1 < mail.eml",
    "< letter.odt table.csv",
    "1",
    "move 99 to TECH-1",
    "undo",
    "undo",
    "ask staff: May I send slides?",
    "remove 1",
    "files",
    "thanks",
    "receipt 2",
)
_ROOM = (
    "Who may apply?",
    "What does a reviewer look for?",
    "help",
    "How are portfolios graded?",
    "and how long does that take?",
    "What is a personal learning statement?",
    "Is there a fee to renew?",
    "good night",
)
_STRANGER = (
    "hello",
    "What does the certification cost?",
    "files",
    "mine < resume.pdf",
    "undo",
    "How do I apply?",
    "progress",
    "What if my application is refused?",
    "7",
    "What is the weather like?",
    "bye",
)


def stream(seed: int) -> tuple[Said, ...]:
    """The messages, each conversation's in its order and the conversations mixed by chance."""
    parts = [
        [_said(ADA.email, "spool:ada", line) for line in _ADA],
        [_said(BEA.email, "spool:bea", line) for line in _BEA],
        [_said(ADA.email, "spool:room", line) for line in _ROOM],
        [_said(DOT, "spool:dot", line) for line in _STRANGER],
    ]
    chance = random.Random(seed)  # noqa: S311 - a mixture to replay, no secret
    mixed: list[Said] = []
    while parts := [part for part in parts if part]:
        mixed.append(chance.choices(parts, [len(part) for part in parts])[0].pop(0))
    return tuple(mixed)


def make_files(folder: Path) -> None:
    """The files of the messages, and a copy of one of them under another name."""
    folder.mkdir()
    for name, build in FILES.items():
        (folder / name).write_bytes(build())
    shutil.copyfile(folder / "resume.pdf", folder / "again.pdf")


class Feed:
    """Puts messages into a spool's folder, each whole or not at all."""

    def __init__(self, folder: Path, messages: tuple[Said, ...], *, files: Path) -> None:
        self._folder = folder
        self._files = files
        self._messages = messages
        self._fed = 0
        (folder / "in").mkdir(parents=True)

    def more(self, count: int) -> None:
        """So many messages more; fewer when there are no more."""
        for number, said in enumerate(self._messages[self._fed : self._fed + count], self._fed + 1):
            given = {
                "who": said.who,
                "conversation": said.conversation,
                "text": said.text,
                "files": [str(self._files / name) for name in said.files],
            }
            passing = self._folder / f"{number:04}.part"
            passing.write_text(json.dumps(given))
            passing.replace(self._folder / "in" / f"{number:04}.json")
            self._fed = number

    def end(self) -> None:
        """All that is left, and the word that nothing more comes."""
        self.more(len(self._messages))
        (self._folder / "end").touch()


def _said(who: str, conversation: str, line: str) -> Said:
    text, _, names = line.partition("<")
    return Said(who=who, conversation=conversation, text=text.strip(), files=tuple(names.split()))
