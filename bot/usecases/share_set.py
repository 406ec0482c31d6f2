"""Share a set, or the whole record, with a mentor for a time; end a share; say who looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from bot.domain.limits import MOST_SHARES_A_DAY, check_count
from bot.domain.messages import ON_RECORD, Address
from bot.domain.notices.happenings import SHARING
from bot.domain.notices.manner import told_as
from bot.domain.people import UNKNOWN_ZONE, Candidate, Person
from bot.domain.program import Program
from bot.domain.rights import STAFF, Action, Role
from bot.domain.shared_record import Looked
from bot.domain.sharing import Share, check_room, end_of, last_day, same_share
from bot.errors import NotFound, Refused
from bot.phrases import linking, sharing
from bot.ports import TrailEntry, UnitOfWork
from bot.usecases.enrol import check_person
from bot.usecases.permit import permit
from bot.usecases.still_theirs import OF_SHARE
from bot.usecases.tell import tell

LOOKS = (
    "read",
    "read-dossier",
    "read-appeal",
    "opened",
    "exported",
)  # what the trail calls it when others look
MOST_LOOKS = 20  # newest ones told


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be shared: a set (empty for everything), with which address, in words how long."""

    set_id: str
    address: str
    how_long: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A new share, with which address, and the number of the share whose place it takes (or 0)."""

    share: Share
    address: str
    replaced: int


def share_set(
    uow: UnitOfWork, program: Program, candidate: Candidate, wish: Wish, *, now: datetime
) -> Shared:
    """A new share, of which the mentor is told; an active one of the same set with them ends."""
    own = candidate.person
    permit(uow, own, Action.KEEP, owner_id=own.id, now=now)
    address = wish.address.strip().lower()
    check_person(address, email=address, time_zone=own.time_zone)
    until = end_of(last_day(now.astimezone(own.zone).date(), wish.how_long), own.zone)
    mentor = known_by(uow, address) or _make_known(uow, own, address, now=now)
    if mentor.id == own.id:
        raise Refused(f"{address} is your own address: your record is yours to see already.")
    shares = uow.shares.by(own)
    check_count(
        sum(now - share.made_at < timedelta(days=1) for share in shares),
        MOST_SHARES_A_DAY,
        f"You made {MOST_SHARES_A_DAY} shares within a day, which is all that is allowed; nothing "
        "was shared. Try again tomorrow.",
    )
    before = same_share(shares, mentor.id, wish.set_id, now=now)
    if before:
        uow.shares.revoke(before, at=now)
    check_room((s for s in shares if s != before), now=now)
    share = uow.shares.add(own, mentor, set_id=wish.set_id, until=until, at=now)
    _note(uow, share, action="shared", now=now)
    by_mail = bool(uow.private_tokens.form(ON_RECORD))
    how = "" if uow.people.addresses(mentor) else linking.how_to_see(mentor, by_mail=by_mail)
    old = before.id if before else 0
    people = (own, mentor)
    words = sharing.told_shared(program, share, people, how=how, replaced=old)
    tell(uow, mentor, words, key=f"{OF_SHARE}{share.id}", now=now, how=told_as(program, SHARING))
    return Shared(share=share, address=address, replaced=old)


def end_share(
    uow: UnitOfWork, program: Program, candidate: Candidate, number: int, *, now: datetime
) -> tuple[Share, Person | None]:
    """The share that was ended, and with whom it was; the mentor is told."""
    own = candidate.person
    permit(uow, own, Action.KEEP, owner_id=own.id, now=now)
    share = own_share(uow, own, number)
    if not share.active(now) or not uow.shares.revoke(share, at=now):
        raise Refused(sharing.ended_before(uow.shares.get(number) or share, own.zone))
    _note(uow, share, action="unshared", now=now)
    mentor = uow.people.get(share.mentor_id)
    if mentor:
        words = sharing.told_ended(program, share, owner=own)
        tell(uow, mentor, words, key=f"unshare:{share.id}", now=now, how=told_as(program, SHARING))
    return share, mentor


def own_share(uow: UnitOfWork, owner: Person, number: int) -> Share:
    """The owner's own share of that number, ended ones too; `NotFound` otherwise."""
    share = uow.shares.get(number)
    if share is None or share.owner_id != owner.id:
        raise NotFound(f"You have no share {number}. Say: shares, to see those you have.")
    return share


def see_shares(
    uow: UnitOfWork, candidate: Candidate, *, now: datetime
) -> tuple[tuple[Share, Person | None], ...]:
    """Every share the candidate made and with whom, oldest first."""
    own = candidate.person
    permit(uow, own, Action.READ, owner_id=own.id, now=now)
    return tuple((share, uow.people.get(share.mentor_id)) for share in uow.shares.by(own))


def who_looked(uow: UnitOfWork, candidate: Candidate, *, now: datetime) -> tuple[Looked, ...]:
    """Who else looked at the record, from the trail, newest first."""
    own = candidate.person
    permit(uow, own, Action.READ, owner_id=own.id, now=now)
    subject = f"person:{own.id}"
    found = [
        entry
        for entry in uow.trail.entries(subject=subject)
        if entry.action in LOOKS and entry.actor != subject
    ]
    told = [entry for entry, after in pairwise((*found, None)) if not _is_start(entry, after)]
    return tuple(_looked(uow, entry) for entry in reversed(told[-MOST_LOOKS:]) if entry)


def known_by(uow: UnitOfWork, address: str) -> Person | None:
    """The person with that proved e-mail address, or with that address on record."""
    proved = uow.people.at(Address(channel=ON_RECORD, value=address))
    found = proved or uow.people.find(address)
    return found if proved or (found and found.email == address) else None


def _make_known(uow: UnitOfWork, owner: Person, address: str, *, now: datetime) -> Person:
    """Somebody who can connect that address later. Nothing else is known of them."""
    person = uow.people.add(address, email=address, time_zone=UNKNOWN_ZONE)
    uow.trail.append(
        at=now,
        actor=f"person:{owner.id}",
        action="made-known",
        subject=f"person:{person.id}",
        details={},
    )
    return person


def _note(uow: UnitOfWork, share: Share, *, action: str, now: datetime) -> None:
    uow.trail.append(
        at=now,
        actor=f"person:{share.owner_id}",
        action=action,
        subject=f"share:{share.id}",
        details={
            "set": share.set_id,
            "with": f"person:{share.mentor_id}",
            "until": share.until.isoformat(),
        },
    )


def _is_start(entry: TrailEntry | None, after: TrailEntry | None) -> bool:
    """Whether the line is only how opening a file began, which the next line tells."""
    if entry is None or after is None or after.action != "opened":
        return False
    return (entry.action, entry.actor, entry.at) == ("read", after.actor, after.at)


def _looked(uow: UnitOfWork, entry: TrailEntry) -> Looked:
    kind, _, number = entry.actor.partition(":")
    person = uow.people.get(int(number)) if kind == "person" else None
    name = person.name if person else entry.actor
    if person and _reviews(uow, person, entry):
        name = ""
    return Looked(name=name, at=entry.at, action=entry.action, details=entry.details)


def _reviews(uow: UnitOfWork, person: Person, entry: TrailEntry) -> bool:
    """Whether somebody looked as a reviewer, whose name the candidate is not told."""
    if entry.details.get("as") == Role.REVIEWER:
        return True
    return entry.action == "read-dossier" and not set(STAFF) & uow.roles.of(person)
