"""Staff whose room is a mail address: cards go there, and each replies from their own address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.messages import Address
from bot.domain.people import Candidate
from bot.domain.rights import Role
from bot.domain.rules import Route
from channels.markup import plain_text
from tests.carded import announced
from tests.cast import ADA, DOT, REV, SAL
from tests.desk import House
from tests.flows.town import PlainReader
from tests.linking import mailed
from tests.mailed import Writer, said
from tests.reviewed import reply, submitted

ROOM = Address(channel="email", value="staff@example.org")
LIV = ("Liv Aas", "liv@example.org")
CARD, QUESTION = "submission:1", "question:1"


@pytest.fixture
def house(knowledge: Knowledge, tmp_path: Path) -> Iterator[House]:
    """A Carrel with a reviewer and two of staff, who have a mail address together."""
    made = House(knowledge, tmp_path)
    made.desk = replace(made.desk, reader=PlainReader())
    made.appoint(*REV, Role.REVIEWER)
    for person in (SAL, LIV):
        made.appoint(*person, Role.STAFF)
    yield made
    made.database.close()


@pytest.fixture
def ada(house: House) -> Candidate:
    """Ada, who has submitted a certificate and asked something; the staff were mailed of both."""
    candidate = house.enrol(ADA)
    submitted(house, candidate, "technology", route=Route.COURSE)
    reply(house, ADA.email, "ask staff: Is there a parking fee?")
    announced(house, ROOM)
    return candidate


def card(house: House, name: str) -> str:
    """The Message-ID of that card."""
    with house.transaction() as uow:
        return uow.outbox.receipt_of(name, str(ROOM))


def replies(house: House, who: str, words: str, *, below: str, proved: bool = True) -> str:
    """What is mailed because somebody replies to a card from their own address."""
    writer = Writer(house=house, email=who)
    return said(writer.sends(writer.mail(words, proved=proved, answers=card(house, below))))


def test_a_number_below_a_card_picks_what_stands_there(house: House, ada: Candidate) -> None:
    (mail,) = (m for m in house.mail.sent if m.card == CARD)
    first = mail.reply.choices[0].says

    told = replies(house, REV[1], "1", below=CARD)

    assert first == "claim 1"
    assert "submission 1" in told.lower()


def test_words_below_a_question_s_card_are_shown_once_more_and_then_go_to_the_asker(
    house: House, ada: Candidate
) -> None:
    shown = replies(house, SAL[1], "No, parking is free.", below=QUESTION)
    assert "Nothing is done yet" in shown
    assert "No, parking is free." not in " ".join(house.heard(ADA.email))

    Writer(house=house, email=SAL[1]).replies("1", proved=True)

    assert "No, parking is free." in house.heard(ADA.email)[-1]


def test_the_second_of_two_who_answer_is_told_so(house: House, ada: Candidate) -> None:
    for who in (SAL, LIV):
        replies(house, who[1], "answer 1: No, it is free.", below=QUESTION)

    assert "Sal Moreau answered question 1" in mailed(house, LIV[1])[-1]


def test_who_has_no_role_cannot_reply_to_a_card(house: House, ada: Candidate) -> None:
    for who in (ADA.email, DOT):
        told = replies(house, who, "1", below=CARD)

        assert "dossier" not in told.lower()
        told = replies(house, who, "No, parking is free.", below=QUESTION)
        assert "Nothing is done yet" not in told


def test_a_reply_that_anybody_may_have_written_decides_nothing(
    house: House, ada: Candidate
) -> None:
    for words in ("1", "No, parking is free.", "answer 1: No, it is free."):
        told = replies(house, SAL[1], words, below=QUESTION, proved=False)

        assert "Was this mail from you?" in told
    with house.transaction() as uow:
        handed = uow.handovers.get(1)
    assert handed is not None
    assert handed.open
    assert plain_text(house.mail.sent[-1].reply)


def test_a_claim_is_no_reason_for_another_mail_and_a_decision_is(
    house: House, ada: Candidate
) -> None:
    reply(house, REV[1], "claim 1")
    announced(house, ROOM)
    claimed = [mail for mail in house.mail.sent if mail.card == CARD]
    reply(house, SAL[1], "approve 1: It is genuine.")
    announced(house, ROOM)

    decided = [mail for mail in house.mail.sent if mail.card == CARD]

    assert (len(claimed), len(decided)) == (1, 2)


@pytest.mark.parametrize(
    "words", ["approve: the certificate is fine", "approve 1 the certificate is fine"]
)
def test_an_approval_below_a_card_is_of_that_submission_and_shown_once_more(
    house: House, ada: Candidate, words: str
) -> None:
    shown = replies(house, SAL[1], words, below=CARD)

    assert "approve 1: the certificate is fine" in shown
    assert "Nothing is done yet" in shown


@pytest.mark.parametrize(
    "words", ["Looks good to me, please approve. Thanks, Sal", "Approve\n\nSal", "I approve"]
)
def test_an_approval_without_a_reason_is_told_the_form(
    house: House, ada: Candidate, words: str
) -> None:
    assert "approve 1: " in replies(house, SAL[1], words, below=CARD)


@pytest.mark.parametrize("words", ["I would not approve this.", "approve 7 it is fine"])
def test_other_words_below_a_card_approve_nothing(house: House, ada: Candidate, words: str) -> None:
    assert "Nothing is done yet" not in replies(house, SAL[1], words, below=CARD)
