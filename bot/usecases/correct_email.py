"""Put another e-mail address on record for somebody whose old one is wrong or gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.messages import Address
from bot.domain.people import UNKNOWN_ZONE, Person
from bot.errors import NotFound, Refused
from bot.phrases.losing import told_corrected
from bot.ports import UnitOfWork
from bot.usecases.change_enrolment import check_name
from bot.usecases.enrol import check_person, known_by
from bot.usecases.follow_declined import follow_declined
from bot.usecases.identify import with_email
from bot.usecases.link_address import note
from bot.usecases.tell import on_record, places_of, reached_at, redirect, tell_at
from bot.usecases.unreached import mark_reach


def correct_email(uow: UnitOfWork, name: str, old: str, *, new: str, now: datetime) -> Person:
    """The person, whoever it is, with the new address on record; they are told at all they have.

    Whoever reads the old mailbox is nobody Carrel knows any more: what it proved is undone, codes
    and the private address are void, and what waits goes to where the person is now. `Refused` when
    the new address is no address, or anybody's.
    """
    before = with_email(uow, old)
    if before is None:
        raise NotFound(f"Nobody is known by {old.strip()}: give the address that is on record now.")
    check_name(before, name)
    check_person(before.name, email=new, time_zone=UNKNOWN_ZONE)
    _check_free(uow, before, new)
    mark_reach(uow, before, now=now)  # while what came back from there is known as theirs
    follow_declined(uow, before, on_record(replace(before, email=new.strip().lower())))
    after = uow.people.readdress(before, new)
    if _gives_up(uow, before, now=now):
        instead = reached_at(uow, after, now=now)
        redirect(uow, after, on_record(before), instead, now=now, due=now)
    note(uow, after, "email-corrected", now=now, actor="operator", details={"channel": "email"})
    key = f"email-corrected:{after.id}:{now.isoformat()}"
    tell_at(uow, places_of(uow, after), told_corrected(after.email), key=key, now=now)
    return after


def _check_free(uow: UnitOfWork, person: Person, new: str) -> None:
    email = new.strip().lower()
    owner = uow.people.at(Address(channel="email", value=email)) or known_by(uow, email)
    if email == person.email:
        raise Refused(f"{email} is the address of {person.name} already; nothing was changed.")
    if owner is not None and owner.id != person.id:
        raise Refused(f"{email} is the address of {owner.name}; nothing was changed.")


def _gives_up(uow: UnitOfWork, before: Person, *, now: datetime) -> bool:
    """The old address, which stays known as one of theirs, so that erasing them finds it.

    False where somebody else proved it: what waits for it is that other person's.
    """
    uow.links.void(before, at=now)
    uow.private_tokens.drop(before)
    place = on_record(before)
    owner = uow.people.at(place)
    if owner is not None and owner.id != before.id:
        return False
    uow.people.connect(before, place, at=now)
    uow.people.disconnect(place)
    return True
