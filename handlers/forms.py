"""What people say that has a form where a channel can show one. First match wins."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from bot.domain.form_text import paragraphs_in, parts_of
from bot.domain.forms import (
    ANSWER,
    DECIDE,
    MORE,
    RATE,
    STATEMENT,
    VERSION,
    Field,
    Form,
    draft_key,
)
from bot.domain.portfolio import open_sections
from bot.domain.review import left_to_rate
from bot.domain.rights import Action
from bot.domain.rules import Outcome
from bot.domain.statement import Draft, Paragraphs, new_since
from bot.domain.text import plain
from bot.errors import NotFound, Refused
from bot.phrases import forms
from bot.phrases import linking as phrases
from bot.usecases import answer_handover, write_statement
from bot.usecases.mail_code import mail_goes_out
from bot.usecases.review_step import find_submission
from bot.usecases.see_decision import Decidable, see_decision
from handlers import halves, linking, stating
from handlers.command import SUBMISSION
from handlers.request import NotMine, Request
from handlers.router import matched
from handlers.set_named import set_named

Values = Mapping[str, str]
Build = Callable[[Request, Values], Form]
_DONE_ONCE = {DECIDE: "decide", MORE: "ask more", ANSWER: "answer"}  # the verbs of their words


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """A pattern that the whole text must match, and what makes the form.

    It is given what was typed before; it raises what a handler raises where the asker may not do
    what the words say.
    """

    pattern: re.Pattern[str]
    build: Build


def shown(request: Request, typed: Values | None = None) -> Form | None:
    """The form that the request's words have, with what was typed or else what is kept of it.

    None when they have none, or the asker may not do what they say: the words are met as words
    then, and refused in words.
    """
    found = matched(request.text, FORMS)
    if found is None:
        return None
    row, args = found
    try:
        form = row.build(replace(request, args=args), typed or {})
        if typed is None and form.keeps_draft:
            kept = request.uow.drafts.kept(request.actor(), draft_key(form.key))
            form = row.build(replace(request, args=args), kept) if kept else form
    except (NotFound, Refused, NotMine):
        return None
    return form


def words_for(key: str) -> str:
    """The words that open a form that keeps a draft; empty for any other key."""
    kind, _, subject = draft_key(key).partition(":")
    if kind == STATEMENT:
        return f"write statement for {subject} anyway" if subject else "write statement"
    return f"rate {subject}" if kind == RATE else ""


def check_open(request: Request) -> None:
    """Raises what a handler would, where the asker may not do now what the words say."""
    if found := matched(request.text, FORMS):
        row, args = found
        row.build(replace(request, args=args), {})


def done_once(key: str) -> str:
    """The words that open a form for what can be done once only; empty for any other key."""
    kind, _, subject = key.partition(":")
    verb = _DONE_ONCE.get(kind)
    return f"{verb} {subject}" if verb else ""


def _statement(request: Request, typed: Values) -> Form:
    """`write statement for Technology`."""
    program, candidate = request.desk.program, request.who()
    set_id = set_named(request)
    draft = write_statement.open_statement(request.uow, program, candidate, set_id, now=request.now)
    if not draft.needed and "anyway" not in request.args:
        raise Refused(f"{draft.set.title} needs none.")
    return _whole_text(request, draft, typed)


def _statements(request: Request, typed: Values) -> Form:
    """`write statement`: of which set is picked in the form, unless only one wants one."""
    program, candidate = request.desk.program, request.who()
    found = write_statement.statements_of(request.uow, program, candidate, now=request.now)
    open_sets = {section.set_id for section in open_sections(program, candidate)}
    wanted = [draft for draft in found if draft.needed and draft.set.id in open_sets]
    if not wanted:
        raise NotFound("No set wants one.")
    if len(wanted) == 1:
        return _whole_text(request, wanted[0], typed)
    form = forms.statements(program, wanted, _parts(request, paragraphs_in(typed)))
    return _filled(form, {name: typed[name] for name in ("set",) if name in typed})


def _whole_text(request: Request, draft: Draft, typed: Values) -> Form:
    """What is kept, or what was typed and, behind it, what was written since by message."""
    program, there = request.desk.program, draft.now.paragraphs if draft.now else ()
    base, written = draft.written_in(typed.get(VERSION, "")), paragraphs_in(typed)
    if written in {(), base, there}:
        return forms.statement(program, draft, _parts(request, there))
    new = () if base is None else new_since((*base, *written), there)
    try:
        parts, fits = _parts(request, (*written, *new)), True
    except Refused:
        parts, fits = _parts(request, written), False
    note = forms.not_sent(draft, len(new), fits=fits)
    return forms.statement(program, draft, parts, note=note)


def _parts(request: Request, text: Paragraphs) -> tuple[str, ...]:
    parts = parts_of(text, words=request.desk.program.rules.statement.words)
    if parts is None:
        raise Refused("That text is too long for a form: go on message by message.")
    return parts


def _rating(request: Request, typed: Values) -> Form:
    """`rate 12`."""
    program, person = request.desk.program, request.actor()
    found = find_submission(request.uow, person, request.number(), Action.RATE, now=request.now)
    left = left_to_rate(found, program.set(found.set_id), person.id)
    if not found.open or not left:
        raise Refused("Nothing in it is left to rate.")
    return _filled(forms.rating(program, found, left), typed)


def _decision(request: Request, _: Values, *, picked: Outcome | None = None) -> Form:
    """`decide 12`, `approve 12`, `recommend course 12`."""
    seen, intro, sections = _decidable(request)
    number, outcomes = seen.submission.id, seen.outcomes
    unmarked = replace(sections, value="", optional=True)  # marks are for one outcome only
    return forms.decision(number, intro, outcomes, unmarked, picked=picked)


def _more(request: Request, _: Values) -> Form:
    """`ask more 12`."""
    seen, intro, sections = _decidable(request)
    if Outcome.MORE not in seen.outcomes:
        raise Refused("No more can be asked for.")
    return forms.more(seen.submission.id, intro, sections)


def _decidable(request: Request) -> tuple[Decidable, str, Field]:
    """What is to be decided, in words too, and what more can be asked for."""
    program = request.desk.program
    seen = see_decision(request.uow, program, request.actor(), request.number(), now=request.now)
    if seen.missing:
        raise Refused("Ratings are still to come.")
    intro = forms.about(program, seen.submission, seen.owner, seen.proposal)
    picked = seen.proposal.asks if seen.proposal else seen.askable
    return seen, intro, forms.askable(program, seen.askable, picked)


def _answer(request: Request, _: Values) -> Form:
    """`answer 5`."""
    uow, number = request.uow, request.number()
    handed = answer_handover.unanswered(uow, request.actor(), number, now=request.now)
    return forms.reply(handed, answer_handover.asker_name(uow, handed))


def _staff_question(request: Request, _: Values) -> Form:
    """`ask staff`: strangers may."""
    return forms.staff_question(request.desk.program)


def _connect(request: Request, _: Values) -> Form:
    """`connect`: for somebody whom nobody knows there, while codes can be mailed."""
    _check_unknown(request)
    if not mail_goes_out(request.uow):
        raise Refused("No mail goes out.")
    return phrases.connect_form()


def _link(request: Request, _: Values) -> Form:
    """`link`: likewise."""
    _check_unknown(request)
    return phrases.link_form()


def _check_unknown(request: Request) -> None:
    if request.person:
        raise Refused("You are connected already.")


def _filled(form: Form, typed: Values) -> Form:
    """The form with what was typed in its fields; of options only those that it has."""
    return replace(form, fields=tuple(_with(field, typed.get(field.name)) for field in form.fields))


def _with(field: Field, typed: str | None) -> Field:
    if typed is None:
        return field
    if field.options and typed not in {option.value for option in field.options}:
        return field
    return replace(field, value=plain(typed)[: field.longest])


def _says(pattern: str, build: Build) -> FormRow:
    return FormRow(pattern=re.compile(pattern, re.IGNORECASE | re.DOTALL), build=build)


FORMS: tuple[FormRow, ...] = (
    _says(stating.BEGIN_ANY, _statements),
    _says(stating.BEGIN, _statement),
    _says(halves.RATE, _rating),
    _says(halves.DECIDE, _decision),
    _says(rf"approve {SUBMISSION}", partial(_decision, picked=Outcome.APPROVED)),
    _says(
        rf"recommend (?:a |the )?course(?: (?:for|of|in))? {SUBMISSION}",
        partial(_decision, picked=Outcome.COURSE),
    ),
    _says(halves.ASK_MORE, _more),
    _says(halves.ANSWER, _answer),
    _says(r"ask (?:the )?staff", _staff_question),
    _says(linking.CONNECT, _connect),
    _says(linking.LINK, _link),
)
