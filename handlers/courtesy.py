"""Commands and picks in mails, which people begin and end with courtesy; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from bot.domain.limits import LONGEST_MESSAGE
from bot.domain.messages import Choice
from bot.domain.sign_offs import closes, thanks, without_sign_off
from bot.domain.signatures import MARKS, is_like_a_name, is_signature
from handlers.router import command, is_number, picked

MOST_END = 12  # lines at the end of a mail among which a formula is looked for
LONGEST_WHOLE = 2000  # characters of a mail that may be a command with a sign-off
# Parts of a command that are a name or a place, and so stand on one line.
_ON_ONE_LINE = ("where", "set", "sets", "section", "sections", "topic", "name", "how_long")
_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|greetings)(?: [^\W\d_][\w.'-]*){0,4}"
    r"[,!.:]?",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"(?:please )?(?:find |see )?\b(?:attached|attachments?|enclosed|herewith)\b(?: (?:is|are))?"
    r"|\bplease find\b",
    re.IGNORECASE,
)


def spoken(text: str, *, name: str, choices: tuple[Choice, ...]) -> str:
    """The words of a mail without what only begins and ends it.

    The sign-off of whoever has that name is gone. What stands around a command, a number or a
    choice's label is gone where all of it is courtesy; text that is none of these stays as it is.
    """
    if len(text) > LONGEST_MESSAGE:
        return text
    said = without_sign_off(without_closing(without_sign_off(text, name)), name)
    if len(said) > LONGEST_WHOLE:
        return said
    if _thanked(said):
        return "Thank you."

    def whole(words: str) -> bool:
        return _is_whole(words, choices)

    if whole(said) and not _runs_on(said):
        return said
    return next(_heads(said, whole), said)


def caption(text: str) -> str:
    """What is said with files, without greetings, formulas, and words that any such mail has."""
    lines = without_closing(text, anyone=True).split("\n")
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if lines and _GREETING.fullmatch(lines[first].strip()):
        lines = lines[first + 1 :]
    return "\n".join(_ATTACHED.sub(" ", line) for line in lines).strip()


def without_closing(text: str, *, anyone: bool = False) -> str:
    """The text without a formula at its end; never nothing of something.

    `anyone`: also with a name below it that nobody knows, where no command may hang on it.
    """
    lines = text.split("\n")
    formulas = [at for at in range(len(lines)) if at >= len(lines) - MOST_END and closes(lines[at])]
    for at in formulas:
        if any(line.strip() for line in lines[:at]) and is_sign_off(lines[at:], anyone=anyone):
            return "\n".join(lines[:at]).rstrip()
    return text


def is_sign_off(lines: Sequence[str], *, anyone: bool = False) -> bool:
    """Whether lines are formulas, with at most titles and telephones directly below.

    A name that is not the sender's is one only between a formula and a title; with `anyone` also
    below a formula alone. All else may take back what is said above, and is kept.
    """
    rest = _below_formulas(lines)
    if not rest:
        return True
    above = lines[len(lines) - len(rest) - 1] if len(rest) < len(lines) else ""
    if not above.strip(MARKS):
        return False
    titles = [line for line in rest[1:] if line.strip(MARKS)]
    named = _is_a_name(rest[0]) and (anyone or bool(titles)) and is_signature(rest[1:])
    return named or is_signature(rest)


def _below_formulas(lines: Sequence[str]) -> Sequence[str]:
    """The lines from the first that is no courtesy on."""
    own = (at for at, line in enumerate(lines) if line.strip(MARKS) and not _is_courteous(line))
    return lines[next(own, len(lines)) :]


def _heads(text: str, whole: Callable[[str], bool]) -> Iterator[str]:
    """The first paragraph or line that is something whole, where only a sign-off is below it."""
    lines = text.strip().split("\n")
    if len(lines) > 1 and _GREETING.fullmatch(lines[0].strip()):
        lines = "\n".join(lines[1:]).strip().split("\n")
    blank = next((at for at, line in enumerate(lines) if not line.strip()), len(lines))
    for end in dict.fromkeys((blank, 1)):
        head = "\n".join(lines[:end]).strip().rstrip(",")
        if not head.endswith(":") and whole(head) and is_sign_off(lines[end:]):
            yield head


def _is_whole(words: str, choices: tuple[Choice, ...]) -> bool:
    return is_number(words) or bool(picked(words, choices)) or command(words) is not None


def _runs_on(text: str) -> bool:
    """Whether a command takes a name for itself that goes on below: the sign-off, perhaps."""
    routed = command(text)
    return routed is not None and any("\n" in routed.args.get(one, "") for one in _ON_ONE_LINE)


def _thanked(text: str) -> bool:
    """Whether nothing but thanks is said, and a name."""
    head, *rest = text.strip().split("\n")
    below = _below_formulas(rest)
    signed = not below or (_is_a_name(below[0]) and is_signature(below[1:]))
    return thanks(head) and signed


def _is_courteous(line: str) -> bool:
    return closes(line) or thanks(line) or line.strip(" ,.!").lower() in ("please", "pls")


def _is_a_name(line: str) -> bool:
    """Whether it may be anybody's name, and is no command."""
    return is_like_a_name(line) and not command(line)
