"""From a message to the handler that answers it; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.domain.messages import Choice
from bot.domain.picking_words import is_ordinal, is_several, place_of
from bot.knowledge.intents import Guess
from bot.knowledge.search import Found
from handlers import asking, guiding, linking, talking
from handlers.request import Handler
from handlers.routes import INTENTS, ROUTES
from handlers.yes import YES

LONGEST_LABEL = 200  # characters; what is longer picks nothing
_ENDS = " \t\n.!?\u2026"
# Parts of commands, each the last of its own.
_KEPT = ("text", "reason", "comment", "note", "said", "why", "lines")
_PLEASE = re.compile(r"(?:please|pls)[,\s]+", re.IGNORECASE)
_BEFORE_PLEASE = (" ", ",", "\n")
# Parts of commands that nobody says by chance.
_PLAIN = frozenset(("number", "code", "who", "token", "name", "channel"))
_COLON = re.compile(r"/?[a-z]+(?: [a-z]+){0,2}:", re.IGNORECASE)  # what ends how a command begins
_LIKE_A_COMMAND: frozenset[Handler] = frozenset((guiding.half, linking.pasted_amid))
_STROKE = re.compile(r"/([a-z]\w*)(\s.*)?", re.IGNORECASE | re.DOTALL)
_PICK = re.compile(
    r"(?:(?:no\.|nr\.?|num(?:ber|\.)|option|choice)\s?)?\(?#?(\d{1,3})[).]?", re.IGNORECASE
)
# What picks a choice whose label begins so, and goes on: `No, cancel`; likewise any plain yes.
_NO = frozenset(("no", "n", "nope", "no thanks", "no thank you"))
_THANKS = re.compile(
    r"[\s,.!;]+(?:(?:many )?thanks|thank you|thx)(?: (?:so |very )?much| a lot| again)?[\s.!]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """A handler and the named parts of the command."""

    handler: Handler
    args: Mapping[str, str]


class Row(Protocol):
    """A row of a table that begins with what people say."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """What the whole text must match."""
        ...


_Row = TypeVar("_Row", bound=Row)


def command(text: str) -> Routed | None:
    """The command a text is, if it is one; what begins with a stroke always is."""
    found = matched(text, ROUTES)
    if found:
        return Routed(handler=found[0].handler, args=found[1])
    named = _STROKE.fullmatch(text.strip())
    return Routed(handler=talking.unknown, args={"name": named[1]}) if named else None


def without_stroke(text: str) -> str:
    """`dossier 2` of `/dossier 2` and of `/dossier_2`; as it is where the stroke is to stay."""
    named = _STROKE.fullmatch(text.strip())
    if named is None or matched(text, ROUTES):
        return text
    plain = named[1].replace("_", " ") + (named[2] or "")
    return plain if matched(plain, ROUTES) else text


def stands_alone(text: str) -> bool:
    """Whether words are plainly a command, also where others are waited for.

    They are when nothing in them is free, or it is a number, a code or an address, or stands behind
    the command's own colon: a few words that only begin like a command are none.
    """
    routed = command(text)
    if routed is None or routed.handler in _LIKE_A_COMMAND:
        return False
    told = not routed.args or not _PLAIN.isdisjoint(routed.args)
    return told or _COLON.match(text.strip()) is not None


def matched(text: str, rows: Iterable[_Row]) -> tuple[_Row, Mapping[str, str]] | None:
    """The first row that a text matches, with its named parts; politeness and end marks are free.

    Takes time in proportion to the text's length, whatever stands in it.
    """
    text = squeezed(text)
    plain = _without_please(text.strip(_ENDS))
    for row in rows:
        if found := row.pattern.fullmatch(plain or text.strip()):
            parts = {key: value for key, value in found.groupdict().items() if value}
            return row, _verbatim(parts, text, plain)
    return None


def says_something(text: str) -> bool:
    """Whether a command keeps anything of a text behind its colon."""
    command_only = ":"
    said = _without_please(squeezed(f"{command_only} {text}").strip(_ENDS))
    return said.strip() != command_only


def _without_please(text: str) -> str:
    begun = _PLEASE.match(text)
    rest = text[begun.end() :] if begun else text
    for word in ("please", "pls"):
        head = rest[: -len(word)]
        if rest[len(head) :].lower() == word and head.endswith(_BEFORE_PLEASE):
            return head.rstrip("".join(_BEFORE_PLEASE))
    return rest


def squeezed(text: str) -> str:
    """The text with no more than one empty line or one space in a row: patterns try every one."""
    return re.sub(r"\s{2,}", lambda run: "\n" * min(run[0].count("\n"), 2) or " ", text)


def _verbatim(parts: dict[str, str], text: str, plain: str) -> dict[str, str]:
    """Words that are kept end as they were typed: their end marks and their `please` are theirs."""
    after = text[text.index(plain) + len(plain) :].rstrip() if plain else ""
    kept = (name for name in _KEPT if plain.endswith(parts.get(name) or "\n"))
    return parts | {name: parts[name] + after for name in kept}


def picked(text: str, choices: tuple[Choice, ...], *, ordinals: bool = True) -> Choice | None:
    """The choice that a reply of a bare number, or of a label's own words, picks.

    `yes` picks the only one whose label begins with it; politeness is free. `the second one` picks
    too, unless `ordinals` are words for something else there.
    """
    number = _number(text)
    if number:
        place = int(number[1]) - 1
        return choices[place] if 0 <= place < len(choices) else None
    same = (c for c in choices if c.label.casefold() == text.strip().casefold())
    choice = next(same, None) or _picked_by(_bare(text), choices)
    if choice or not ordinals:
        return choice
    said = place_of(_without_thanks(_bare(text)), len(choices))
    return None if said is None else choices[said]


def _picked_by(said: str, choices: tuple[Choice, ...]) -> Choice | None:
    for word, words in (("yes", YES), ("no", _NO)):
        meant = [c for c in choices if _bare(c.label).split(" ")[0] == word]
        if said in words and len(meant) == 1:
            return meant[0]
    return next((c for c in choices if said and _bare(c.label) == said), None)


def _bare(text: str) -> str:
    """The words of a short answer in lower case, without politeness and marks."""
    if len(text) > LONGEST_LABEL:
        return ""
    return " ".join(_without_please(text.strip(_ENDS)).replace(",", " ").casefold().split())


def _number(text: str) -> re.Match[str] | None:
    plain = text.strip()
    if len(plain) > LONGEST_LABEL:
        return None
    polite = _without_please(_without_thanks(plain).strip(_ENDS))
    return _PICK.fullmatch(plain) or _PICK.fullmatch(polite)


def _without_thanks(text: str) -> str:
    """Without thanks at its end: `2, thanks!`."""
    found = next((one for one in _THANKS.finditer(text) if one.end() == len(text)), None)
    return text[: found.start()] if found else text


def is_pick_of_none(text: str) -> bool:
    """Whether words that picked nothing can only be a choice: `the ninth one`, `1 and 3`."""
    if len(text) > LONGEST_LABEL:
        return False
    listed = _without_please(_without_thanks(text.strip()).strip(_ENDS))
    return is_ordinal(_without_thanks(_bare(text))) or is_several(listed.casefold())


def is_number(text: str) -> bool:
    """Whether the text can only be a choice by number."""
    return _number(text) is not None


def of_free_text(found: Found | None, guess: Guess | None) -> Handler:
    """The handler of free text; the intent counts unless staff or nobody can answer it."""
    return by_intent(None if found and (found.beyond or found.curated) else guess)


def by_intent(guess: Guess | None) -> Handler:
    """The handler of free text: the guessed intent's when it is sure enough, else a question."""
    route = INTENTS.get(guess.intent) if guess else None
    if guess and route and guess.confidence >= route.floor:
        return route.handler
    return asking.question
