"""What is kept for e-mail, on each database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.bouncing import Bounce
from bot.domain.messages import Address, Envelope, InboundMessage, OutboundMessage
from bot.domain.people import Person
from bot.ports import Held, MailboxPlace, UnitOfWork
from tests.contract.examples import HASH, NOW, inbound, later, outbound, person

ADA = Address(channel="email", value="ada@example.org")
BOB = Address(channel="email", value="bob@example.org")
LEFT = "0123456789abcdef0123456789abcdef01234567"


def mail(vendor_id: str = "1", *, proved: bool = False, tag: str = "") -> InboundMessage:
    """A mail from Ada's address."""
    envelope = Envelope(sha256=HASH, proved=proved, tag=tag)
    here = inbound(vendor_id, conversation=str(ADA), channel="email")
    return replace(here, sender=ADA, envelope=envelope)


def held(who: Person, code: str = "h", *, at: float = 0, told: float | None = None) -> Held:
    """A mail that waits for a hundred seconds."""
    return Held(
        code_hash=code,
        person_id=who.id,
        message=mail(),
        at=later(at),
        expires=later(at + 100),
        told_at=later(told) if told is not None else None,
    )


def sent(unit: UnitOfWork, receipt: str, to: Address = ADA, *, card: str = "") -> OutboundMessage:
    """A mail that was sent under that id."""
    message = replace(
        outbound(f"k{receipt}{to}", channel="email"), to=to, conversation=str(to), card=card
    )
    unit.outbox.add(message, due=NOW)
    claimed = unit.outbox.claim(now=NOW, lease_seconds=9, channels=["email"])
    assert claimed is not None
    unit.outbox.sent(claimed, at=NOW, receipt=receipt)
    return message


def test_the_place_in_a_mailbox_is_that_of_the_last_time(unit: UnitOfWork) -> None:
    first = MailboxPlace(uidvalidity=2**32 - 1, next_uid=7, since=NOW)
    with unit:
        assert unit.mailing.place("in") is None
        for place in (first, first, replace(first, uidvalidity=1, next_uid=2**32)):
            unit.mailing.keep_place("in", place)
            assert unit.mailing.place("in") == place
        assert unit.mailing.place("other") is None


def test_a_person_has_one_private_token_that_is_nobody_else_s(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit), person(unit, "Bea Example")
        assert unit.mailing.token_of(ada) == ""
        assert unit.mailing.keep_token(ada, "FIRST", at=NOW)
        assert unit.mailing.keep_token(ada, "SECOND", at=NOW)

        assert not unit.mailing.keep_token(bea, "SECOND", at=NOW)
        assert unit.mailing.token_of(ada) == "SECOND"
        assert unit.mailing.owner_of("SECOND") == ada
        assert unit.mailing.owner_of("FIRST") is None
        unit.mailing.drop_token(ada)
        assert unit.mailing.owner_of("SECOND") is None


