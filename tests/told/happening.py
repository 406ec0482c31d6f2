"""What is told to candidates and their mentors when something happens, as it happens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.domain.notices import happenings as kinds
from bot.domain.rights import Role
from bot.usecases.tell_changes import changes, note_first, tell
from bot.usecases.welcome import welcome
from tests.broadcasting import all_sent
from tests.cast import ADA, ADE, BEA, BEAS_ZONE, MIA, REV, ROB, SAL
from tests.desk import House
from tests.flows.props import prop
from tests.flows.soon import ends_on
from tests.reviewed import appealable, begin_appeal, reply, staffed
from tests.stating import achieve
from tests.submitted import asked_for_more, fill
from tests.told.by_clock import handed_in
from tests.told.seen import Scene, Seen, seen, told_by

PARKING = "Is there a parking fee at the workshop?"
PASSAGE = "appeals#Notice of intent to appeal"


def rated(house: House, *, number: int = 1) -> None:
    """Both reviewers took it on and found everything met."""
    for who in (REV[1], ROB[1]):
        reply(house, who, f"claim {number}")
        reply(house, who, f"rate {number} the rest met")


def shared(house: House) -> None:
    """Ada shares all with Mia."""
    house.enrol(ADA)
    house.appoint(*MIA)
    house.say(ADA.email, f"share everything with {MIA[1]} for 60 days")


def _welcome(house: House) -> Iterator[Seen]:
    bea = house.enrol(BEA)

    def do() -> None:
        with house.transaction() as uow:
            assert welcome(uow, house.desk.program, bea, now=house.clock())
            uow.commit()

    yield told_by(house, "Bea was enrolled", do, to=BEA.email, zone=BEAS_ZONE)


def _received(house: House) -> Iterator[Seen]:
    house.enrol(ADA)
    staffed(house)
    fill(house, ADA.email, house.desk.program)
    house.say(ADA.email, "tell me by email")
    before = len(house.mail.sent)
    house.say(ADA.email, "submit technology")
    yield seen(house, "Ada submitted on another channel", house.mail.sent[before:][-1])


def _started(house: House) -> Iterator[Seen]:
    handed_in(house)
    yield told_by(house, "a reviewer took it on", partial(house.say, REV[1], "claim 1"))


def _decided(house: House) -> Iterator[Seen]:
    handed_in(house)
    rated(house)
    do = partial(house.say, SAL[1], "approve 1: All is there.")
    yield told_by(house, "a set was approved", do)


def _more_wanted(house: House) -> Iterator[Seen]:
    asked_for_more(house)
    said = next(m for m in reversed(house.channel.sent) if m.to.value == ADA.email)
    yield seen(house, "more was asked for", said)


def _course(house: House) -> Iterator[Seen]:
    appealable(house)
    said = next(m for m in reversed(house.channel.sent) if m.to.value == ADA.email)
    yield seen(house, "a course was recommended", said)


def _complete(house: House) -> Iterator[Seen]:
    handed_in(house)
    program = house.desk.program
    for one in (*(s.id for s in program.required_sets), *ADA.electives):
        if one != "technology":
            achieve(house, ADA, one)
    rated(house)
    before = len(house.channel.sent)
    house.say(SAL[1], "approve 1: All is there.")
    last = [m for m in house.channel.sent[before:] if m.to.value == ADA.email][-1]
    yield seen(house, "the last set was approved", last)


def _appeal_news(house: House) -> Iterator[Seen]:
    appealable(house)
    begin_appeal(house)
    house.clock.forward(timedelta(days=3))
    reply(house, ADA.email, "reasons filed appeal 1: Sent by mail.")
    house.clock.forward(timedelta(days=10))
    do = partial(house.say, SAL[1], "appeal step 1 response on 2026-12-02: None will come.")
    yield told_by(house, "a step of theirs was recorded", do)
    do = partial(house.say, SAL[1], "appeal result 1 returned: Look at TECH-3 again.")
    house.say(SAL[1], "appeal step 1 meeting")
    yield told_by(house, "the appeal has ended", do)


def _answered(house: House) -> Iterator[Seen]:
    house.enrol(ADA)
    house.appoint(*SAL, Role.STAFF)
    house.say(ADA.email, f"ask staff: {PARKING}")
    do = partial(house.say, SAL[1], "answer 1: No, parking is free that day.")
    yield told_by(house, "the staff replied", do)


def _comments(house: House) -> Iterator[Seen]:
    shared(house)
    do = partial(house.say, MIA[1], "comment 1: This reads very well.")
    yield told_by(house, "a mentor commented", do)
    do = partial(house.say, ADA.email, "comment share 1: Thank you, Mia.")
    yield told_by(house, "and was answered", do, to=MIA[1], zone="UTC")


def _sharing(house: House) -> Iterator[Seen]:
    house.enrol(ADA)
    house.appoint(*MIA)
    do = partial(house.say, ADA.email, f"share technology with {MIA[1]} for 30 days")
    yield told_by(house, "a set was shared", do, to=MIA[1], zone="UTC")
    do = partial(house.say, ADA.email, "unshare 1")
    yield told_by(house, "and is no more", do, to=MIA[1], zone="UTC")


def _offers(house: House) -> Iterator[Seen]:
    shared(house)
    for name, then in (("notes.txt", "decline offer 1"), ("printer-guide.pdf", "accept offer 2")):
        caption = f"for {ADA.email} TECH-8"
        do = partial(house.send, MIA[1], prop(name, house.folder), caption=caption)
        yield told_by(house, "a mentor offers a file", do)
        do = partial(house.say, ADA.email, then)
        yield told_by(house, f"to whoever offered it: {then}", do, to=MIA[1], zone="UTC")


def _changes(house: House) -> Iterator[Seen]:
    house.enrol(ADA)
    passages = house.desk.index.passages
    with house.transaction() as uow:
        assert note_first(uow, passages, now=house.clock())
        uow.commit()
    house.say(ADA.email, "How many days do I have to give notice of an appeal?")
    new = tuple(
        replace(one, units=("It is due within 20 days.",)) if one.id == PASSAGE else one
        for one in passages
    )

    def do() -> None:
        with house.transaction() as uow:
            found = changes(uow, new)
            assert tell(uow, house.desk.program, found, new, now=house.clock())
            uow.commit()

    yield told_by(house, "a document says something else now", do)


def _broadcasts(house: House) -> Iterator[Seen]:
    house.enrol(ADA)
    staffed(house)
    house.say(SAL[1], "broadcast to candidates: Dear {name}, the office is closed next week.")
    house.say(SAL[1], "send broadcast 1")
    yield told_by(house, "the staff wrote to all candidates", partial(all_sent, house))


def _rights(house: House) -> Iterator[Seen]:
    staffed(house)
    house.appoint(*MIA)
    do = partial(house.say, ADE[1], f"appoint {MIA[1]} reviewer")
    yield told_by(house, "somebody was given a role", do, to=MIA[1], zone="UTC")
    do = partial(house.say, ADE[1], f"dismiss {MIA[1]} reviewer")
    yield told_by(house, "and lost it", do, to=MIA[1], zone="UTC")


def _moved(house: House) -> Iterator[Seen]:
    ada = house.enrol(ADA)
    do = partial(ends_on, house, ada.person, ada.subscription_ends + timedelta(days=365))
    yield told_by(house, "the operator moved the subscription's end", do)


HAPPENING: Mapping[str, Scene] = {
    kinds.WELCOME: _welcome,
    kinds.RECEIVED: _received,
    kinds.STARTED: _started,
    kinds.DECIDED: _decided,
    kinds.COMPLETE: _complete,
    kinds.APPEAL_NEWS: _appeal_news,
    kinds.ANSWERED: _answered,
    kinds.COMMENTS: _comments,
    kinds.SHARING: _sharing,
    kinds.OFFERS: _offers,
    kinds.CHANGES: _changes,
    kinds.BROADCASTS: _broadcasts,
    kinds.RIGHTS: _rights,
    kinds.MOVED: _moved,
}
MORE_HAPPENS: Mapping[str, Scene] = {
    f"{kinds.DECIDED}, more wanted": _more_wanted,
    f"{kinds.DECIDED}, course": _course,
}
