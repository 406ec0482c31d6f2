"""What happens when staff press what is on a card, or reply below it, where others read along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.people import Candidate
from bot.domain.rights import Role
from bot.domain.rules import Route
from bot.domain.submission import Stage
from channels.markup import plain_text
from handlers.window import DeskWindow
from tests.carded import (
    ROOM,
    alone,
    announced,
    cards,
    in_room,
    pressed,
    receipt,
    shown,
    told_in_room,
)
from tests.cast import ADA, BEA, DOT, REV, SAL
from tests.desk import House
from tests.flows.props import prop
from tests.flows.races import at_once
from tests.flows.town import PlainReader
from tests.reviewed import reply, stored, submitted

LIV = ("Liv Aas", "liv@example.org")
CARD, QUESTION = "submission:1", "question:1"
PARKING = "Is there a parking fee at the workshop?"


@pytest.fixture
def house(knowledge: Knowledge, tmp_path: Path, shared_url: str) -> Iterator[House]:
    """A Carrel on a database that several workers share, with a reviewer and two of staff."""
    made = House(knowledge, tmp_path, url=shared_url)
    made.desk = replace(made.desk, reader=PlainReader())
    made.appoint(*REV, Role.REVIEWER)
    for person in (SAL, LIV):
        made.appoint(*person, Role.STAFF)
    yield made
    made.database.close()


@pytest.fixture
def ada(house: House) -> Candidate:
    """Ada, who has submitted a certificate and asked something; the room knows of both."""
    candidate = house.enrol(ADA)
    house.enrol(BEA)
    submitted(house, candidate, "technology", route=Route.COURSE)
    reply(house, ADA.email, f"ask staff: {PARKING}")
    announced(house)
    return candidate


def test_of_two_who_press_at_once_one_decides_and_the_card_tells_who(
    house: House, ada: Candidate
) -> None:
    told = at_once(
        house,
        pressed(house, SAL[1], "approve 1: It is in order."),
        pressed(house, LIV[1], "approve 1: It is in order."),
    )
    announced(house)

    decision = stored(house, 1).decision
    assert decision is not None
    winner, loser = (SAL, LIV) if decision.name == SAL[0] else (LIV, SAL)
    assert told[winner[1]].startswith("Decided: submission 1 (Technology)")
    assert f"{winner[0]} decided submission 1 on Saturday, 21 November 2026" in told[loser[1]]
    assert f"- Decided: approved, by {winner[0]} on " in shown(house, CARD)
    assert len(cards(house, CARD)) == 2
    with house.transaction() as uow:
        lines = [line.action for line in uow.trail.entries(subject=CARD)]
    assert lines.count("decided") == 1


def test_a_double_click_decides_once(house: House, ada: Candidate) -> None:
    for _ in range(2):
        house.deliver(pressed(house, SAL[1], "approve 1: It is in order."))
    announced(house)

    first, second = alone(house, SAL[1])[-2:]
    assert first.startswith("Decided: submission 1 (Technology)")
    assert second.startswith("Sal Moreau decided submission 1 on ")
    assert len([text for text in house.heard(ADA.email) if text.startswith("Approved: ")]) == 1
    assert len(cards(house, CARD)) == 2


def test_who_may_not_is_refused_alone_and_the_card_stays(house: House, ada: Candidate) -> None:
    before = told_in_room(house)
    for who in (REV[1], BEA.email, DOT):
        house.deliver(pressed(house, who, "approve 1: It is in order."))
    announced(house)

    assert "takes the role staff" in alone(house, REV[1])[-1]
    assert "takes the role staff" not in " ".join(told_in_room(house)[len(before) :])
    assert stored(house, 1).stage is Stage.WAITING
    assert len(cards(house, CARD)) == 1


def test_a_reply_below_the_card_reaches_the_asker_once(house: House, ada: Candidate) -> None:
    before = len(house.heard(ADA.email))
    house.deliver(in_room(house, SAL[1], "No, parking is free.", below=QUESTION))
    announced(house)

    (answer,) = house.heard(ADA.email)[before:]
    assert answer.startswith("Sal Moreau of the staff replies to your question 1")
    assert "No, parking is free." in answer
    assert "Sal Moreau answered on " in shown(house, QUESTION)
    assert "No, parking is free." not in " ".join(told_in_room(house))


@pytest.mark.parametrize(
    "said", ["link 7J2F-QQZW", "7J2F-QQZW", "Send me this: link 7J2F-QQZW. It works once."]
)
def test_a_code_that_staff_write_below_the_card_goes_to_the_asker(
    house: House, ada: Candidate, said: str
) -> None:
    house.deliver(in_room(house, SAL[1], said, below=QUESTION))

    assert said in house.heard(ADA.email)[-1]


def test_a_second_reply_is_told_that_it_comes_late(house: House, ada: Candidate) -> None:
    house.deliver(in_room(house, SAL[1], "No, parking is free.", below=QUESTION))
    before = len(house.heard(ADA.email))
    house.deliver(in_room(house, LIV[1], "Yes, five dollars.", below=QUESTION))

    assert alone(house, LIV[1])[-1].startswith("Sal Moreau answered question 1 on 21 November 2026")
    assert len(house.heard(ADA.email)) == before


def test_words_of_somebody_who_may_not_answer_are_met_with_silence(
    house: House, ada: Candidate
) -> None:
    before = len(house.channel.sent)
    house.deliver(in_room(house, REV[1], "I think it is free.", below=QUESTION))
    house.deliver(in_room(house, DOT, "I think it is free.", below=QUESTION))
    announced(house)

    assert len(house.channel.sent) == before
    assert "Nobody has taken it" in shown(house, QUESTION)


def test_talk_below_a_submissions_card_is_for_colleagues(house: House, ada: Candidate) -> None:
    before = len(house.channel.sent)
    for words in ("Who takes it?", "approve 1: It is in order."):
        house.deliver(in_room(house, SAL[1], words, below=CARD))

    assert len(house.channel.sent) == before
    assert stored(house, 1).stage is Stage.WAITING


def test_a_note_below_a_question_is_for_colleagues(house: House, ada: Candidate) -> None:
    before = len(house.channel.sent)
    house.deliver(in_room(house, SAL[1], "Note: I shall ask the workshop.", below=QUESTION))
    reply(house, LIV[1], "answer 1: No, parking is free.")
    house.clock.forward(timedelta(seconds=1))
    announced(house)
    between = len(house.channel.sent)
    house.deliver(in_room(house, SAL[1], "note: Thank you.", below=QUESTION))

    assert not any("ask the workshop" in plain_text(m.reply) for m in house.channel.sent[before:])
    assert len(house.channel.sent) == between


@pytest.mark.parametrize(
    "begins",
    ["*note:*", "_Note:_", "> note:", "\u2022 note:", ":memo: NOTE:", "(note: ", "*note*:"],
)
def test_a_note_may_be_bold_quoted_or_in_a_list(house: House, ada: Candidate, begins: str) -> None:
    before = len(house.channel.sent)
    house.deliver(in_room(house, SAL[1], f"{begins} ask the workshop", below=QUESTION))

    assert len(house.channel.sent) == before


def test_a_correction_of_what_was_answered_is_told_to_be_too_late(
    house: House, ada: Candidate
) -> None:
    reply(house, LIV[1], "answer 1: It is 5 dollars.")
    house.clock.forward(timedelta(seconds=1))
    before = len(house.heard(ADA.email))
    said = in_room(house, LIV[1], "answer: No, it is free.", below=QUESTION)
    house.deliver(replace(said, apart=True))

    assert any("Nothing was sent now" in told for told in house.heard(LIV[1])[-2:])
    assert len(house.heard(ADA.email)) == before


def test_a_stranger_who_answers_is_asked_to_connect(house: House, ada: Candidate) -> None:
    house.deliver(house.message(DOT, "answer 1"))

    assert "I do not know yet who you are" in house.heard(DOT)[-1]


def test_what_is_said_to_carrel_below_a_question_is_no_reply(house: House, ada: Candidate) -> None:
    before = len(house.heard(ADA.email))
    said = in_room(house, SAL[1], "How much does it cost to apply?", below=QUESTION)
    house.deliver(replace(said, apart=True))

    assert "350" in told_in_room(house)[-1]
    assert len(house.heard(ADA.email)) == before


@pytest.mark.parametrize("apart", [True, False])
@pytest.mark.parametrize("begins", ["answer:", "Reply :"])
def test_a_reply_may_say_that_it_is_one(
    house: House, ada: Candidate, begins: str, apart: bool
) -> None:
    said = in_room(house, SAL[1], f"{begins} No, parking is free.", below=QUESTION)
    house.deliver(replace(said, apart=apart))

    assert "\n\nNo, parking is free." in house.heard(ADA.email)[-1]


def test_what_is_said_below_a_question_once_it_was_answered_is_no_reply(
    house: House, ada: Candidate
) -> None:
    house.deliver(in_room(house, SAL[1], "No, parking is free.", below=QUESTION))
    house.clock.forward(timedelta(seconds=1))
    before = len(house.heard(ADA.email)), len(alone(house, LIV[1]))
    house.deliver(in_room(house, LIV[1], "Since May it is five dollars.", below=QUESTION))

    assert (len(house.heard(ADA.email)), len(alone(house, LIV[1]))) == before


def test_a_question_is_listened_below_until_it_is_answered(house: House, ada: Candidate) -> None:
    window = DeskWindow(house.desk, house.transaction)
    below, liv = f"{ROOM}/{receipt(house, QUESTION)}", house.address(LIV[1])
    assert window.takes_part(liv, below)
    assert not window.takes_part(house.address(REV[1]), below)
    reply(house, SAL[1], "answer 1: No, parking is free.")

    assert not window.takes_part(liv, below)


@pytest.mark.parametrize("words", ["", "See the map.", "for TECH-8"])
def test_a_file_below_a_question_is_refused_and_neither_kept_nor_sent(
    house: House, ada: Candidate, tmp_path: Path, words: str
) -> None:
    before = len(house.heard(ADA.email))
    for who in (SAL[1], BEA.email):
        said = in_room(house, who, words, below=QUESTION)
        attached = house.attach(prop("printer-guide.pdf", tmp_path))
        house.deliver(replace(said, attachments=(attached,)))

    assert "a reply is words alone. Nothing was sent, and no file" in alone(house, SAL[1])[-1]
    assert told_in_room(house) == ["I answer you in private."]
    assert len(house.heard(ADA.email)) == before
    assert "printer-guide.pdf" not in reply(house, BEA.email, "files")
    with house.transaction() as uow:
        asked = uow.handovers.get(1)
        assert asked is not None
        assert asked.open


def test_a_file_below_an_answered_question_is_its_senders_own(
    house: House, ada: Candidate, tmp_path: Path
) -> None:
    reply(house, SAL[1], "answer 1: No, parking is free.")
    house.clock.forward(timedelta(seconds=1))
    said = in_room(house, BEA.email, "for TECH-8", below=QUESTION)
    attached = house.attach(prop("printer-guide.pdf", tmp_path))
    house.deliver(replace(said, attachments=(attached,)))

    assert "printer-guide.pdf" in reply(house, BEA.email, "files")


def test_of_two_replies_at_once_one_is_sent(house: House, ada: Candidate) -> None:
    before = len(house.heard(ADA.email))
    at_once(
        house,
        in_room(house, SAL[1], "No, parking is free.", below=QUESTION),
        in_room(house, LIV[1], "Yes, five dollars.", below=QUESTION),
    )

    assert len(house.heard(ADA.email)) == before + 1
    late = [who for who in (SAL[1], LIV[1]) if "Nothing was sent now." in alone(house, who)[-1]]
    assert len(late) == 1
