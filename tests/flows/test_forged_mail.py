"""What somebody gains who writes mails in other people's names: nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.limits import MOST_OF_NOBODY
from bot.domain.messages import InboundMessage
from bot.domain.pacing import Answer
from bot.domain.proving import reply_tag
from bot.domain.rights import Role
from bot.usecases.link_address import issue_code
from bot.usecases.receive_message import REPLIES_FOR
from bot.usecases.sweep import sweep
from handlers.answering_mail import MOST_TO_ANYBODY
from handlers.pipeline import Pipeline
from tests.cast import ADA, BEA, DOT, SAL
from tests.desk import LEASE, House
from tests.mailed import Writer, newest, said

SHARE = f"share Technology with {BEA.email} for 300 days"
YES = "Was this mail from you?"


@pytest.fixture
def ada(home: House) -> Writer:
    """Ada, whose mail address is connected."""
    writer = Writer(house=home)
    writer.says("files", proved=True)
    return writer


def below(message: InboundMessage) -> InboundMessage:
    """The same as a reply to somebody else's mail."""
    assert message.envelope
    thread = "<lunch@example.net> <own@example.org>"
    return replace(message, thread=thread, envelope=replace(message.envelope, reply=True))


def disowned(message: InboundMessage) -> InboundMessage:
    """The same as our own server found that its sender is forged."""
    assert message.envelope
    return replace(message, envelope=replace(message.envelope, disowned=True))


def waiting(house: House) -> int:
    """How many mails wait for Ada's word."""
    with house.transaction() as uow:
        person = uow.people.find(ADA.email)
        assert person is not None
        return len(uow.held_mails.of(person, now=house.clock()))


def test_a_number_of_hers_confirms_a_forged_mail_only_as_a_reply_to_what_asks_about_it(
    home: House, ada: Writer
) -> None:
    assert YES in ada.says(SHARE)
    asked = newest(home)

    assert "share" not in ada.says("1", proved=True)
    ada.sends(below(ada.mail("1", proved=True)))
    ada.sends(below(ada.mail("Yes", proved=True)))
    assert waiting(home) == 1

    ada.sends(ada.mail("1", proved=True, answers=asked))
    assert waiting(home) == 0


def test_a_number_below_somebody_else_s_mail_picks_nothing_of_what_she_was_offered(
    ada: Writer,
) -> None:
    ada.says("Is there parking on the moon?", proved=True)
    told = said(ada.sends(below(ada.mail("1", proved=True))))
    assert "nothing with that number" in told

    ada.says("Is there parking on the moon?", proved=True)
    assert "question 1" in ada.says("1", proved=True)


def test_what_a_forged_question_is_answered_with_is_no_list_for_her_next_number(
    ada: Writer,
) -> None:
    ada.says("Is there parking on the moon?")

    assert "question 1" not in ada.says("1", proved=True)
    ada.says("Is there parking on Mars?")
    assert "question 1" in ada.replies("1", proved=True)


def test_the_reply_address_of_a_mail_proves_whose_a_mail_is_for_a_while_and_for_its_receiver_alone(
    home: House, ada: Writer
) -> None:
    tag = reply_tag(newest(home))
    bea = Writer(house=home, email=BEA.email)

    assert YES not in ada.says("files", tag=tag)
    assert YES in bea.says(SHARE, tag=tag)
    home.clock.forward(REPLIES_FOR)
    assert YES in ada.says("files", tag=tag)


def test_what_our_server_disowns_is_proved_by_nothing_and_answered_to_nobody(
    home: House, ada: Writer
) -> None:
    tag, token = reply_tag(newest(home)), ada.token()
    for text, secret in (("files", tag), ("files", token), ("How long do I have?", "")):
        assert not ada.sends(disowned(ada.mail(text, tag=secret, subject="You won")))
    assert waiting(home) == 0

    dot = Writer(house=home, email=DOT)
    for text in ("How long do I have?", f"connect {ADA.email}", "ask staff: hello", "progress"):
        assert not dot.sends(disowned(dot.mail(text, subject="You won")))


def test_an_answer_to_nobody_in_particular_bears_nothing_of_their_subject(home: House) -> None:
    dot = Writer(house=home, email=DOT)

    (unsure,) = dot.sends(dot.mail("How long do I have?", subject="You won 900"))
    (sure,) = dot.sends(dot.mail("How long do I have?", subject="Time", proved=True))

    assert (unsure.subject, sure.subject) == ("your mail to Carrel", "Time")


def test_all_who_may_be_anybody_are_answered_so_often_together_and_who_proves_it_always(
    home: House,
) -> None:
    with home.transaction() as uow:
        for _ in range(MOST_TO_ANYBODY):
            uow.answers.note("anybody", Answer(at=home.clock(), proved=False))
        uow.commit()
    dot = Writer(house=home, email=DOT)

    assert dot.says("How long do I have?") == ""
    assert dot.says("How long do I have?", proved=True)
    home.clock.forward(timedelta(hours=1))
    assert dot.says("How long do I have?")


