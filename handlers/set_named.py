"""Which set a command names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from bot.domain.mentions import mentions, set_names, set_places
from bot.domain.program import Program
from bot.errors import NotFound, Refused
from handlers.request import NotMine, Request

_FILLERS = re.compile(
    r"\b(?:and|plus|also|as|the|an?|my|our|for|me|now|again|review|competency|sets?|electives?)\b"
    r"|[,;:&+.!?'\"\u201c\u201d()]",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[,;&+]|\b(?:and|plus|also)\b", re.IGNORECASE)
_LIKE = 80  # of 100: a letter or two left out, swapped or wrong
_SHORT = 3  # words: so few are a set's name, misspelt, rather than prose


def set_named(request: Request, *, certain: bool = False, whole: bool = False) -> str:
    """The set that the command names; empty when the command has no words for one.

    Several sets are `Refused`. Words that say more than a set's name make the text a question
    (`NotMine`); where the command itself is `certain`, a few words that name none are a name that
    went wrong (`NotFound`). A competency stands for its set, unless the `whole` set must be named.
    """
    words = request.args.get("set", "")
    if not words:
        return ""
    if found := one_set(request.desk.program, words, whole=whole):
        return found
    if certain and _few(words):
        raise unknown_set(request.desk.program, words)
    raise NotMine


def one_set(program: Program, words: str, *, whole: bool = False) -> str:
    """The one set of which the words are the name; empty when they name none or say more."""
    alone = not beside_names(program, words)
    named = tuple(place.set_id for place in set_places(program, words)) if alone else ()
    if not named and not whole and _few(words):
        wanted = mentions(program, words).competencies
        named = tuple(s.set_id for s in program.sections if s.id in wanted)
    if not named:  # a code in small letters is a code only by itself
        named = tuple(s.id for s in program.sets if s.code.casefold() == words.strip().casefold())
    titles = [program.set(id).title for id in dict.fromkeys(named)]
    if len(titles) > 1:
        raise Refused(
            f"Name one set at a time; you named {' and '.join(titles)}. Nothing was changed."
        )
    return named[0] if named else ""


def beside_names(program: Program, words: str) -> str:
    """What is said beside the names of sets and the words that go with them."""
    rest = words
    for place in reversed(set_places(program, words)):
        rest = f"{rest[: place.start]} {rest[place.end :]}"
    return " ".join(_FILLERS.sub(" ", rest).split())


def several_sets(program: Program, words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of the sets that a list names, and its parts that name none, as they were said.

    A part that says more than a set's name is kept whole: half of a name is not another name.
    """
    named: list[str] = []
    unknown: list[str] = []
    for part in [words] if nearest_set(program, words) else _parts(program, words):
        alone = tuple(place.set_id for place in set_places(program, part))
        if not beside_names(program, part):
            named += alone
        elif code := one_set(program, part.strip(" .!?"), whole=True):
            named.append(code)
        else:
            unknown.append(" ".join(_FILLERS.sub(" ", part).split()))
    return tuple(dict.fromkeys(named)), tuple(unknown)


def nearest_set(program: Program, words: str) -> str:
    """The title of the set whose name the words nearly are; empty when they are it, or like none.

    Only titles and other names are compared: every short word is near to some code.
    """
    names = {name.casefold(): one.title for one in program.sets for name in set_names(one)}
    plain = " ".join(_FILLERS.sub(" ", words).split()).casefold()
    found = process.extractOne(plain, names.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE)
    return names[found[0]] if found and beside_names(program, words) else ""


def unknown_set(program: Program, words: str) -> NotFound:
    """What says that no set has that name, and which there are."""
    titles = ", ".join(one.title for one in program.sets)
    near = nearest_set(program, words)
    meant = f" Did you mean {near}?" if near else ""
    return NotFound(f"I know no set {words!r}.{meant} The sets are: {titles}.")


def _parts(program: Program, words: str) -> Iterator[str]:
    """What stands between commas and the like; those inside a set's name part nothing."""
    places = set_places(program, words)
    start = 0
    for found in _BETWEEN.finditer(words):
        if not any(place.start < found.end() and found.start() < place.end for place in places):
            yield words[start : found.start()]
            start = found.end()
    yield words[start:]


def _few(words: str) -> bool:
    return len(words.split()) <= _SHORT
