"""Addresses of the same person: codes that connect another one, and how one is disconnected."""

from __future__ import annotations

from bot.domain.codes import key_until
from bot.domain.messages import ON_RECORD, Address, OutboundMessage, Reply
from bot.domain.people import Person
from bot.domain.proving import is_proved
from bot.errors import Refused
from bot.phrases import codes, guide, losing, talk
from bot.phrases import linking as phrases
from bot.phrases.mails import cannot_link
from bot.usecases.count_tries import Try, check_tries, has_tried_enough, note_try
from bot.usecases.link_address import VALID, WrongCode, issue_code, redeem_code
from bot.usecases.mail_code import mail_code, mail_goes_out
from bot.usecases.permit import roles_of
from bot.usecases.tell import on_record
from bot.usecases.unlink_address import (
    find_address,
    give_up_lost,
    has_address,
    see_addresses,
    unlink_address,
)
from handlers.request import NotMine, Request

CONNECT = r"/?(?:connect|log ?in|sign ?in)(?: me| (?:this|my) (?:address|account))?(?: again)?"
LINK = r"/?link(?: (?:a |my |the |this )?code)?:?"
_AROUND = "<>()[]\"',;:"  # what stands around an address and is no part of it


def code(request: Request) -> tuple[Reply, ...]:
    """`code`: told where it was asked for and nowhere else, whatever becomes of that address."""
    invitations = dict(request.uow.channels.invitations())
    invitations.pop(request.message.sender.channel, None)
    issued = issue_code(request.uow, request.actor(), now=request.now)
    message = OutboundMessage(
        key=key_until(request.now + VALID, request.key),
        to=request.message.sender,
        conversation=request.message.conversation,
        thread=request.message.thread,
        reply=codes.code_issued(issued, invitations),
    )
    request.uow.outbox.add(message, due=request.now)
    return ()


def connect(request: Request) -> tuple[Reply, ...]:
    """`connect ADA@EXAMPLE.ORG`, from an address that nobody knows."""
    uow, sender, signer = request.uow, request.message.sender, request.desk.signer
    own, now = is_proved(request.message), request.now
    check_tries(uow, signer, sender, Try.ASKED, proved=own, now=now)
    email = request.args["who"].strip(_AROUND)
    if not own and _is_wanted_enough(request, email):
        return (phrases.code_on_its_way(),)  # or it would tell who is on record
    if not mail_code(uow, email, asker=sender, key=request.key, now=now):
        return (phrases.no_mail(),)
    note_try(uow, signer, sender, Try.ASKED, proved=own, now=now)
    return (phrases.code_on_its_way(),)


def _is_wanted_enough(request: Request, email: str) -> bool:
    """Whether mails that anybody may have written wanted codes for that address too often."""
    uow, signer = request.uow, request.desk.signer
    wanted = Address(channel=ON_RECORD, value=email.lower())
    if has_tried_enough(uow, signer, wanted, Try.FOR, now=request.now):
        return True
    note_try(uow, signer, wanted, Try.FOR, now=request.now)
    return False


def address(request: Request) -> tuple[Reply, ...]:
    """`ADA@EXAMPLE.ORG`, and nothing more; who is known may speak of somebody."""
    if request.person:
        raise NotMine
    return connect(request)


def how(request: Request) -> tuple[Reply, ...]:
    """`connect`, and nothing more."""
    if request.person:
        return addresses(request)
    return (phrases.how_to_connect() if mail_goes_out(request.uow) else phrases.no_mail(),)


def link(request: Request) -> tuple[Reply, ...]:
    """`link K7QM-2XWD`."""
    uow, sender, signer = request.uow, request.message.sender, request.desk.signer
    own = is_proved(request.message)
    check_tries(uow, signer, sender, Try.WRONG, proved=own, now=request.now)
    try:
        person = redeem_code(uow, request.args["code"], sender, now=request.now)
        _check_sender(request, person)
    except WrongCode as wrong:
        note_try(uow, signer, sender, Try.WRONG, proved=own, now=request.now)
        return (talk.plain(str(wrong)),)
    return (phrases.linked(person),)


def _check_sender(request: Request, person: Person) -> None:
    """`Refused` where the sender may be anybody, unless the code went to that very address."""
    if not is_proved(request.message) and request.message.sender != on_record(person):
        raise Refused(cannot_link())


def half(request: Request) -> tuple[Reply, ...]:
    """`link`, and nothing more; help for those who are connected here."""
    how_to_link = phrases.how_to_link(by_mail=mail_goes_out(request.uow))
    if request.person is None:
        return (how_to_link,)
    program, roles = request.desk.program, roles_of(request.uow, request.person, now=request.now)
    return (guide.how_to(program, roles, "link") or how_to_link,)


def pasted(request: Request) -> tuple[Reply, ...]:
    """`K7QM-2XWD`, and nothing more."""
    return link(request)


def pasted_amid(request: Request) -> tuple[Reply, ...]:
    """The mail's own words with a code in them; who is known may speak of one."""
    if request.person:
        raise NotMine
    return link(request)


def addresses(request: Request) -> tuple[Reply, ...]:
    """`addresses`."""
    person = request.actor()
    known = see_addresses(request.uow, person)
    return (phrases.addresses(known, person, here=request.message.sender),)


def unlink(request: Request) -> tuple[Reply, ...]:
    """`unlink`, for the address it is said from; `unlink slack` or `unlink 2` for another."""
    person, here = request.actor(), request.message.sender
    number = request.number() if "number" in request.args else 0
    channel = request.args.get("channel", "")
    address = here
    gave_up = bool(channel) and give_up_lost(request.uow, person, channel, now=request.now)
    if gave_up and not has_address(request.uow, person, channel):
        return (losing.given_up(channel),)
    if number or channel:
        address = find_address(request.uow, person, number=number, channel=channel)
    done = unlink_address(request.uow, person, address, here=here, now=request.now)
    told = phrases.unlinked(person, done.instead, was_here=address == here, address=address)
    return (told,)
