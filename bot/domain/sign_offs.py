"""How people end what they write by mail: `Best regards`, their name, a title; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from bot.domain.signatures import MARKS as _MARKS
from bot.domain.signatures import MOST_LINES, PARTED, is_contact, is_signature, is_title

MOST_SIGN_OFFS = 3  # one below the other: a name, and what a program puts below it
LONGEST_LINE = 70  # characters
SHORT = 3  # words of an answer below which a name may stand without a blank line
LONGEST_NAME = 60  # characters
LEAST_BEGINNING = 3  # letters: `Ben` of Benjamin

_THANKS = (
    r"(?:(?:many |with )?thanks(?:(?: so| very)? much| a lot| a million| again| in advance)*"
    r"|thank you(?: (?:so|very) much| again| in advance| all| kindly)*|thx|ty|tia|cheers"
    r"|much appreciated)(?: for (?:your|the|all)\b(?: [^\W\d]+){1,6})?"
)
_REGARDS = (
    r"(?:(?:with )?(?:(?:my |very )?(?:best|kind|kindest|warm|warmest|many) )?(?:regards|wishes)"
    r"|all the best|all best|best|rgds|warmly|cordially|respectfully(?: yours)?|yours"
    r"|yours (?:truly|sincerely|faithfully)|sincerely(?: yours)?|take care|talk soon|br|kr|bw"
    r"|have a (?:nice|good|great|lovely) (?:day|evening|weekend|week|one))"
)
_FRIENDLY = r"(?:[,!.]? (?:and|&) (?:best|kind) regards)?"
_THANKED = re.compile(rf"{_THANKS}(?:,? carrel)?", re.IGNORECASE)
_CLOSES = re.compile(rf"(?:{_THANKS}{_FRIENDLY}|{_REGARDS})", re.IGNORECASE)
_AROUND = " \t,.!;-\u2013\u2014~*_"
_WORD = re.compile(r"[^\W\d_]+")
_EXTRA = frozenset(("dr", "prof", "mr", "mrs", "ms", "mx", "jr", "sr", "phd", "mls", "mlis", "ma"))
_ENDED = re.compile(r"[.!?\u3002\uff01\uff1f][\"'\u201d\u2019)]*$")

Closes = Callable[[str], bool]


def closes(line: str) -> bool:
    """Whether nothing but a formula stands there, which ends a letter: `Kind regards,`."""
    return len(line) <= LONGEST_LINE and _CLOSES.fullmatch(line.strip(_AROUND)) is not None


def thanks(line: str) -> bool:
    """Whether nothing but thanks stands there."""
    return len(line) <= LONGEST_LINE and _THANKED.fullmatch(line.strip(_AROUND)) is not None


def is_name_of(line: str, name: str) -> bool:
    """Whether a line is made of the name or parts of it, in any order: `-B. Okafor`, `Ben`.

    Behind two words of the name and a comma or the like a title may follow.
    """
    plain = line.strip(_AROUND)
    if not plain or not name or len(line) > LONGEST_LINE:
        return False
    if len(plain) <= LONGEST_NAME and not re.search(r"\d", plain) and _matches(plain, name):
        return True
    first, *others = PARTED.split(plain)
    known = len(_words(first)) > 1 and _matches(first, name)
    return bool(others) and known and all(map(_is_behind_name, others))


def sign_off_start(
    lines: Sequence[str], name: str, *, closing: Closes = closes, alone: bool = True
) -> int:
    """The line on which a sign-off with that name begins; the number of lines where none does.

    Where nothing else is said (`alone`), a mere name is no sign-off, nor is a formula above it.
    """
    end, below = len(lines), 0
    for at in range(end - 1, -1, -1):
        if not lines[at].strip():
            continue
        if _is_signed(lines[at], name, closing) and is_signature(lines[at + 1 :]):
            signed = at
            while signed and _is_signed(lines[signed - 1], name, closing):
                signed -= 1  # the name once more: `Ben`, `Ben Okafor`
            fit = _fit(lines, signed, closing)
            return _start(lines, signed, closing, alone=alone) if fit else end
        below += 1
        if below > MOST_LINES:
            break
    return end


def without_sign_off(text: str, name: str) -> str:
    """The text without such sign-offs at its end; never nothing of what was something."""
    lines = whole = text.split("\n")
    for _ in range(MOST_SIGN_OFFS):
        lines = lines[: sign_off_start(lines, name)]
    return text if len(lines) == len(whole) else "\n".join(lines).rstrip()


def _is_behind_name(part: str) -> bool:
    """Whether it is a title, a degree or a telephone: `MLS`, `Librarian`."""
    return part.strip(" .)").lower() in _EXTRA or is_title(part) or is_contact(part)


def _is_signed(line: str, name: str, closing: Closes) -> bool:
    """Whether it is the name, or a formula and the name: `Best, Ada`."""
    if is_name_of(line, name):
        return True
    head, mark, tail = line.strip().partition("," if "," in line else "!")
    return bool(mark) and closing(head) and is_name_of(tail, name)


def _fit(lines: Sequence[str], at: int, closing: Closes) -> bool:
    """Whether a name at that line may end what stands above it, and is not said with it."""
    above = next((line.strip() for line in reversed(lines[:at]) if line.strip(_MARKS)), "")
    if above.endswith((":", "\uff1a")):
        return False
    if (
        not above
        or not lines[at - 1].strip(_MARKS)
        or closing(above)
        or lines[at].strip()[0] in _MARKS
    ):
        return True
    return len(" ".join(lines[:at]).split()) <= SHORT or _ENDED.search(above) is not None


def _start(lines: Sequence[str], at: int, closing: Closes, *, alone: bool) -> int:
    """The line of the formula above the name, if there is one and something above it."""
    start = at
    while start and (not lines[start - 1].strip(_MARKS) or closing(lines[start - 1])):
        start -= 1
    if start or not alone:
        return start
    return at if at and any(line.strip() for line in lines[:at]) else len(lines)


def _matches(said: str, name: str) -> bool:
    parts, told = _words(name.partition("@")[0]), _words(said)
    own = [word for word in told if word not in _EXTRA]
    if not own or not parts or len(own) > len(parts) + 1:
        return False
    initials = "".join(part[0] for part in parts)
    if len(initials) > 1 and "".join(own) == initials:
        return True
    return any(len(word) > 1 for word in own) and all(_is_part(word, parts) for word in own)


def _is_part(word: str, parts: Sequence[str]) -> bool:
    if word in parts:
        return True
    if word.upper() == word:  # its script has no capital letters, and often no blanks
        return any(word in part for part in parts)
    beginning = len(word) == 1 or len(word) >= LEAST_BEGINNING
    return beginning and any(part.startswith(word) for part in parts)


def _words(text: str) -> list[str]:
    """The words in lower case without accents."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _WORD.findall(bare.casefold())
