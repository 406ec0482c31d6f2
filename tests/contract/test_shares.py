"""Shares, comments, and files that somebody offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.domain.people import Person
from bot.domain.sharing import Offer, OfferState
from bot.ports import UnitOfWork
from tests.contract.examples import NOW, later, offer, person
from tests.contract.reviewing import at_once


def offered(
    unit: UnitOfWork, owner: Person, sender: Person, *, sha256: str = "ab", name: str = "letter"
) -> Offer:
    return unit.shares.offer(offer(owner, sender, sha256=sha256, name=name))


def test_a_share_is_seen_from_both_sides(unit: UnitOfWork) -> None:
    with unit:
        ada, bea, carl = (person(unit, name) for name in ("Ada", "Bea", "Carl"))
        one = unit.shares.add(ada, bea, set_id="A", until=later(60), at=NOW)
        two = unit.shares.add(ada, carl, set_id="", until=later(60), at=NOW)

        assert unit.shares.get(one.id) == one
        assert (one.owner_id, one.mentor_id, one.set_id) == (ada.id, bea.id, "A")
        assert unit.shares.by(ada) == (one, two)
        assert unit.shares.with_(carl) == (two,)
        assert unit.shares.by(bea) == ()


def test_a_share_is_revoked_once_and_stays_listed(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit, "Ada"), person(unit, "Bea")
        share = unit.shares.add(ada, bea, set_id="", until=later(60), at=NOW)

        assert unit.shares.revoke(share, at=later(5))
        assert not unit.shares.revoke(share, at=later(6))
        assert unit.shares.with_(bea) == (replace(share, revoked_at=later(5)),)


def test_comments_are_kept_in_order_with_their_author(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit, "Ada"), person(unit, "Bea")
        share = unit.shares.add(ada, bea, set_id="", until=later(60), at=NOW)
        said = [
            unit.shares.comment(share, who, section="A-1", text=words, set_id="A", at=NOW)
            for who, words in ((bea, "Good."), (ada, "Thanks."))
        ]

        assert unit.shares.comments(ada) == tuple(said)
        assert [one.author for one in said] == ["Bea", "Ada"]
        assert {one.owner_id for one in said} == {ada.id}
        assert unit.shares.comments(bea) == ()


def test_the_same_bytes_of_the_same_person_are_one_offer(unit: UnitOfWork) -> None:
    with unit:
        ada, bea, carl = (person(unit, name) for name in ("Ada", "Bea", "Carl"))
        first = offered(unit, ada, bea)
        again = offered(unit, ada, bea, name="other name")
        theirs = offered(unit, ada, carl)
        other = offered(unit, ada, bea, sha256="cd")

        assert again == first
        assert unit.shares.offers(ada) == (first, theirs, other)
        assert unit.shares.get_offer(other.id) == other
        assert unit.shares.offers(bea) == ()


def test_an_offer_is_settled_once(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit, "Ada"), person(unit, "Bea")
        offer = offered(unit, ada, bea)

        assert unit.shares.settle(offer, OfferState.DECLINED, at=later(1))
        assert not unit.shares.settle(offer, OfferState.ACCEPTED, at=later(2))
        assert unit.shares.get_offer(offer.id) == replace(
            offer, state=OfferState.DECLINED, settled_at=later(1)
        )


def test_of_several_clicks_on_accept_one_counts(shared: Callable[[], UnitOfWork]) -> None:
    with shared() as unit:
        offer = offered(unit, person(unit, "Ada"), person(unit, "Bea"))
        unit.commit()

    def accept(_: int) -> bool:
        with shared() as own:
            settled = own.shares.settle(offer, OfferState.ACCEPTED, at=NOW)
            own.commit()
        return settled

    assert at_once(accept).count(True) == 1
