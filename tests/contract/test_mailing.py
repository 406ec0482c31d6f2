"""What is kept for e-mail, on each database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.bouncing import Bounce
from bot.domain.messages import Address, Envelope, InboundMessage, OutboundMessage
from bot.domain.pacing import Answer
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
        assert unit.mailboxes.place("in") is None
        for place in (first, first, replace(first, uidvalidity=1, next_uid=2**32)):
            unit.mailboxes.keep("in", place)
            assert unit.mailboxes.place("in") == place
        assert unit.mailboxes.place("other") is None


def test_a_person_has_one_private_token_that_is_nobody_else_s(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit), person(unit, "Bea Example")
        assert unit.private_tokens.of(ada) == ""
        assert unit.private_tokens.first(ada, "FIRST", at=NOW) == "FIRST"
        assert unit.private_tokens.first(ada, "OTHER", at=NOW) == "FIRST"
        assert unit.private_tokens.first(bea, "FIRST", at=NOW) == ""
        unit.private_tokens.renew(ada, "SECOND", at=NOW)

        assert unit.private_tokens.of(ada) == "SECOND"
        assert unit.private_tokens.owner("SECOND") == ada
        assert unit.private_tokens.owner("FIRST") is None
        unit.private_tokens.drop(ada)
        assert unit.private_tokens.owner("SECOND") is None


def test_what_private_addresses_look_like_is_what_was_told_last(unit: UnitOfWork) -> None:
    with unit:
        assert unit.private_tokens.form("email") == ""
        unit.private_tokens.keep_form("email", "a+{token}@example.org")
        unit.private_tokens.keep_form("email", "b+{token}@example.org")
        assert unit.private_tokens.form("email") == "b+{token}@example.org"
        assert unit.channels.invitations() == {}


def test_a_held_mail_is_ended_by_one_only(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        unit.held_mails.hold(held(ada, told=0))

        assert unit.held_mails.get("h", now=later(99)) == held(ada, told=0)
        assert unit.held_mails.end("h", now=NOW) == mail()
        assert unit.held_mails.end("h", now=NOW) is None
        assert unit.held_mails.get("h", now=NOW) is None
        assert unit.held_mails.of(ada, now=NOW) == ()
        assert unit.held_mails.asked_since(ada, since=later(-1)) == 1


def test_a_held_mail_waits_so_long_and_its_bytes_with_it(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit), person(unit, "Bea Example")
        unit.held_mails.hold(held(ada, "b", at=1, told=1))
        unit.held_mails.hold(held(ada, "a", told=0))
        unit.held_mails.hold(held(bea, "c", told=0))

        assert [one.code_hash for one in unit.held_mails.of(ada, now=NOW)] == ["a", "b"]
        assert unit.held_mails.end("a", now=later(100)) is None
        assert unit.erasure.bytes_of(bea) == {HASH}
        assert unit.held_mails.forget(now=later(100)) == {HASH}
        assert unit.erasure.unheld([HASH]) == frozenset()
        assert unit.held_mails.end("b", now=later(100)) == mail()
        assert unit.erasure.unheld([HASH]) == {HASH}


def test_a_discarded_mail_waits_no_more_and_its_bytes_go_with_it(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        unit.held_mails.hold(held(ada, told=0))

        assert unit.held_mails.discard("h", now=NOW)
        assert not unit.held_mails.discard("h", now=NOW)
        assert unit.held_mails.of(ada, now=NOW) == ()
        assert unit.held_mails.end("h", now=NOW) is None
        assert unit.held_mails.forget(now=NOW) == {HASH}
        assert unit.held_mails.forget(now=NOW) == frozenset()
        assert unit.erasure.unheld([HASH]) == {HASH}
        assert unit.held_mails.asked_since(ada, since=later(-1)) == 1


def test_who_is_asked_anew_is_asked_by_another_code(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        unit.held_mails.hold(held(ada))
        until = later(200)
        assert unit.held_mails.ask(held(ada), code_hash="new", at=later(1), expires=until)
        assert not unit.held_mails.ask(held(ada), code_hash="late", at=later(1), expires=until)

        assert unit.held_mails.get("h", now=NOW) is None
        asked = replace(held(ada, "new", told=1), expires=until)
        assert unit.held_mails.of(ada, now=later(199)) == (asked,)
        assert unit.held_mails.of(ada, now=until) == ()


def test_a_held_mail_that_nobody_was_asked_about_does_not_expire(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit), person(unit, "Bea Example")
        unit.held_mails.hold(held(bea, "b", at=1))
        unit.held_mails.hold(held(ada, "a"))
        unit.held_mails.hold(held(ada, "c", at=2, told=2))

        assert unit.held_mails.not_asked(limit=9) == (ada.id, bea.id)
        assert unit.held_mails.not_asked(limit=1) == (ada.id,)
        unit.held_mails.forget(now=later(999))
        assert unit.held_mails.of(ada, now=later(999)) == (held(ada, "a"),)
        assert unit.held_mails.discard("a", now=later(999))
        assert unit.held_mails.not_asked(limit=9) == (bea.id,)
        unit.held_mails.forget(now=later(999))
        assert unit.held_mails.of(ada, now=later(999)) == ()


def test_answers_are_known_until_they_are_forgotten(unit: UnitOfWork) -> None:
    with unit:
        for seconds in (0, 5, 5):
            unit.answers.note("ada", Answer(at=later(seconds), proved=seconds == 0))
        unit.answers.note("bob", Answer(at=later(9), proved=True))

        own = Answer(at=later(5), proved=False)
        assert unit.answers.given("ada", since=later(0)) == (own, own)
        assert unit.answers.given("bob", since=later(0)) == (Answer(at=later(9), proved=True),)
        assert len(unit.answers.given("ada", since=later(-1))) == 3
        assert unit.answers.forget(until=later(5)) == 3
        assert unit.answers.given("ada", since=later(-1)) == ()


def test_a_bounce_counts_once_a_hard_one_in_place_of_a_soft_one(unit: UnitOfWork) -> None:
    soft, hard = Bounce(hard=False, at=NOW), Bounce(hard=True, at=later(5))
    with unit:
        assert unit.bounces.note(ADA, hard, receipt="2", why="gone")
        assert unit.bounces.note(ADA, soft, receipt="1", why="full")
        assert not unit.bounces.note(ADA, soft, receipt="1", why="full")
        assert not unit.bounces.note(ADA, soft, receipt="2", why="full")
        assert unit.bounces.of(ADA) == (soft, hard)
        assert unit.bounces.note(ADA, hard, receipt="1", why="gone")
        assert not unit.bounces.note(ADA, hard, receipt="1", why="gone")

        assert unit.bounces.of(ADA) == (hard, hard)
        assert unit.bounces.of(BOB) == ()
        assert unit.bounces.forget(ADA)
        assert not unit.bounces.forget(ADA)


def test_what_is_declined_at_an_address_is_wanted_elsewhere(unit: UnitOfWork) -> None:
    with unit:
        unit.wanted_kinds.decline(ADA, "changes")
        unit.wanted_kinds.decline(ADA, "changes")

        assert not unit.wanted_kinds.wants(ADA, "changes")
        assert unit.wanted_kinds.wants(ADA, "comments")
        assert unit.wanted_kinds.wants(BOB, "changes")
        unit.wanted_kinds.accept(ADA, "changes")
        unit.wanted_kinds.accept(ADA, "changes")
        assert unit.wanted_kinds.wants(ADA, "changes")


def test_a_mail_is_known_by_its_id_or_the_beginning_of_it_where_it_went(unit: UnitOfWork) -> None:
    shouted = Address(channel="email", value="ADA@example.org")
    with unit:
        sent(unit, f"<{LEFT}@example.org>")

        whole = f"<{LEFT}@example.org>"
        for receipt in (whole, f"{LEFT}@example.org", LEFT[:20], LEFT.upper()):
            assert unit.sent_mails.receipt(ADA, receipt) == whole
            assert unit.sent_mails.receipt(shouted, receipt) == whole
            assert unit.sent_mails.receipt(BOB, receipt) == ""
            assert unit.sent_mails.receiver("email", receipt) == ADA
            assert unit.sent_mails.receiver("talk", receipt) is None
        for receipt in ("", "<", "%", LEFT[:19], f"_{LEFT[1:]}", f"%{LEFT[1:]}", "f" * 20):
            assert unit.sent_mails.receipt(ADA, receipt) == ""
            assert unit.sent_mails.receiver("email", receipt) is None


def test_a_card_is_known_by_its_id_in_whatever_room(unit: UnitOfWork) -> None:
    with unit:
        card = sent(unit, "<c@x>", BOB, card="question:1")
        sent(unit, "<m@x>")

        assert unit.sent_mails.card("email", "<c@x>") == card
        assert unit.sent_mails.card("talk", "<c@x>") is None
        assert unit.sent_mails.card("email", "<m@x>") is None
        assert unit.sent_mails.card("email", "") is None


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
