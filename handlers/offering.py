"""Evidence that somebody else sent."""

from __future__ import annotations

from bot.domain.messages import Reply
from bot.domain.sharing import Addressed, addressed
from bot.errors import Refused
from bot.phrases import filing, offering
from bot.usecases.correct_filing import last_step
from bot.usecases.offer_evidence import offer_evidence
from bot.usecases.settle_offer import (
    Acceptance,
    accept_offer,
    decline_offer,
    find_offer,
    waiting_offers,
)
from bot.usecases.share_set import known_by
from handlers.request import Request
from handlers.section_named import section_named


def recipient(request: Request) -> Addressed | None:
    """Whom the caption names, when that is somebody else; None when the file is one's own.

    A candidate names somebody at the very beginning, since their own captions may hold addresses.
    """
    person, own = request.actor(), request.candidate is not None
    found = addressed(request.text, anywhere=not own)
    if found is None:
        if own:
            return None
        raise Refused(
            "Nothing was kept: you have no record of your own here. To send a file for a "
            "candidate, send it again with their address: for SOMEBODY@EXAMPLE.ORG: WHAT IT IS."
        )
    known = known_by(request.uow, found.who)
    return None if own and known and known.id == person.id else found


def offer(request: Request, wanted: Addressed) -> tuple[Reply, ...]:
    """Files with the caption `for ada@example.org: letter about TECH-8`."""
    program, taken = request.desk.program, request.prepared.taken
    offer_evidence(request.uow, program, request.actor(), wanted, taken, now=request.now)
    refused = tuple(filing.rejected(t.name, t.refusal) for t in taken if t.look is None)
    names = [t.name for t in taken if t.look]
    sent = (offering.sent(wanted.who, names),) if names else ()
    blocks = tuple(block for reply in (*sent, *refused) for block in reply.blocks)
    return (Reply(blocks=blocks),)


def offers(request: Request) -> tuple[Reply, ...]:
    """`offers`."""
    waiting = waiting_offers(request.uow, request.who(), now=request.now)
    return (offering.offers(request.desk.program, waiting),)


def show(request: Request) -> tuple[Reply, ...]:
    """`offer 2`."""
    candidate = request.who()
    found = find_offer(request.uow, candidate, request.number(), now=request.now)
    return (offering.shown(request.desk.program, found, candidate.person.zone),)


def accept(request: Request) -> tuple[Reply, ...]:
    """`accept offer 2`, `accept offer 2 to TECH-8`."""
    candidate, number = request.who(), request.number()
    find_offer(request.uow, candidate, number, now=request.now)
    section = section_named(request) if "section" in request.args else ""
    wanted = Acceptance(number=number, section=section, message_key=request.key)
    done = accept_offer(request.uow, request.desk, candidate, wanted, now=request.now)
    step = last_step(request.uow, candidate) if done.changed else 0
    program, evidence = request.desk.program, done.evidence
    return (offering.accepted(program, evidence, done.offer, known=done.known, step=step),)


def decline(request: Request) -> tuple[Reply, ...]:
    """`decline offer 2`."""
    program, candidate = request.desk.program, request.who()
    declined = decline_offer(request.uow, program, candidate, request.number(), now=request.now)
    return (offering.declined(declined),)
