"""Offer a file for somebody's record; it waits there until the candidate takes it."""

from __future__ import annotations

from datetime import datetime

from bot.domain import filing
from bot.domain.filing import Decision
from bot.domain.limits import LONGEST_OFFER
from bot.domain.notices.happenings import OFFERS
from bot.domain.notices.manner import told_as
from bot.domain.people import Candidate, Person
from bot.domain.portfolio import open_sections
from bot.domain.program import Program
from bot.domain.rights import Action
from bot.domain.sharing import Addressed, Offer, room_for_offers
from bot.evidence.routing import decide
from bot.phrases import offering
from bot.ports import UnitOfWork
from bot.usecases.permit import permit
from bot.usecases.share_set import known_by
from bot.usecases.take_in import Taken
from bot.usecases.tell import tell


def offer_evidence(
    uow: UnitOfWork,
    program: Program,
    sender: Person,
    wanted: Addressed,
    taken: tuple[Taken, ...],
    *,
    now: datetime,
) -> None:
    """Keeps the files as offers and asks the candidate; nothing when nobody is enrolled by it.

    It gives nothing back on purpose: the sender must not learn who is enrolled here. The same
    bytes of the same sender are one offer, and what goes beyond the room there is, is not kept.
    """
    owner = known_by(uow, wanted.who)
    permit(uow, sender, Action.OFFER, owner_id=owner.id if owner else 0, now=now)
    candidate = uow.people.candidate(owner) if owner else None
    if candidate is None:
        return
    before = uow.shares.offers(candidate.person)
    known = {offer.sha256 for offer in before if offer.from_id == sender.id}
    sections = frozenset(section.id for section in open_sections(program, candidate))
    fresh = {
        one.sha256: (one, decide(one.look, open_sections=sections))
        for one in taken
        if one.look and one.sha256 not in known
    }
    room = room_for_offers(before, sender.id)
    kept = [
        (_keep(uow, candidate, sender, wanted, guessed, now=now), guessed[1])
        for guessed in tuple(fresh.values())[:room]
    ]
    if kept:
        words, how = offering.told_offered(program, kept), told_as(program, OFFERS)
        tell(uow, candidate.person, words, key=f"offer:{kept[0][0].id}", now=now, how=how)


def _keep(
    uow: UnitOfWork,
    candidate: Candidate,
    sender: Person,
    wanted: Addressed,
    guessed: tuple[Taken, Decision],
    *,
    now: datetime,
) -> Offer:
    """The offer; where the file seems to belong is kept with it only when that is sure."""
    taken, decision = guessed
    new = Offer(
        id=0,
        owner_id=candidate.person.id,
        from_id=sender.id,
        from_name=sender.name,
        name=taken.name,
        media_type=taken.media_type,
        size=taken.size,
        sha256=taken.sha256,
        section=decision.section if decision.action is filing.Action.FILE else "",
        words=wanted.words[:LONGEST_OFFER],
        at=now,
    )
    offer = uow.shares.offer(new)
    uow.trail.append(
        at=now,
        actor=f"person:{sender.id}",
        action="offered",
        subject=f"offer:{offer.id}",
        details={"to": f"person:{candidate.person.id}", "sha256": offer.sha256},
    )
    return offer
