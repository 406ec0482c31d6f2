"""What filled-in forms stand for: one message's words, with nothing lost and nothing smuggled in.

Whoever may not do what they say is refused when the words are met, as if they had been typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from bot.domain.form_text import text_in
from bot.domain.forms import ANSWER, ASK_STAFF, DECIDE, MORE, RATE, STATEMENT
from bot.domain.limits import LONGEST_MESSAGE
from bot.domain.program import Program
from bot.domain.rules import Outcome, Rating
from bot.domain.text import plain
from bot.errors import Refused
from bot.phrases.stating import spoken
from handlers.rating import NEXT_LINE
from handlers.router import says_something, squeezed

Values = Mapping[str, str]

_Kind = TypeVar("_Kind", Rating, Outcome)
_NUMBER = re.compile(r"[0-9]{1,40}")


def words_of(program: Program, key: str, values: Values) -> str:
    """The words for a form's key and what was filled in; `Refused` says what is amiss."""
    kind, _, subject = key.partition(":")
    if kind not in _WORDS:
        raise _unknown()
    words = _WORDS[kind](program, subject, values)
    if len(words) > LONGEST_MESSAGE:
        raise Refused(
            f"That is longer than {LONGEST_MESSAGE:,} characters together, so nothing was sent: "
            "say it more briefly."
        )
    return words


def _statement(program: Program, subject: str, values: Values) -> str:
    """The whole text of one set, or more of it where the set was picked in the form."""
    named = (one for one in program.sets if one.id == (subject or values.get("set")))
    competency_set = next(named, None)
    if competency_set is None:
        raise _unknown()
    text = text_in(values)
    if not text:
        raise Refused("There is no text in that, so nothing was kept: write some first.")
    verb = "replace all in" if subject else "add to"
    return f"{verb} {spoken(competency_set)}: {text}"


def _ratings(program: Program, subject: str, values: Values) -> str:
    """A line for each competency that was rated."""
    number = _number(subject)
    lines = list(_rated(program, values))
    if not lines:
        raise Refused("Nothing is rated in that: pick at least one rating.")
    return "\n".join(f"rate {number} {line}" for line in lines)


def _rated(program: Program, values: Values) -> Iterator[str]:
    rule = program.rules.review
    for competency in (c.id for one in program.sets for c in one.competencies):
        picked = values.get(f"rating:{competency}", "")
        comment = _line(values.get(f"comment:{competency}", ""))
        if picked:
            word = rule.words[_one_of(Rating, picked)]
            yield f"{competency} {word}: {comment}" if comment else f"{competency} {word}"
        elif comment:
            raise Refused(f"Pick a rating for {competency} too: you commented on it.")


def _line(said: str) -> str:
    """A comment in which no line begins another rating."""
    comment = NEXT_LINE.sub(" ", _tidy(said))
    if comment and not says_something(comment):
        raise Refused(f"Say {comment!r} in words: nobody knows what it means.")
    return comment


def _decision(program: Program, subject: str, values: Values) -> str:
    outcome = _one_of(Outcome, values.get("outcome", ""))
    if outcome is Outcome.MORE:
        return _more(program, subject, values)
    verb = "approve" if outcome is Outcome.APPROVED else "recommend course"
    return f"{verb} {_number(subject)}: {_said(values, 'reason', 'your reason')}"


def _more(program: Program, subject: str, values: Values) -> str:
    known = {section.id for section in program.sections}
    sections = [id for id in values.get("sections", "").split("\n") if id]
    if not known.issuperset(sections):
        raise _unknown()
    named = f"{_number(subject)} {', '.join(sections)}".strip()
    return f"ask more {named}: {_said(values, 'reason', 'your reason')}"


def _answer(_: Program, subject: str, values: Values) -> str:
    return f"answer {_number(subject)}: {_said(values, 'text', 'your reply')}"


def _staff_question(_: Program, __: str, values: Values) -> str:
    return f"ask staff: {_said(values, 'text', 'your question')}"


def _said(values: Values, name: str, what: str) -> str:
    said = _tidy(values.get(name, ""))
    if not says_something(said):
        raise Refused(f"Write {what} in words.")
    return said


def _tidy(said: str) -> str:
    """The words as a message keeps them: of blanks in a row one, of line ends two."""
    return squeezed(plain(said)).strip()


def _number(subject: str) -> str:
    if not _NUMBER.fullmatch(subject):
        raise _unknown()
    return subject


def _one_of(kind: type[_Kind], value: str) -> _Kind:
    try:
        return kind(value)
    except ValueError:
        raise _unknown() from None


def _unknown() -> Refused:
    return Refused("I do not know that form any more, and nothing was sent. Open it again.")


_WORDS: Mapping[str, Callable[[Program, str, Values], str]] = {
    STATEMENT: _statement,
    RATE: _ratings,
    DECIDE: _decision,
    MORE: _more,
    ANSWER: _answer,
    ASK_STAFF: _staff_question,
}