def test_a_held_mail_is_ended_by_one_only(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        unit.mailing.hold(held(ada, told=0))

        assert unit.mailing.held("h", now=later(99)) == held(ada, told=0)
        assert unit.mailing.end("h", now=NOW) == mail()
        assert unit.mailing.end("h", now=NOW) is None
        assert unit.mailing.held("h", now=NOW) is None
        assert unit.mailing.held_of(ada, now=NOW) == ()
        assert unit.mailing.asked_since(ada, since=later(-1)) == 1


def test_a_held_mail_waits_so_long_and_its_bytes_with_it(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit), person(unit, "Bea Example")
        unit.mailing.hold(held(ada, "b", at=1))
        unit.mailing.hold(held(ada, "a"))
        unit.mailing.hold(held(bea, "c"))

        assert [one.code_hash for one in unit.mailing.held_of(ada, now=NOW)] == ["a", "b"]
        assert unit.mailing.end("a", now=later(100)) is None
        assert unit.erasure.bytes_of(bea) == {HASH}
        assert unit.mailing.forget_expired(now=later(100)) == 2
        assert unit.erasure.unheld([HASH]) == frozenset()
        assert unit.mailing.end("b", now=later(100)) == mail()
        assert unit.erasure.unheld([HASH]) == {HASH}


def test_answers_to_an_address_are_known_for_a_while(unit: UnitOfWork) -> None:
    with unit:
        for seconds in (0, 5, 5):
            unit.mailing.note_answer(ADA, at=later(seconds))
        unit.mailing.note_answer(BOB, at=later(9))

        assert unit.mailing.answers_to(ADA, since=later(0)) == (later(5), later(5))
        assert unit.mailing.answers_to(BOB, since=later(0)) == (later(9),)


def test_a_bounce_counts_once_and_until_it_is_forgotten(unit: UnitOfWork) -> None:
    soft, hard = Bounce(hard=False, at=NOW), Bounce(hard=True, at=later(5))
    with unit:
        assert unit.mailing.note_bounce(ADA, hard, receipt="2", why="gone")
        assert unit.mailing.note_bounce(ADA, soft, receipt="1", why="full")
        assert not unit.mailing.note_bounce(ADA, hard, receipt="1", why="full")

        assert unit.mailing.bounces(ADA) == (soft, hard)
        assert unit.mailing.bounces(BOB) == ()
        assert unit.mailing.forget_bounces(ADA)
        assert not unit.mailing.forget_bounces(ADA)


def test_what_is_declined_at_an_address_is_wanted_elsewhere(unit: UnitOfWork) -> None:
    with unit:
        unit.mailing.decline(ADA, "changes")
        unit.mailing.decline(ADA, "changes")

        assert not unit.mailing.wants(ADA, "changes")
        assert unit.mailing.wants(ADA, "comments")
        assert unit.mailing.wants(BOB, "changes")
        unit.mailing.accept(ADA, "changes")
        unit.mailing.accept(ADA, "changes")
        assert unit.mailing.wants(ADA, "changes")


def test_a_mail_is_known_by_its_id_or_the_beginning_of_it_where_it_went(unit: UnitOfWork) -> None:
    shouted = Address(channel="email", value="ADA@example.org")
    with unit:
        sent(unit, f"<{LEFT}@example.org>")

        for receipt in (f"<{LEFT}@example.org>", f"{LEFT}@example.org", LEFT[:20], LEFT.upper()):
            assert unit.mailing.was_sent(ADA, receipt)
            assert unit.mailing.was_sent(shouted, receipt)
            assert not unit.mailing.was_sent(BOB, receipt)
        for receipt in ("", "<", "%", LEFT[:19], f"_{LEFT[1:]}", f"%{LEFT[1:]}", "f" * 20):
            assert not unit.mailing.was_sent(ADA, receipt)


def test_a_card_is_known_by_its_id_in_whatever_room(unit: UnitOfWork) -> None:
    with unit:
        card = sent(unit, "<c@x>", BOB, card="question:1")
        sent(unit, "<m@x>")

        assert unit.mailing.card_of("email", "<c@x>") == card
        assert unit.mailing.card_of("talk", "<c@x>") is None
        assert unit.mailing.card_of("email", "<m@x>") is None
        assert unit.mailing.card_of("email", "") is None


def test_what_may_be_anybody_s_waits_apart_from_what_is_its_sender_s(unit: UnitOfWork) -> None:
    with unit:
        unit.inbox.add(mail("forged"), at=NOW)
        unit.inbox.add(mail("own", proved=True), at=NOW)
        unit.inbox.add(mail("forged too"), at=NOW)
        taken = [
            claimed.item.id
            for _ in range(3)
            if (claimed := unit.inbox.claim(now=NOW, lease_seconds=9))
        ]

        assert taken == ["forged", "own"]


def test_a_message_that_has_to_wait_is_not_tried_for_it(unit: UnitOfWork) -> None:
    with unit:
        unit.inbox.add(mail(), at=NOW)
        for seconds in range(3):
            claimed = unit.inbox.claim(now=later(seconds), lease_seconds=9)
            assert claimed is not None
            assert claimed.attempts == 1
            unit.inbox.retry(claimed, at=later(seconds + 1), reason="often", counts=False)


def test_who_gave_an_address_up_is_told_from_who_lost_it(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        assert not unit.people.gave_up(ada, ADA)
        for lost in (True, False):
            unit.people.connect(ada, ADA, at=NOW + timedelta(seconds=1))
            assert not unit.people.gave_up(ada, ADA)
            unit.people.disconnect(ADA, lost=lost)
            assert unit.people.gave_up(ada, ADA) is not lost
