"""Mails that waited for their sender's word, and private mail addresses."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.messages import Paragraph, Reply
from bot.domain.people import Person
from bot.domain.proving import is_proved
from bot.errors import Refused
from bot.phrases import kinds
from bot.phrases import mails as phrases
from bot.usecases.decline_here import accept_here, decline_here, known_at, told_instead
from bot.usecases.hold_mail import ask_again, confirm_mail, discard_all, discard_mail
from bot.usecases.identify import named
from bot.usecases.private_token import new_token, private_address, token_of
from handlers.request import Request, Unknown

_MINE = r"(?:it is(?: mine)?|it was(?: me)?|that was me|i (?:did|sent it))"
_POLITE = r"(?:please|thanks?|thank you)"
YES = (
    rf"(?:(?:yes|y|yep|yeah|ok|okay|sure|confirm(?:ed)?)(?:[,.! ]+(?:{_MINE}|{_POLITE}))?|{_MINE})"
)
_NOT = r"(?:not me|not mine|(?:it|that|this) (?:was not|wasn.t)|i (?:did not|didn.t))"
# Whatever follows it: a mail that was theirs after all can be sent again.
NO = rf"(?:no|n|nope|{_NOT})(?:[^\w].*)?"


def confirm(request: Request) -> tuple[Reply, ...]:
    """`confirm mail K7QM-2XWD`: the message is answered as its sender's own."""
    person = _asked(request)
    done = confirm_mail(request.uow, person, request.args["code"], now=request.now)
    if done.message is None:
        return _with_others(request, person, (phrases.not_theirs_any_more(),))
    same = done.message.sender == request.message.sender
    told = () if same else (phrases.confirmed(),)
    return _with_others(request, person, told)


def discard(request: Request) -> tuple[Reply, ...]:
    """`discard mail K7QM-2XWD`."""
    person = _asked(request)
    discard_mail(request.uow, person, request.args["code"], now=request.now)
    return _with_others(request, person, (phrases.discarded(),))


def discard_every(request: Request) -> tuple[Reply, ...]:
    """`discard all mails`: everything that waits for the person's word."""
    return (phrases.all_discarded(discard_all(request.uow, request.actor(), now=request.now)),)


def address(request: Request) -> tuple[Reply, ...]:
    """`private address`."""
    token = token_of(request.uow, request.actor(), now=request.now)
    return (phrases.private_address(private_address(request.uow, token)),)


def new_address(request: Request) -> tuple[Reply, ...]:
    """`new private address`."""
    token = new_token(request.uow, request.actor(), now=request.now)
    return (phrases.new_private_address(private_address(request.uow, token)),)


def unsubscribe(request: Request) -> tuple[Reply, ...]:
    """`unsubscribe comments`, from the address where they are not wanted."""
    program, here = request.desk.program, request.message.sender
    kind = _kind(request)
    decline_here(request.uow, program, here, kind)
    instead = told_instead(request.uow, program, here, kind, now=request.now)
    return (kinds.declined(program, kind, here, instead),)


def subscribe(request: Request) -> tuple[Reply, ...]:
    """`subscribe comments`: they are wanted there again."""
    program, here = request.desk.program, request.message.sender
    kind = _kind(request, "subscribe")
    accept_here(request.uow, program, here, kind)
    return (kinds.accepted(program, kind, here),)


def _kind(request: Request, verb: str = "unsubscribe") -> str:
    """`Unknown` where anybody may have written it."""
    if not is_proved(request.message):
        raise Unknown
    known = known_at(request.uow, request.desk.program, request.message.sender)
    said = request.args.get("kind", "")
    if said.casefold() in {kinds.ALL, kinds.DIGEST}:
        return said.casefold()
    found = kinds.kind_called(said, known)
    if found is None:
        raise Refused(kinds.which(verb, [kind for kind in known if not kind.mandatory]))
    return found.id


def _asked(request: Request) -> Person:
    """Whose mail it can be: whoever is connected here, or whom the mail names without proof.

    That is enough, for the code went to the address on record and to nowhere else.
    """
    person = request.person or named(request.uow, request.message.sender)
    if person is None:
        raise Unknown
    return person


def _with_others(request: Request, person: Person, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """Asks about those that were not asked about yet, now that somebody answers."""
    waiting = ask_again(request.uow, person, now=request.now)
    if not (waiting and replies):
        return replies
    line = Paragraph(text=phrases.more_wait(waiting))
    return (replace(replies[0], blocks=(*replies[0].blocks, line)), *replies[1:])
