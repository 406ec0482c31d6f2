"""The learning statement, written by conversation."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bot.domain import statement
from bot.domain.forms import STATEMENT, form_key
from bot.domain.messages import Reply
from bot.domain.statement import Draft, Paragraphs
from bot.errors import NotFound, Refused
from bot.phrases import requesting, statement_views, stating
from bot.phrases.cited import quoted
from bot.phrases.joined import joined
from bot.usecases import write_statement
from bot.usecases.correct_filing import last_step
from bot.usecases.file_statement import file_statement
from bot.usecases.find_request import may_answer
from bot.usecases.forget_draft import forget_text
from bot.usecases.write_statement import Kept, Operation
from handlers.command import SET
from handlers.request import Request
from handlers.set_named import set_named

BEGIN_ANY = r"/?(?:write|begin|start|continue) (?:the |my |a )?statement"
BEGIN = (
    r"(?:write|begin|start|continue) (?:[a-z]+ ){0,3}statement(?: (?:for|in|on|of))? "
    rf"{SET}(?P<anyway> anyway)?"
)


def overview(request: Request) -> tuple[Reply, ...]:
    """`statements`."""
    return (statement_views.overview(request.desk.program, _drafts(request)),)


def begin(request: Request) -> tuple[Reply, ...]:
    """`write statement for Technology`; `... anyway` where none is needed."""
    candidate, program = request.who(), request.desk.program
    set_id = set_named(request, certain=True)
    if not set_id:
        return overview(request)
    draft = write_statement.open_statement(request.uow, program, candidate, set_id, now=request.now)
    if not draft.needed and "anyway" not in request.args:
        cited = quoted(request.desk.cited(program.rules.ready_cites[draft.route]))
        return (stating.not_needed(program, draft, cited),)
    conversation = request.message.conversation
    write_statement.begin(request.uow, candidate, set_id, conversation=conversation)
    cited = quoted(request.desk.cited(program.rules.statement.cites))
    return (stating.opened(program, draft, cited, zone=candidate.person.zone),)


def show(request: Request) -> tuple[Reply, ...]:
    """`show statement`, `show statement for Technology`."""
    certain = request.text.strip().lower().startswith("show")
    set_id = set_named(request, certain=certain)
    return about(request, set_id, act=_show, again=lambda name: f"show statement for {name}")


def add(request: Request) -> tuple[Reply, ...]:
    """`add: TEXT`, `add to Technology: TEXT`."""
    text = _text(request)
    return about(
        request,
        set_named(request),
        act=partial(added, text=text),
        again=lambda name: f"add to {name}: {text}",
    )


def put(request: Request) -> tuple[Reply, ...]:
    """`replace all: TEXT`, `replace all in Technology: TEXT`: a whole text as the next version.

    `replace all in Technology since version 2: TEXT` only while nothing was changed since then.
    """
    text, version = _text(request), request.args.get("version", "")
    since = f" since version {version}" if version else ""
    return about(
        request,
        set_named(request),
        act=partial(_put, text=text, since=version),
        again=lambda name: f"replace all in {name}{since}: {text}",
    )


def replace(request: Request) -> tuple[Reply, ...]:
    """`replace 2: TEXT`, `replace 2 in Technology: TEXT`."""
    number, text = request.number(), request.args.get("text", "").strip()
    return about(
        request,
        set_named(request),
        act=partial(
            changed,
            operation=lambda there: statement.replaced(there, number, text),
            done=f"Paragraph {number} replaced",
        ),
        again=lambda name: f"replace {number} in {name}: {text}",
    )


def cut(request: Request) -> tuple[Reply, ...]:
    """`cut paragraph 2`."""
    number = request.number()
    return about(
        request,
        set_named(request),
        act=partial(
            changed,
            operation=lambda there: statement.cut(there, number),
            done=f"Paragraph {number} is out, and those behind it moved up",
        ),
        again=lambda name: f"cut paragraph {number} in {name}",
    )


def finish(request: Request) -> tuple[Reply, ...]:
    """`done`: files the newest version and ends writing."""
    return about(request, set_named(request), act=_finish, again=lambda name: f"done with {name}")


def current(request: Request) -> str:
    """The set whose statement the asker is writing in this conversation, or nothing."""
    return write_statement.writing(
        request.uow,
        request.desk.program,
        request.candidate,
        conversation=request.message.conversation,
    )


def about(
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
    return (statement_views.shown(request.desk.program, draft_of(request, set_id)),)


def added(request: Request, set_id: str, *, text: str) -> tuple[Reply, ...]:
    """The text behind what is written for that set."""
    kept = _keep(request, set_id, lambda there: statement.added(there, text))
    arrived = kept.version.paragraphs[kept.before :]
    forget_text(request.uow, request.actor(), STATEMENT, arrived=arrived)
    program = request.desk.program
    if current(request) == set_id:
        return (stating.kept(program, kept.version, before=kept.before),)
    return (statement_views.put(program, kept.version, behind=kept.before),)


def _put(request: Request, set_id: str, *, text: str, since: str) -> tuple[Reply, ...]:
    program, paragraphs = request.desk.program, statement.whole(text)
    key = form_key(STATEMENT, set_id)
    forget_text(request.uow, request.actor(), key, arrived=paragraphs)
    draft = draft_of(request, set_id)
    if draft.now and draft.now.paragraphs == paragraphs:
        return (statement_views.put_already(program, draft.now),)
    made_from = draft.written_in(since) if since else None

    def whole(there: Paragraphs) -> Paragraphs:
        if since and there != made_from:
            raise Refused(stating.changed_since(draft.set, since))
        return paragraphs

    return (statement_views.put(program, _keep(request, set_id, whole).version),)


def _text(request: Request) -> str:
    """What is said after the command's colon, as it was typed: no set is named with a colon."""
    return request.text.partition(":")[2].strip()


def changed(request: Request, set_id: str, *, operation: Operation, done: str) -> tuple[Reply, ...]:
    """The next version, and how to take it back."""
    version = _keep(request, set_id, operation).version
    before = version.number - 1
    return (stating.changed(request.desk.program, version, done, before=before),)


def _finish(request: Request, set_id: str) -> tuple[Reply, ...]:
    if current(request) == set_id:
        write_statement.stop(request.uow, conversation=request.message.conversation)
    draft = draft_of(request, set_id)
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
    candidate, program = request.who(), request.desk.program
    told = stating.filed(
        program,
        done.draft,
        done.evidence,
        replaced=done.replaced,
        step=last_step(request.uow, candidate),
        zone=candidate.person.zone,
    )
    hints = requesting.hints(program, may_answer(request.uow, candidate, [done.evidence]))
    return (joined(told, hints, requesting.waits_again(program, done.reopened)),)


def _keep(request: Request, set_id: str, operation: Operation) -> Kept:
    return write_statement.change(
        request.uow,
        request.desk.program,
        request.who(),
        set_id,
        operation,
        now=request.now,
    )


def draft_of(request: Request, set_id: str) -> Draft:
    """The statement of that set as it stands."""
    return write_statement.statement_of(
        request.uow, request.desk.program, request.who(), set_id, now=request.now
    )


def _drafts(request: Request) -> tuple[Draft, ...]:
    return write_statement.statements_of(
        request.uow, request.desk.program, request.who(), now=request.now
    )
