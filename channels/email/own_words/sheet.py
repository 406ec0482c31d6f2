"""Words as a page shows them, run by run -> lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from channels.email.own_words.line import Line, Mark

_BLANKS = re.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class Sheet:
    """A page that is being written: whole lines, and the words of the one under way."""

    lines: list[Line] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    depth: int = 0
    mark: Mark = Mark.NONE
    apart: bool = False
    """Whether a blank line is due before the next words."""

    def add(self, text: str, *, as_it_is: bool = False) -> None:
        """Words go on in the line; in text that stays as it is a new line is one."""
        if not as_it_is:
            self.words.append(_BLANKS.sub(" ", text))
            return
        first, *more = text.replace("\r\n", "\n").split("\n")
        self.words.append(first)
        for line in more:
            self.break_line()
            self.words.append(line)

    def end_line(self) -> None:
        """What comes next stands on a line of its own."""
        if "".join(self.words).strip():
            self.break_line()
        self.words.clear()

    def break_line(self) -> None:
        """The line ends here, even an empty one."""
        text = _tidy("".join(self.words))
        self.words.clear()
        if self.apart and text and self.lines and self.lines[-1].text:
            self.lines.append(Line(text="", depth=min(self.depth, self.lines[-1].depth)))
        self.apart = self.apart and not text
        self.lines.append(Line(text=text, depth=self.depth, mark=self.mark))
        if self.mark is Mark.HISTORY:
            self.mark = Mark.NONE


def _tidy(text: str) -> str:
    """One blank between words, as a page shows them; a run of hard ones stays at the beginning."""
    shown = text.replace("\xa0", " ").strip("\n").rstrip()
    return shown.lstrip() if text[:1] == " " else shown
