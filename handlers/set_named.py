"""Which set a command names."""

from __future__ import annotations

from bot.domain.mentions import mentions, set_places
from bot.domain.program import Program
from bot.errors import NotFound
from handlers.request import NotMine, Request

_BESIDE_A_NAME = frozenset({"the", "set", "my", "competency"})
_SHORT = 3  # words: so few are a set's name, misspelt, rather than prose


def set_named(request: Request, *, loud: bool = False) -> str:
    """The set that the command names, by itself or by a competency; empty when it names none.

    Words that say more than a set's name make the text no command (`NotMine`). `loud` says that a
    few words which are no set's name are a name that went wrong (`NotFound`).
    """
    words = request.args.get("set", "")
    if not words:
        return ""
    program, few = request.desk.program, len(words.split()) <= _SHORT
    if found := _only_named(program, words):
        return found
    if competencies := mentions(program, words).competencies if few else ():
        return next(s.set_id for s in program.sections if s.id == competencies[0])
    if loud and few:
        titles = ", ".join(one.title for one in program.sets)
        raise NotFound(f"I know no set {words!r}. The sets are: {titles}.")
    raise NotMine


def _only_named(program: Program, words: str) -> str:
    places = set_places(program, words)
    rest = words
    for place in reversed(places):
        rest = rest[: place.start] + rest[place.end :]
    alone = len({place.set_id for place in places}) == 1
    return places[0].set_id if alone and set(rest.lower().split()) <= _BESIDE_A_NAME else ""
