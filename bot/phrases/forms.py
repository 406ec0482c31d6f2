"""How forms are worded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.form_text import LONGEST_PART, part_names
from bot.domain.forms import (
    ANSWER,
    ASK_STAFF,
    DECIDE,
    MORE,
    RATE,
    STATEMENT,
    Field,
    Form,
    Option,
    form_key,
    short_title,
)
from bot.domain.handover import HandedOver
from bot.domain.limits import LONGEST_MESSAGE, LONGEST_WORDS
from bot.domain.program import Program
from bot.domain.rules import Outcome, Rating
from bot.domain.statement import Draft
from bot.domain.submission import Submission
from bot.domain.verdict import Proposal
from bot.phrases.deciding import matter
from bot.phrases.rating import proposes
from bot.phrases.sections import label
from bot.phrases.stating import words

MOST_RATED = 40  # competencies of one form, with a field for each one's comment
_LINE = 60  # characters that a line of a message needs beside its comment
_OUTCOMES: Mapping[Outcome, str] = {
    Outcome.APPROVED: "Approve",
    Outcome.MORE: "Ask for more documents",
    Outcome.COURSE: "Recommend a course",
}


def statement(program: Program, draft: Draft, parts: Sequence[str], *, note: str = "") -> Form:
    """The whole text for one set; a `note` tells what stands there if it is not what is kept."""
    title, number = draft.set.title, draft.now.number if draft.now else 0
    kept = f"It is version {number} that stands here." if number else ""
    told = f"{note or kept} " if note or kept else ""
    intro = (
        f"For {title}. {_advice(program)} {told}What you send becomes the newest version; the "
        "earlier ones stay."
    )
    return Form(
        key=form_key(STATEMENT, draft.set.id, number),
        title=short_title(program.words.statement),
        intro=intro,
        fields=_text(parts),
        submit="Keep",
        keeps_draft=True,
    )


def not_sent(draft: Draft, new: int, *, fits: bool) -> str:
    """What was typed before stands there; so do the `new` paragraphs written since, if they fit."""
    typed = "What you typed and did not send stands here."
    if not new or draft.now is None:
        return typed
    added = "1 paragraph was" if new == 1 else f"{new} paragraphs were"
    where = (
        "behind it stands that too"
        if fits
        else f"that does not fit here: see version {draft.now.number} before you send this"
    )
    return f"{typed} Since then {added} added by message: {where}."


def statements(program: Program, drafts: Sequence[Draft], parts: Sequence[str]) -> Form:
    """A text for one of several sets."""
    sets = tuple(Option(value=one.set.id, label=_with_state(one)) for one in drafts)
    picked = Field(name="set", label="For which set?", options=sets)
    what = program.words.statement
    return Form(
        key=STATEMENT,
        title=short_title(what),
        intro=f"{_advice(program)} If you wrote something for that set already, this is added at "
        "its end.",
        fields=(picked, *_text(parts)),
        submit="Keep",
        keeps_draft=True,
    )


def rating(program: Program, submission: Submission, left: Sequence[str]) -> Form:
    """A rating and a comment for each competency that a reviewer has still to rate."""
    shown = left[:MOST_RATED]
    texts = {c.id: c.text for c in program.set(submission.set_id).competencies}
    met = program.rules.review.words[Rating.MET]
    rest = len(left) - len(shown)
    more = f" {rest} more follow when these are rated." if rest else ""
    intro = (
        f"{_capital(matter(program, submission))}, round {submission.round}. What is not "
        f"{met} needs a comment that says what is missing. What you leave out stays "
        f"for later.{more}"
    )
    longest = min(LONGEST_WORDS, LONGEST_MESSAGE // len(shown) - _LINE) if shown else 0
    return Form(
        key=form_key(RATE, submission.id),
        title=f"Rate submission {submission.id}",
        intro=intro,
        fields=tuple(
            field for id in shown for field in _rated(program, id, texts[id], longest=longest)
        ),
        submit="Rate",
        keeps_draft=True,
    )


def decision(
    number: int,
    intro: str,
    outcomes: Sequence[Outcome],
    sections: Field,
    *,
    picked: Outcome | None = None,
) -> Form:
    """An outcome, what more is asked for where that can be, and the reason."""
    options = tuple(Option(value=one.value, label=_OUTCOMES[one]) for one in outcomes)
    outcome = Field(
        name="outcome", label="Your decision", options=options, value=picked.value if picked else ""
    )
    asked = (sections,) if Outcome.MORE in outcomes else ()
    return Form(
        key=form_key(DECIDE, number),
        title=f"Decide submission {number}",
        intro=f"{intro} A person decides.",
        fields=(outcome, *asked, _reason()),
        submit="Decide",
    )


def more(number: int, intro: str, sections: Field) -> Form:
    """What more is asked for, and the reason."""
    return Form(
        key=form_key(MORE, number),
        title="Ask for more",
        intro=intro,
        fields=(sections, _reason()),
        submit="Ask",
    )


def about(program: Program, submission: Submission, owner: str, proposal: Proposal | None) -> str:
    """What is to be decided, and what the rule makes of it."""
    rule = f" {proposes(proposal)}" if proposal else ""
    return f"{_capital(matter(program, submission))} of {owner}.{rule}"


def askable(program: Program, sections: Sequence[str], picked: Sequence[str]) -> Field:
    """All that more can be asked for; what the rule asks for is picked already.

    Where the rule asks for nothing, something has to be picked.
    """
    none = "If you pick none, what the rule asks for." if picked else "Then pick at least one."
    return Field(
        name="sections",
        label="More documents for",
        hint=f"Only where more is asked for. {none}",
        options=tuple(Option(value=id, label=label(program, id)) for id in sections),
        many=True,
        value="\n".join(picked),
        optional=bool(picked),
    )


def reply(handed: HandedOver, name: str) -> Form:
    """A reply to a question."""
    return Form(
        key=form_key(ANSWER, handed.number),
        title=f"Answer question {handed.number}",
        intro="\n".join((f"{name} asks: {handed.question}", *handed.more)),
        fields=(_words("text", "Your reply", "It goes to whoever asked, with your name."),),
        submit="Send",
    )


def staff_question(program: Program) -> Form:
    """A question for a person."""
    return Form(
        key=ASK_STAFF,
        title="Ask the staff",
        intro=f"A person of the {program.short_name} staff reads it, and the reply comes here.",
        fields=(_words("text", "Your question"),),
        submit="Send",
    )


def _reason() -> Field:
    return _words("reason", "Reason", "The candidate reads it.")


def _words(name: str, what: str, hint: str = "") -> Field:
    return Field(name=name, label=what, hint=hint, longest=LONGEST_WORDS, lines=True)


def _rated(program: Program, id: str, text: str, *, longest: int) -> tuple[Field, Field]:
    called = program.rules.review.words
    options = tuple(Option(value=one.value, label=_capital(called[one])) for one in Rating)
    rating = Field(name=f"rating:{id}", label=f"{id}: {text}", options=options, optional=True)
    comment = Field(
        name=f"comment:{id}",
        label=f"Comment on {id}",
        longest=longest,
        lines=True,
        optional=True,
    )
    return rating, comment


def _text(parts: Sequence[str]) -> tuple[Field, ...]:
    first, *others = part_names(len(parts))
    later = {name: f"Part {place} of the text" for place, name in enumerate(others, start=2)}
    labels = {first: "Text", **later}
    return tuple(
        Field(
            name=name,
            label=labels[name],
            value=part,
            longest=LONGEST_PART,
            lines=True,
            optional=name != first,
        )
        for name, part in zip(labels, parts, strict=True)
    )


def _advice(program: Program) -> str:
    rule = program.rules.statement
    parts = "; ".join(rule.parts)
    return (
        f"Its parts: {parts}. Up to about {rule.words:,} words are advised; an empty line "
        "begins a new paragraph."
    )


def _with_state(draft: Draft) -> str:
    written = f" ({words(draft.now)} so far)" if draft.now and draft.now.words else ""
    return f"{draft.set.title}{written}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
