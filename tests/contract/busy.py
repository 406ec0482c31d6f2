"""A candidate who used everything there is, and somebody who shared with her."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.bouncing import Bounce
from bot.domain.knowledge import Status, Turn
from bot.domain.messages import Address, Paragraph, Reply
from bot.domain.pacing import Answer
from bot.domain.people import Person
from bot.domain.rights import Role
from bot.domain.rules import Route
from bot.domain.submission import Stage
from bot.ports import Held, UnitOfWork
from tests.contract.examples import (
    NOW,
    curated,
    enrolled,
    filed_in,
    inbound,
    later,
    offer,
    outbound,
    stored,
)
from tests.contract.reviewing import decided, item, saved, submitted

ADA = Address(channel="talk", value="ada")
MAIL = Address(channel="mail", value="ada.reyes@example.org")
RECORD = Address(channel="email", value="ada.reyes@example.org")
BEA = Address(channel="talk", value="bea")


def two_people(unit: UnitOfWork) -> tuple[Person, Person]:
    """Ada and Bea with all they did; the unit of work must be entered."""
    ada, bea = _ada(unit), _bea(unit)
    _record(unit, ada)
    _shared(unit, ada, bea)
    _talk(unit, ada, bea)
    _mail(unit, ada, bea)
    return ada, bea


def _ada(unit: UnitOfWork) -> Person:
    ada = unit.people.add("Ada Reyes", email="ada.reyes@example.org", time_zone="Asia/Tokyo")
    enrolled(unit, ada, "A", "B")
    for address in (ADA, MAIL):
        unit.people.connect(ada, address, at=NOW)
    unit.links.issue(ada, code_hash="h1", expires=later(9))
    unit.roles.grant(ada, Role.REVIEWER, at=NOW)
    unit.routes.choose(ada, "A", Route.PORTFOLIO)
    return ada


def _mail(unit: UnitOfWork, ada: Person, bea: Person) -> None:
    """What is kept because she mails; some of it in her name by somebody else."""
    unit.private_tokens.first(ada, "ADASPRIVATETOKEN", at=NOW)
    held = replace(inbound("mail"), sender=RECORD, text="I am Ada Reyes.")
    unit.held_mails.hold(
        Held(code_hash="h2", person_id=ada.id, message=held, at=NOW, expires=later(99))
    )
    text = "Written by Ada Reyes, not by me."
    other = replace(held, sender=BEA, conversation=str(BEA), text=text)
    unit.held_mails.hold(
        Held(code_hash="h3", person_id=bea.id, message=other, at=NOW, expires=later(99))
    )
    unit.answers.note(str(RECORD), Answer(at=NOW, proved=True))
    unit.answers.note(f"person:{ada.id}", Answer(at=NOW, proved=True))
    unit.bounces.note(RECORD, Bounce(hard=False, at=NOW), receipt="r", why="full")
    unit.wanted_kinds.decline(RECORD, "comments")


def _bea(unit: UnitOfWork) -> Person:
    bea = unit.people.add("Bea Okafor", email="bea@example.org", time_zone="UTC")
    enrolled(unit, bea, "A")
    unit.people.connect(bea, BEA, at=NOW)
    return bea


def _record(unit: UnitOfWork, ada: Person) -> None:
    file = stored(unit, ada, "Ada's plan.pdf")
    unit.records.change(file, filed_in("A-1"), message_key="m", reason="Ada's words", at=NOW)
    unit.statements.save(ada, "A", ["I am Ada Reyes."], at=NOW)
    unit.statements.write(str(ADA), ada, "A")
    first = unit.submissions.add(
        ada, set_id="A", route=Route.PORTFOLIO, items=(item(name="Ada's plan.pdf"),), at=NOW
    )
    first = saved(unit, decided(first))
    unit.requests.add(ada, submission=first, section="A-2", token="R-1", at=NOW)
    unit.appeals.add(ada, submission=first, decided_on=date(2026, 3, 2), notice="Ada Reyes asks")
    second = unit.submissions.add(
        ada, set_id="A", route=Route.PORTFOLIO, items=(item(),), at=later(9), follows=first
    )
    saved(unit, replace(second, stage=Stage.WITHDRAWN))
    submitted(unit, ada, "B")


def _shared(unit: UnitOfWork, ada: Person, bea: Person) -> None:
    for owner, mentor in ((ada, bea), (bea, ada)):
        share = unit.shares.add(owner, mentor, set_id="", until=later(60), at=NOW)
        for who in (owner, mentor):
            unit.shares.comment(share, who, section="", text="Ada's", set_id="", at=NOW)
        unit.shares.offer(
            offer(owner, mentor, sha256="cd", name="Ada's letter", words="from Ada Reyes")
        )


def _talk(unit: UnitOfWork, ada: Person, bea: Person) -> None:
    unit.inbox.add(inbound(text="I am Ada Reyes"), at=NOW)
    unit.outbox.add(outbound(), due=NOW)
    told = Reply(blocks=(Paragraph(text="Ada Reyes (ada.reyes@example.org) shared a set."),))
    unit.outbox.add(replace(outbound("2"), to=BEA, conversation=str(BEA), reply=told), due=NOW)
    turn = Turn(
        conversation=str(ADA),
        question="Ada's",
        status=Status.ANSWERED,
        passages=("p",),
        at=NOW,
        asker=ADA,
    )
    unit.conversations.remember(turn)
    unit.conversations.remember(replace(turn, asker=None))
    unit.conversations.remember(replace(turn, conversation=str(BEA), question="?", asker=BEA))
    for asker, person in ((ADA, None), (MAIL, ada)):
        unit.handovers.add(asker, str(asker), "Ada's question", person=person, at=NOW)
    hers = unit.handovers.add(BEA, str(BEA), "May I?", person=bea, at=NOW)
    unit.handovers.take(hers.number, ada, at=NOW)
    unit.handovers.answer(hers.number, ada, "You may.", at=NOW)
    unit.curated.add(replace(curated(ada, "May I?"), answer="You may.", handover=hers.number))
