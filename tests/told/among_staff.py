"""What the staff are told when something happens: singly, on cards in their room, once a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.domain.messages import Address
from bot.domain.notices import happenings as kinds
from bot.domain.rights import Role
from bot.usecases.note_bounce import note_refused
from bot.usecases.staff_digest import digest_staff
from handlers.window import DeskWindow
from tests.carded import ROOM, announced, cards
from tests.cast import ADA, BEA, REV, ROB, SAL
from tests.desk import House
from tests.reviewed import appealable, reply, staffed
from tests.submitted import fill
from tests.told.by_clock import handed_in
from tests.told.happening import PARKING, rated
from tests.told.seen import Scene, Seen, seen, told_by

LATER = datetime(2027, 1, 11, 15, 0, tzinfo=UTC)  # a Monday, when the office opens
to_sal = partial(told_by, to=SAL[1], zone="UTC")


def _ready(house: House) -> Iterator[Seen]:
    house.enrol(ADA)
    staffed(house)
    fill(house, ADA.email, house.desk.program)
    do = partial(house.say, ADA.email, "submit technology")
    yield told_by(house, "a set was submitted", do, to=REV[1], zone="UTC")
    for who in (REV[1], ROB[1]):
        reply(house, who, "claim 1")
    reply(house, REV[1], "rate 1 the rest met")
    do = partial(house.say, ROB[1], "rate 1 the rest met")
    yield to_sal(house, "everything is rated", do)


def _outcomes(house: House) -> Iterator[Seen]:
    handed_in(house)
    rated(house)
    do = partial(house.say, SAL[1], "approve 1: All is there.")
    yield told_by(house, "to a reviewer: it was decided", do, to=REV[1], zone="UTC")


def _withdrawn(house: House) -> Iterator[Seen]:
    handed_in(house)
    do = partial(house.say, ADA.email, "withdraw submission 1")
    yield told_by(house, "to a reviewer: it was withdrawn", do, to=REV[1], zone="UTC")


def _appeals(house: House) -> Iterator[Seen]:
    appealable(house)
    reply(house, ADA.email, "notice 1")
    yield to_sal(house, "notice was given", partial(house.say, ADA.email, "file notice 1"))
    house.clock.forward(timedelta(days=3))
    do = partial(house.say, ADA.email, "reasons filed appeal 1: Sent by mail.")
    yield to_sal(house, "the reasons were filed", do)


def _asked(house: House) -> Iterator[Seen]:
    house.enrol(ADA)
    house.appoint(*SAL, Role.STAFF)
    yield to_sal(house, "Ada asks", partial(house.say, ADA.email, f"ask staff: {PARKING}"))


def _undeliverable(house: House) -> Iterator[Seen]:
    house.enrol(BEA)
    staffed(house)
    yield to_sal(house, "where the staff have no room", partial(lose_bea, house))


def lose_bea(house: House, *rooms: Address) -> None:
    """Bea has nothing but an address on record, and a server says that nobody is there."""
    mail = Address(channel="email", value=BEA.email)
    with house.transaction() as uow:
        uow.people.disconnect(house.address(BEA.email))
        note_refused(uow, house.desk.program, mail, why="550 5.1.1", rooms=rooms, now=house.clock())
        uow.commit()


def _unreached_card(house: House) -> Iterator[Seen]:
    bea = house.enrol(BEA)
    staffed(house)
    lose_bea(house, ROOM)
    announced(house)
    card = cards(house, f"unreached:{bea.person.id}")[-1]
    yield seen(house, "where they have one, as a card", card, zone="UTC")


def _set_aside(house: House) -> Iterator[Seen]:
    house.appoint(*SAL, Role.STAFF)
    window = DeskWindow(house.desk, house.transaction)

    def do() -> None:
        window.set_aside("k1", sender="eve@example.org", why="nested too deep")

    yield to_sal(house, "a mail was set aside", do)


def _staff_digest(house: House) -> Iterator[Seen]:
    """Everything that there can be in it, but for broadcasts and channels in trouble."""
    house.enrol(BEA)
    handed_in(house)
    reply(house, REV[1], "claim 1")
    house.clock.forward(LATER - timedelta(days=2) - house.clock())
    lose_bea(house, ROOM)
    house.say(ADA.email, f"ask staff: {PARKING}")
    house.say(ADA.email, "Does the program pay for a hamster wheel?")
    house.clock.forward(LATER - house.clock())

    def do() -> None:
        assert digest_staff(house.transaction(), house.desk, (), now=house.clock())

    yield to_sal(house, "on a working day", do)


def _broadcast_draft(house: House) -> Iterator[Seen]:
    house.enrol(ADA)
    staffed(house)
    words = "broadcast to candidates: Dear {name}, the office is closed next week."
    yield to_sal(house, "a draft is shown", partial(house.say, SAL[1], words))
    yield to_sal(house, "and confirmed", partial(house.say, SAL[1], "send broadcast 1"))


AMONG_STAFF: Mapping[str, Scene] = {
    kinds.READY: _ready,
    kinds.OUTCOMES: _outcomes,
    kinds.APPEALS: _appeals,
    kinds.ASKED: _asked,
    kinds.UNDELIVERABLE: _undeliverable,
    kinds.SET_ASIDE: _set_aside,
    kinds.STAFF_DIGEST: _staff_digest,
}
MORE_AMONG_STAFF: Mapping[str, Scene] = {
    f"{kinds.OUTCOMES}, withdrawn": _withdrawn,
    f"{kinds.UNDELIVERABLE}, card": _unreached_card,
    f"{kinds.BROADCASTS}, draft": _broadcast_draft,
}
