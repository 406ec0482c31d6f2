"""See what others offer, and take it into the record or decline it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.notices.happenings import OFFERS
from bot.domain.notices.manner import told_as
from bot.domain.people import Candidate
from bot.domain.portfolio import Evidence, Filing, Kind, State, open_sections
from bot.domain.program import Program
from bot.domain.rights import Action
from bot.domain.sharing import Offer, OfferState
from bot.errors import NotFound, Refused
from bot.phrases import offering
from bot.ports import UnitOfWork
from bot.usecases.correct_filing import check_open, refile
from bot.usecases.desk import Desk
from bot.usecases.file_evidence import note_change
from bot.usecases.permit import permit
from bot.usecases.tell import tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Which offer is accepted, into which section (empty: where it seems to belong)."""

    number: int
    section: str
    message_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What became of an accepted offer.

    `known` when the same bytes were in the record before, `changed` when a step was made.
    """

    offer: Offer
    evidence: Evidence
    known: bool
    changed: bool


def waiting_offers(uow: UnitOfWork, candidate: Candidate, *, now: datetime) -> tuple[Offer, ...]:
    """The offers that wait for the candidate, oldest first."""
    own = candidate.person
    permit(uow, own, Action.READ, owner_id=own.id, now=now)
    offers = uow.shares.offers(own)
    return tuple(offer for offer in offers if offer.state is OfferState.WAITING)


def find_offer(uow: UnitOfWork, candidate: Candidate, number: int, *, now: datetime) -> Offer:
    """The offer of that number to this candidate; `NotFound` otherwise."""
    own = candidate.person
    permit(uow, own, Action.READ, owner_id=own.id, now=now)
    offer = uow.shares.get_offer(number)
    if offer is None or offer.owner_id != own.id:
        raise NotFound(f"Nobody offered you anything as offer {number}. Say: offers.")
    return offer


def accept_offer(
    uow: UnitOfWork, desk: Desk, candidate: Candidate, wanted: Acceptance, *, now: datetime
) -> Accepted:
    """Files the offered file, or lets it wait for a section when none is sure; one undoable step.

    Others' papers count as secondary documentation. Bytes that are in the record already are not
    filed twice.
    """
    own = candidate.person
    permit(uow, own, Action.KEEP, owner_id=own.id, now=now)
    offer = find_offer(uow, candidate, wanted.number, now=now)
    if wanted.section:
        check_open(desk, candidate, wanted.section)
    _settle(uow, desk.program, candidate, offer, OfferState.ACCEPTED, now=now)
    _check_bytes(desk, offer)
    known = _held(uow, candidate, offer)
    if known:
        evidence = _also(uow, offer, known, wanted, now=now)
    else:
        evidence = _file(uow, desk, candidate, (offer, wanted), now=now)
    return Accepted(
        offer=offer, evidence=evidence, known=known is not None, changed=evidence != known
    )


def decline_offer(
    uow: UnitOfWork, program: Program, candidate: Candidate, number: int, *, now: datetime
) -> Offer:
    """The offer that was declined; nothing of it enters the record."""
    own = candidate.person
    permit(uow, own, Action.KEEP, owner_id=own.id, now=now)
    offer = find_offer(uow, candidate, number, now=now)
    _settle(uow, program, candidate, offer, OfferState.DECLINED, now=now)
    return offer


def _settle(
    uow: UnitOfWork,
    program: Program,
    candidate: Candidate,
    offer: Offer,
    state: OfferState,
    *,
    now: datetime,
) -> None:
    """Settles it once; the sender hears of it in a line."""
    own = candidate.person
    if not uow.shares.settle(offer, state, at=now):
        raise Refused(offering.settled_before(uow.shares.get_offer(offer.id) or offer, own.zone))
    uow.trail.append(
        at=now,
        actor=f"person:{own.id}",
        action=f"offer-{state.value}",
        subject=f"offer:{offer.id}",
        details={"from": f"person:{offer.from_id}", "sha256": offer.sha256},
    )
    sender = uow.people.get(offer.from_id)
    if sender:
        words = offering.told_settled(offer, state, owner=own)
        tell(
            uow,
            sender,
            words,
            key=f"offer-settled:{offer.id}",
            now=now,
            how=told_as(program, OFFERS),
        )


def _check_bytes(desk: Desk, offer: Offer) -> None:
    try:
        desk.files.path(offer.sha256)
    except NotFound:
        raise Refused(
            f"The bytes of {offer.name} are no longer here; nothing was changed. Ask "
            f"{offer.from_name} to give you the file, and send it yourself."
        ) from None


def _held(uow: UnitOfWork, candidate: Candidate, offer: Offer) -> Evidence | None:
    same = (e for e in uow.records.of(candidate.person) if e.sha256 == offer.sha256)
    return next((e for e in same if e.filing.state is not State.WITHDRAWN), None)


def _also(
    uow: UnitOfWork, offer: Offer, known: Evidence, wanted: Acceptance, *, now: datetime
) -> Evidence:
    """The file that is there already, in the section that was named as well."""
    if not wanted.section or wanted.section in known.filing.sections:
        return known
    filing = known.filing.also(wanted.section)
    key, reason = wanted.message_key, _reason(offer)
    done = refile(uow, known, filing, message_key=key, reason=reason, now=now)
    return done.files[0]


def _file(
    uow: UnitOfWork,
    desk: Desk,
    candidate: Candidate,
    step: tuple[Offer, Acceptance],
    *,
    now: datetime,
) -> Evidence:
    offer, wanted = step
    evidence = uow.records.add(
        candidate.person,
        name=offer.name,
        media_type=offer.media_type,
        size=offer.size,
        sha256=offer.sha256,
        at=now,
    )
    allowed = {section.id for section in open_sections(desk.program, candidate)}
    section = wanted.section or (offer.section if offer.section in allowed else "")
    waiting = Filing(state=State.WAITING, kind=Kind.SECONDARY)
    filing = waiting.moved(section) if section else waiting
    changed = uow.records.change(
        evidence, filing, message_key=wanted.message_key, reason=_reason(offer), at=now
    )
    note_change(uow, changed, now=now)
    return changed


def _reason(offer: Offer) -> str:
    return f"sent by {offer.from_name}, accepted by the candidate"
