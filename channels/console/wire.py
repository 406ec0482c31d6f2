"""A typed line -> what is meant by it; pure."""

from __future__ import annotations

import io
import re
import shlex
from dataclasses import dataclass

_FILE = re.compile(r"file\s+(?P<rest>\S.*)", re.IGNORECASE | re.DOTALL)
# `file 3 to ...` and `file notice 12` are words; a file of such a name is given as ./notice
_FILED = re.compile(r"#?\d+(?:\s|$)|(?:the |my )?notice(?: \D*)?#?\d+\s*$", re.IGNORECASE)
QUIT = frozenset({"quit", "exit", ":q"})
PARTING = frozenset({"bye", "goodbye"})  # answered, and then it is over


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Words, and the path of a file that goes with them (empty when none does)."""

    text: str
    path: str = ""


def read_line(line: str) -> Typed:
    """`file PATH [caption]` is a file with a caption; anything else is words."""
    found = _FILE.fullmatch(line.strip())
    if not found or _FILED.match(found["rest"]):
        return Typed(text=line.strip())
    path, caption = _path_and_caption(found["rest"])
    return Typed(text=caption, path=path)


def _path_and_caption(rest: str) -> tuple[str, str]:
    """A path with spaces stands in quotes or has its spaces escaped, as in a shell."""
    stream = io.StringIO(rest)
    lexer = shlex.shlex(stream, posix=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        path = lexer.get_token() or ""
    except ValueError:  # a quotation mark that is never closed
        path, _, caption = rest.partition(" ")
        return path.strip("\"'"), caption.strip()
    return path, stream.read().strip()
