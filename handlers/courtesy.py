"""Commands and picks in mails, which people begin and end with courtesy; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from bot.domain.limits import LONGEST_MESSAGE
from bot.domain.messages import Choice
from bot.domain.sign_offs import closes, is_below_name, thanks, without_sign_off
from handlers.router import command, is_number, picked

MOST_LINES = 5  # filled ones below a command, without formulas: name, title, library, telephone
MOST_END = 12  # lines at the end of a mail among which a formula is looked for
MOST_WORDS = 6  # of such a line
LONGEST_WHOLE = 2000  # characters of a mail that may be a command with a sign-off
# Parts of a command that are a name or a place, and so stand on one line.
_ON_ONE_LINE = ("where", "set", "sets", "section", "sections", "topic", "name", "how_long")
_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|greetings)(?: [^\W\d_][\w.'-]*){0,4}"
    r"[,!.:]?",
    re.IGNORECASE,
)
# What takes back or changes what is said above, and is no name of anybody.
_DOUBTING = (
    "all also and another any both but cancel either except first hold instead later maybe neither"
    " never no none nope not only or other perhaps second sorry stop third undo until unless wait"
    " without wrong yes yet"
)
_DOUBTS = frozenset(_DOUBTING.split())
_CONTACT = re.compile(r"@\w|https?:|www\.|\+?\(?\d[\d ()./-]{6,}\d")
_ATTACHED = re.compile(
    r"(?:please )?(?:find |see )?\b(?:attached|attachments?|enclosed|herewith)\b(?: (?:is|are))?"
    r"|\bplease find\b",
    re.IGNORECASE,
)
_MARKS = " \t-\u2013\u2014~*_"
_JOINING = "and at de del der di for in la le of the van von y zu &"
_PARTICLES = frozenset(_JOINING.split())


def spoken(text: str, *, name: str, choices: tuple[Choice, ...]) -> str:
    """The words of a mail without what only begins and ends it.

    The sign-off of whoever has that name is gone. What stands around a command, a number or a
    choice's label is gone where all of it is courtesy, or reads like a sign-off; text that is none
    of these stays as it is.
    """
    if len(text) > LONGEST_MESSAGE:
        return text
    said = without_closing(without_sign_off(text, name))
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
    lines = without_closing(text).split("\n")
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if lines and _GREETING.fullmatch(lines[first].strip()):
        lines = lines[first + 1 :]
    return "\n".join(_ATTACHED.sub(" ", line) for line in lines).strip()


def without_closing(text: str) -> str:
    """The text without a formula at its end and a name below it; never nothing of something."""
    lines = text.split("\n")
    formulas = [at for at in range(len(lines)) if at >= len(lines) - MOST_END and closes(lines[at])]
    for at in formulas:
        if any(line.strip() for line in lines[:at]) and is_sign_off(lines[at:]):
            return "\n".join(lines[:at]).rstrip()
    return text


def is_sign_off(lines: Sequence[str]) -> bool:
    """Whether lines are courtesy and a name, with no word of their own to say.

    A line of thanks, a formula, a name, a title, a telephone; nothing that asks, tells or counts.
    """
    filled = [line.strip() for line in lines if line.strip(_MARKS)]
    own = [line for line in filled if not _is_courteous(line)]
    if len(own) > MOST_LINES:
        return False
    return all(_is_like_a_name(line) for line in own[:1]) and all(map(_is_title, own[1:]))


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
    return thanks(head) and is_sign_off(rest)


def _is_courteous(line: str) -> bool:
    return closes(line) or thanks(line) or line.strip(" ,.!").lower() in ("please", "pls")


def _is_like_a_name(line: str) -> bool:
    """One to four words with capital letters, or one word: no command and no doubt."""
    words = [word.strip(".,;!") for word in line.strip(_MARKS).split()]
    if not words or not _is_title(line) or any(c.isdigit() for c in line):
        return False
    return len(words) == 1 or len(words) <= MOST_WORDS


def _is_title(line: str) -> bool:
    if _CONTACT.search(line):
        return is_below_name(line)
    words = [word.strip(".,;()|") for word in line.strip(_MARKS).split()]
    if len(words) > MOST_WORDS or line.rstrip().endswith(("?", "!", ":")):
        return False
    if not is_below_name(line) or not _DOUBTS.isdisjoint(word.lower() for word in words):
        return False
    if command(line) or is_number(line):
        return False
    small = [word for word in words if word[:1].islower() and word.lower() not in _PARTICLES]
    return not small or len(words) == 1
