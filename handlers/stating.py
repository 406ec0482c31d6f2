"""The learning statement, written by conversation."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bot.domain import statement
from bot.domain.messages import Reply
from bot.domain.rules import Route
from bot.domain.statement import Draft
from bot.errors import NotFound
from bot.knowledge.sentences import units
from bot.phrases import statement_views, stating
from bot.phrases.cited import quoted
from bot.usecases import write_statement
from bot.usecases.correct_filing import last_step
from bot.usecases.file_statement import file_statement
from bot.usecases.write_statement import Kept, Operation
from handlers.request import Handler, Request
from handlers.set_named import set_named


def overview(request: Request) -> tuple[Reply, ...]:
    """`statements`."""
    return (statement_views.overview(request.desk.program, _drafts(request)),)


def begin(request: Request) -> tuple[Reply, ...]:
    """`write statement for Technology`; `... anyway` where a course proves the set."""
    candidate, program = request.who(), request.desk.program
    set_id = set_named(request, loud=True)
    if not set_id:
        return overview(request)
    draft = write_statement.open_statement(request.uow, program, candidate, set_id, now=request.now)
    if not draft.needed and "anyway" not in request.args:
        cited = quoted(request.desk.cited(program.rules.ready_cites[Route.COURSE]))
        return (stating.not_needed(program, draft, cited),)
    conversation = request.message.conversation
    write_statement.begin(request.uow, candidate, set_id, conversation=conversation)
    cited = quoted(request.desk.cited(program.rules.statement.cites))
    return (stating.opened(program, draft, cited, zone=candidate.person.zone),)


def write(request: Request, *, otherwise: Handler) -> tuple[Reply, ...]:
    """What is said while writing: the next paragraphs, or a question for `otherwise`."""
    set_id = current(request)
    if not is_question(request.text):
        return _added(request, set_id, text=request.text)
    *before, answer = otherwise(request) or (Reply(blocks=()),)
    noted = stating.question_met(answer, _draft(request, set_id), request.text.strip())
    return (*before, noted)


def show(request: Request) -> tuple[Reply, ...]:
    """`show statement`, `show statement for Technology`."""
    loud = request.text.strip().lower().startswith("show")
    set_id = set_named(request, loud=loud)
    return _about(request, set_id, act=_show, again=lambda name: f"show statement for {name}")


def add(request: Request) -> tuple[Reply, ...]:
    """`add: TEXT`, `add to Technology: TEXT`."""
    text = request.args.get("text", "").strip()
    return _about(
        request,
        set_named(request),
        act=partial(_added, text=text),
        again=lambda name: f"add to {name}: {text}",
    )


def replace(request: Request) -> tuple[Reply, ...]:
    """`replace 2: TEXT`, `replace 2 in Technology: TEXT`."""
    number, text = request.number(), request.args.get("text", "").strip()
    return _about(
        request,
        set_named(request),
        act=partial(
            _changed,
            operation=lambda there: statement.replaced(there, number, text),
            done=f"Paragraph {number} replaced",
        ),
        again=lambda name: f"replace {number} in {name}: {text}",
    )


def cut(request: Request) -> tuple[Reply, ...]:
    """`cut paragraph 2`."""
    number = request.number()
    return _about(
        request,
        set_named(request),
        act=partial(
            _changed,
            operation=lambda there: statement.cut(there, number),
            done=f"Paragraph {number} is out, and those behind it moved up",
        ),
        again=lambda name: f"cut paragraph {number} in {name}",
    )


def versions(request: Request) -> tuple[Reply, ...]:
    """`versions`, `versions for Technology`."""
    set_id = set_named(request)
    return _about(request, set_id, act=_versions, again=lambda name: f"versions for {name}")


def back(request: Request) -> tuple[Reply, ...]:
    """`back to version 3`."""
    number = request.number()
    return _about(
        request,
        set_named(request, loud=True),
        act=partial(_back, number=number),
        again=lambda name: f"back to version {number} for {name}",
    )


def finish(request: Request) -> tuple[Reply, ...]:
    """`done`: files the newest version and ends writing."""
    return _about(request, set_named(request), act=_finish, again=lambda name: f"done with {name}")


def pause(request: Request) -> tuple[Reply, ...]:
    """`pause writing`: ends writing, files nothing."""
    set_id = current(request)
    if not set_id:
        raise NotFound("You are not writing anything just now. Say: statements, to see them all.")
    write_statement.stop(request.uow, conversation=request.message.conversation)
    return (stating.paused(_draft(request, set_id)),)


def current(request: Request) -> str:
    """The set whose statement the asker is writing in this conversation, or nothing."""
    return write_statement.writing(
        request.uow,
        request.desk.program,
        request.candidate,
        conversation=request.message.conversation,
    )


def is_question(text: str) -> bool:
    """Whether the text is one sentence with a question mark at its end."""
    plain = text.strip()
    return plain.endswith("?") and "\n" not in plain and len(units(plain)) == 1


def _about(
    request: Request,
    set_id: str,
    *,
    act: Callable[[Request, str], tuple[Reply, ...]],
    again: Callable[[str], str],
) -> tuple[Reply, ...]:
    """Acts on the set named, the one being written, or the only one begun; else asks which."""
    request.who()
    if chosen := set_id or current(request):
        return act(request, chosen)
    begun = [draft for draft in _drafts(request) if draft.versions]
    wanted = [draft for draft in begun if not draft.achieved] or begun
    if not wanted:
        what, title = request.desk.program.words.statement, request.desk.program.sets[0].title
        raise NotFound(f"You have begun no {what} yet. Say: write statement for {title}.")
    if len(wanted) == 1:
        return act(request, wanted[0].set.id)
    says = [again(stating.spoken(draft.set)) for draft in wanted]
    return (stating.which(wanted, says),)


def _show(request: Request, set_id: str) -> tuple[Reply, ...]:
    return (statement_views.shown(request.desk.program, _draft(request, set_id)),)


def _versions(request: Request, set_id: str) -> tuple[Reply, ...]:
    draft, zone = _draft(request, set_id), request.who().person.zone
    return (statement_views.versions(request.desk.program, draft, zone=zone),)


def _added(request: Request, set_id: str, *, text: str) -> tuple[Reply, ...]:
    kept = _keep(request, set_id, lambda there: statement.added(there, text))
    going_on = current(request) == set_id
    program = request.desk.program
    return (stating.kept(program, kept.version, before=kept.before, going_on=going_on),)


def _changed(
    request: Request, set_id: str, *, operation: Operation, done: str
) -> tuple[Reply, ...]:
    version = _keep(request, set_id, operation).version
    before = version.number - 1
    return (stating.changed(request.desk.program, version, done, before=before),)


def _back(request: Request, set_id: str, *, number: int) -> tuple[Reply, ...]:
    known = _draft(request, set_id).versions
    return _changed(
        request,
        set_id,
        operation=lambda _: statement.brought_back(known, number),
        done=f"The text is that of version {number} again",
    )


def _finish(request: Request, set_id: str) -> tuple[Reply, ...]:
    if current(request) == set_id:
        write_statement.stop(request.uow, conversation=request.message.conversation)
    draft = _draft(request, set_id)
    if draft.now is None or not draft.now.paragraphs:
        return (stating.nothing_to_file(draft.set),)
    done = file_statement(
        request.uow,
        request.desk,
        request.who(),
        set_id,
        message_key=request.key,
        now=request.now,
    )
    if not done.new:
        return (stating.filed_already(done.draft, done.evidence),)
    step, program = last_step(request.uow, request.who()), request.desk.program
    return (stating.filed(program, done.draft, done.evidence, replaced=done.replaced, step=step),)


def _keep(request: Request, set_id: str, operation: Operation) -> Kept:
    return write_statement.change(
        request.uow,
        request.desk.program,
        request.who(),
        set_id,
        operation,
        now=request.now,
    )


def _draft(request: Request, set_id: str) -> Draft:
    return write_statement.statement_of(
        request.uow, request.desk.program, request.who(), set_id, now=request.now
    )


def _drafts(request: Request) -> tuple[Draft, ...]:
    return write_statement.statements_of(
        request.uow, request.desk.program, request.who(), now=request.now
    )
