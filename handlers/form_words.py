"""What filled-in forms stand for: one message's words, with nothing lost and nothing smuggled in.

Whoever may not do what they say is refused when the words are met, as if they had been typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TypeVar

from bot.domain.codes import LENGTH, dashed, letters_of
from bot.domain.form_text import text_in
from bot.domain.forms import ANSWER, ASK_STAFF, CONNECT, DECIDE, LINK, MORE, RATE, STATEMENT
from bot.domain.limits import LONGEST_MESSAGE, check_words
from bot.domain.program import Program
from bot.domain.review import lacks_comment
from bot.domain.rules import Outcome, Rating
from bot.domain.statement import whole
from bot.domain.text import plain
from bot.errors import Misfilled, Refused
from bot.phrases.stating import spoken
from handlers.command import MAIL
from handlers.rating import NEXT_LINE
from handlers.router import says_something, squeezed

Values = Mapping[str, str]

_Kind = TypeVar("_Kind", Rating, Outcome)
_NUMBER = re.compile(r"[0-9]{1,40}")
_INSTEAD = {Outcome.APPROVED: "approve", Outcome.COURSE: "recommend a course"}


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
    """The whole text of one set, or more of it where the set was picked in the form.

    A whole text says from which version it was made: what came since is not replaced unseen.
    """
    set_id, _, version = subject.partition(":")
    named = (one for one in program.sets if one.id == (set_id or values.get("set")))
    competency_set = next(named, None)
    if competency_set is None:
        raise _unknown()
    text = text_in(values)
    if not text:
        said = "There is no text in that, so nothing was kept: write some first."
        raise Misfilled(said, field="part-1")
    _checked("part-1", whole, text)
    if not set_id:
        return f"add to {spoken(competency_set)}: {text}"
    since = f" since version {_number(version)}" if version else ""
    return f"replace all in {spoken(competency_set)}{since}: {text}"


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
        comment = _line(values, f"comment:{competency}")
        if picked:
            rating = _one_of(Rating, picked)
            if lacks_comment(rating, comment):
                said = f"Say what is missing in {competency}, so that the candidate can mend it."
                raise Misfilled(said, field=f"comment:{competency}")
            word = rule.words[rating]
            yield f"{competency} {word}: {comment}" if comment else f"{competency} {word}"
        elif comment:
            said = f"Pick a rating for {competency} too: you commented on it."
            raise Misfilled(said, field=f"rating:{competency}")


def _line(values: Values, name: str) -> str:
    """A comment in which no line begins another rating."""
    comment = NEXT_LINE.sub(" ", _tidy(values.get(name, "")))
    if comment and not says_something(comment):
        raise Misfilled(f"Say {comment!r} in words: nobody knows what it means.", field=name)
    _checked(name, partial(check_words, what="A comment"), comment)
    return comment


def _decision(program: Program, subject: str, values: Values) -> str:
    outcome = _one_of(Outcome, values.get("outcome", ""))
    if outcome is Outcome.MORE:
        return _more(program, subject, values)
    if values.get("sections"):
        raise Misfilled(
            f"Nothing more is asked for when you {_INSTEAD[outcome]}. Take these marks out, or "
            "pick as your decision to ask for more documents.",
            field="sections",
        )
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


def _connect(_: Program, __: str, values: Values) -> str:
    email = _tidy(values.get("email", ""))
    if not re.fullmatch(MAIL, email):
        raise Misfilled("Write one whole e-mail address, like you@example.org.", field="email")
    return f"connect {email}"


def _link(_: Program, __: str, values: Values) -> str:
    """The code, or the mail's words for it."""
    code = letters_of(re.sub(r"^\W*link\b", "", _tidy(values.get("code", "")), flags=re.IGNORECASE))
    if len(code) != LENGTH:
        said = f"A code has {LENGTH} letters and digits: copy it as it stands in the mail."
        raise Misfilled(said, field="code")
    return f"link {dashed(code)}"


def _said(values: Values, name: str, what: str) -> str:
    said = _tidy(values.get(name, ""))
    if not says_something(said):
        raise Misfilled(f"Write {what} in words.", field=name)
    _checked(name, partial(check_words, what="This"), said)
    return said


def _checked(field: str, check: Callable[[str], object], said: str) -> None:
    """What the check refuses is told at the field."""
    try:
        check(said)
    except Refused as refused:
        raise Misfilled(*refused.said, field=field) from refused


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
    CONNECT: _connect,
    LINK: _link,
}