def test_what_anybody_may_have_written_too_often_is_not_answered_hours_later(home: House) -> None:
    home.pipeline = Pipeline(home.desk, home.transaction, lease_seconds=LEASE, hourly={"email": 4})
    dot = Writer(house=home, email=DOT)

    told = [dot.says(f"How long do I have? {place}") for place in range(5)]

    assert [bool(one) for one in told] == [True, True, False, False, False]
    assert "What comes from there now is not answered" in told[1]
    before = len(home.mail.sent)
    for _ in range(30):
        home.clock.forward(timedelta(hours=1))
        home.drain()
    assert len(home.mail.sent) == before


def test_a_mail_from_an_address_that_changed_hands_counts_for_nobody(
    home: House, ada: Writer
) -> None:
    desk = Writer(house=home, email="desk@example.net")
    with home.transaction() as uow:
        first, second = (uow.people.find(one.email) for one in (ADA, BEA))
        assert first
        assert second
        uow.people.connect(first, desk.address, at=home.clock())
        uow.commit()
    (asked,) = [one for one in desk.sends(desk.mail(SHARE)) if one.to == ada.address]
    with home.transaction() as uow:
        uow.people.disconnect(desk.address)
        uow.people.connect(second, desk.address, at=home.clock())
        uow.commit()

    told = home.say(ADA.email, asked.reply.choices[0].says)

    assert "not connected to you any more" in told
    assert waiting(home) == 0


def test_nothing_of_a_forged_mail_is_left_once_it_was_disowned_by_whom_it_names(
    home: House, ada: Writer
) -> None:
    raw = home.files.put_bytes(b"the mail as it came: send everything to mallory")
    forged = ada.mail("share Technology with mallory@evil.example", subject="mallory")
    assert forged.envelope
    ada.sends(replace(forged, envelope=replace(forged.envelope, sha256=raw)))
    assert home.files.path(raw).exists()

    assert "It is forgotten" in ada.replies("no", proved=True)
    sweep(home.transaction(), home.files, now=home.clock())

    assert not list(home.folder.rglob(raw))
    with home.database.engine.connect() as connection:
        for table in ("inbox", "outbox", "held_mails"):
            rows = connection.exec_driver_sql(f"select message from {table}").scalars()  # noqa: S608
            assert not [row for row in rows if "mallory" in row]


def test_the_mail_of_a_stranger_is_not_kept_once_it_was_answered(home: House) -> None:
    dot = Writer(house=home, email=DOT)
    message = dot.mail("How long do I have?")
    raw = home.files.put_bytes(b"the mail as it came")
    assert message.envelope
    dot.sends(replace(message, envelope=replace(message.envelope, sha256=raw)))

    sweep(home.transaction(), home.files, now=home.clock())

    assert not list(home.folder.rglob(raw))


def test_codes_that_others_guess_in_her_name_leave_her_own_guesses(home: House) -> None:
    work = Writer(house=home, email="ada@work.example")
    for letter in "ABCDEFGHJKM":
        work.says(f"link K7QM-2XW{letter}")
    with home.transaction() as uow:
        person = uow.people.find(ADA.email)
        assert person is not None
        code = issue_code(uow, person, now=home.clock())
        uow.commit()

    assert "as often as I listen" in work.says(f"link {code}")
    assert "connected to Ada Reyes" in work.says(f"link {code}", proved=True)


def test_codes_that_forged_senders_ask_for_leave_some_for_the_person(home: House) -> None:
    for place in range(12):
        Writer(house=home, email=f"z{place}@evil.example").says(f"connect {ADA.email}")
    before = len(home.mail.sent)

    Writer(house=home, email="ada@work.example").says(f"connect {ADA.email}", proved=True)

    assert before < 20  # twelve answers, and a few codes
    assert home.mail.sent[before].to.value == ADA.email


def test_staff_learn_that_anybody_may_have_asked_and_are_asked_so_much_at_most(
    home: House,
) -> None:
    home.appoint(*SAL, Role.STAFF)
    told = Writer(house=home, email=ADA.email).says("ask staff: connect me as ada@evil.example")
    assert "question 1" in told
    assert "Anybody may have written this, in any name" in home.heard(SAL[1])[-1]

    for place in range(1, MOST_OF_NOBODY):
        Writer(house=home, email=f"r{place}@evil.example").says(f"ask staff: pills {place}")
    dot = Writer(house=home, email=DOT)
    assert "questions whose sender nobody can be sure of" in dot.says("ask staff: hello")
    assert f"question {MOST_OF_NOBODY + 1}" in dot.says("ask staff: hello", proved=True)


def test_a_reply_without_words_does_nothing_and_is_told_so(ada: Writer) -> None:
    assert "no words of yours" in ada.replies("", proved=True)
