"""Who is who: addresses that are connected, disconnected and lost, as people see it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.domain.messages import Address
from bot.domain.rights import Role
from bot.errors import DeliveryFailed, Misfilled
from bot.usecases.erase_person import erase_person
from bot.usecases.lose_address import lose_address
from scheduler.dispatcher import Dispatcher
from tests.cast import ADA, BEA, DOT, REV
from tests.desk import LEASE, House, MemoryChannel
from tests.filling import asked, at, opened, send, window
from tests.linking import CODE, PHONE, TABLET, codes, mailed, steps


def connect(house: House, who: str = PHONE, email: str = ADA.email) -> None:
    """Connects one more address by a mailed code."""
    house.say(who, f"connect {email}")
    house.say(who, f"link {codes(mailed(house, email))[-1]}")


def test_a_code_goes_to_the_address_on_record_and_nowhere_else(home: House) -> None:
    told = home.say(PHONE, "connect ada@example.org")

    (mail,) = mailed(home, ADA.email)
    (code,) = codes([mail])
    assert "a code is on its way" in told
    assert not CODE.search(told)
    assert home.heard(ADA.email) == []
    assert "connected to Ada Reyes" in home.say(PHONE, f"link {code}")
    assert "Ada" in home.say(PHONE, "hello")


@pytest.mark.parametrize(
    "said",
    [
        "connect ADA@example.org",
        "Connect me to ada@example.org, please",
        "link me as ada@example.org",
        "I am ada@example.org.",
        "I'm ada@example.org",
        "hi, this is ada@example.org",
        "my e-mail is ada@example.org",
        "My address on record is <ada@example.org>",
        "/connect ada@example.org",
        "sign in as ada@example.org",
    ],
)
def test_people_say_who_they_are_in_their_own_words(home: House, said: str) -> None:
    home.say(PHONE, said)

    assert len(codes(mailed(home, ADA.email))) == 1


@pytest.mark.parametrize("email", [DOT, "erased-1@invalid", "1@2", "ada@example.org.org"])
def test_a_known_and_an_unknown_address_are_answered_alike(home: House, email: str) -> None:
    unknown = home.say(PHONE, f"connect {email}")
    known = home.say(TABLET, "connect ada@example.org")

    assert unknown == known
    assert mailed(home, email) == []


def test_no_code_is_mailed_to_somebody_who_was_erased(home: House) -> None:
    with home.transaction() as uow:
        erase_person(uow, home.desk.program, ADA.email, now=home.clock())
        ada = uow.people.get(1)
        uow.commit()
    assert ada is not None

    home.say(PHONE, f"connect {ada.email}")
    home.say(PHONE, "connect ada@example.org")

    assert home.mail.sent == []


def test_the_answer_stays_the_same_when_no_more_codes_go_out(home: House) -> None:
    told = {home.say(f"phone{n}", "connect ada@example.org") for n in range(15)}

    assert len(told) == 1
    assert len(codes(mailed(home, ADA.email))) == 12

    home.clock.forward(timedelta(hours=1))
    home.say(TABLET, "connect ada@example.org")
    assert len(codes(mailed(home, ADA.email))) == 13


def test_a_day_brings_one_person_only_so_many_codes(home: House) -> None:
    for hour in range(5):
        for n in range(12):
            home.say(f"phone{hour}-{n}", "connect ada@example.org")
        home.clock.forward(timedelta(hours=1))

    assert len(codes(mailed(home, ADA.email))) == 30


def test_no_stranger_uses_up_the_codes_of_somebody_else(home: House) -> None:
    for _ in range(6):
        for _ in range(6):
            home.say(DOT, "connect ada@example.org")
        before = len(codes(mailed(home, ADA.email)))
        assert "on its way" in home.say(f"phone{before}", "connect ada@example.org")
        assert len(codes(mailed(home, ADA.email))) == before + 1
        home.clock.forward(timedelta(hours=1))


@pytest.mark.parametrize("email", [ADA.email, DOT])
def test_one_asker_is_heard_ten_times_a_day_whoever_they_name(home: House, email: str) -> None:
    for _ in range(2):
        for _ in range(5):
            assert "on its way" in home.say(PHONE, f"connect {email}")
        home.clock.forward(timedelta(hours=1))

    assert "10 times within a day" in home.say(PHONE, f"connect {email}")
    home.clock.forward(timedelta(days=1))
    assert "on its way" in home.say(PHONE, f"connect {email}")


@pytest.mark.parametrize(
    "paste",
    [
        "{code}",
        " {code}. ",
        "{lower}",
        "{spaced}",
        "{joined}",
        "link: {spaced}",
        "link {code}. It works once.",
        "`link {code}`",
        "my code is {lower}",
        "{mail}",
    ],
)
def test_a_code_links_however_it_is_pasted(home: House, paste: str) -> None:
    home.say(PHONE, "connect ada@example.org")
    (mail,) = mailed(home, ADA.email)
    (code,) = codes([mail])

    told = home.say(
        PHONE,
        paste.format(
            code=code,
            lower=code.lower(),
            spaced=code.replace("-", " "),
            joined=code.replace("-", ""),
            mail=mail,
        ),
    )

    assert "connected to Ada Reyes" in told


@pytest.mark.parametrize("said", ["take care", "chapter2", "fees 2525", "2345-6789", "R-7J2F-QQZW"])
def test_words_that_look_a_little_like_a_code_are_none(home: House, said: str) -> None:
    assert "That code is wrong" not in home.say(DOT, said)


def test_a_code_is_shown_to_nobody_and_remembered_nowhere(home: House) -> None:
    home.appoint("Sal Moreau", "sal@example.org", Role.STAFF)
    home.say(ADA.email, "what is a 7J2F-QQZW in the sense of the parking lot?")
    offered = home.choices()
    home.say(ADA.email, "ask staff: 7J2F-QQZW does not work")
    home.say(DOT, "ask staff: 7j2f-qqzw does not work")
    home.say("sal@example.org", "take 1")
    home.say(ADA.email, "I mean 7J2F-QQZW, which the mail says")

    assert not any("7J2F" in choice.says for choice in offered)
    assert "(a code) does not work" in home.heard("sal@example.org")[0]
    assert "I mean (a code)" in home.heard("sal@example.org")[-1]
    assert not any("7j2f" in text.lower() for text in home.heard("sal@example.org"))
    with home.transaction() as uow:
        turns = uow.conversations.recent(f"memory:{ADA.email}", limit=9)
    assert turns
    assert not any("7J2F" in turn.question for turn in turns)


def test_who_is_reached_by_mail_alone_is_told_what_they_can_do(home: House) -> None:
    home.say(ADA.email, "unlink")
    connect(home)

    told = mailed(home, ADA.email)[-1]
    assert "where I know you" not in told
    assert "connect ada@example.org" in told
    assert "tell the staff" in told
    assert "where I know you: unlink phone" not in told


def test_staff_are_told_that_a_stranger_asks_and_who_it_is_once_that_is_known(home: House) -> None:
    home.appoint("Sal Moreau", "sal@example.org", Role.STAFF)
    home.say(PHONE, "ask staff: May I be late?")
    heard = home.heard("sal@example.org")[-1]
    before = home.say("sal@example.org", "question 1")
    connect(home)

    assert "somebody on memory who is not connected yet (phone)" in heard
    assert "carrel link" in heard
    assert "somebody on memory who is not connected yet (phone)" in before
    assert "Question 1 from Ada Reyes" in home.say("sal@example.org", "question 1")


@pytest.mark.parametrize("email", [ADA.email, DOT])
def test_one_asker_is_heard_five_times_an_hour_whoever_they_name(home: House, email: str) -> None:
    told = [home.say(PHONE, f"connect {email}") for _ in range(6)]

    assert len(set(told[:5])) == 1
    assert "5 times within an hour" in told[5]
    assert "on its way" in home.say(TABLET, "connect bea@example.org")
    home.clock.forward(timedelta(hours=1))
    assert "on its way" in home.say(PHONE, f"connect {email}")


def test_codes_cannot_be_tried_out(home: House) -> None:
    told = [home.say(PHONE, f"link AAAA-BBB{letter}") for letter in "ABCDEFGHJKL"]
    home.say(TABLET, "connect ada@example.org")
    (code,) = codes(mailed(home, ADA.email))

    assert all("wrong" in text for text in told[:10])
    assert "10 times within an hour" in told[10]
    assert "10 times" in home.say(PHONE, f"link {code}")
    assert "connected to Ada" in home.say(TABLET, f"link {code}")


def test_a_wrong_code_is_on_the_trail_under_an_alias(home: House) -> None:
    home.say(PHONE, "link AAAA-BBBB")
    home.say(TABLET, "link AAAA-BBBB")

    with home.transaction() as uow:
        lines = list(uow.trail.done(["code-wrong"]))
    assert len({line.subject for line in lines}) == 2
    assert not any("phone" in f"{line.subject}{line.actor}{line.details}" for line in lines)


def test_a_code_of_somebody_else_connects_to_them_and_says_so(home: House) -> None:
    home.say(PHONE, "connect bea@example.org")
    (code,) = codes(mailed(home, BEA.email))

    assert "connected to Bea Okafor" in home.say(PHONE, f"link {code}")


def test_who_is_connected_already_gets_no_code(home: House) -> None:
    told = home.say(ADA.email, "connect bea@example.org")

    assert "connected to Ada Reyes already" in told
    assert home.mail.sent == []


def test_a_reviewer_gets_a_code_too(home: House) -> None:
    name, email = REV
    home.appoint(name, email, Role.REVIEWER)

    (code,) = codes([home.say(email, "code")])

    assert f"connected to {name}" in home.say(PHONE, f"link {code}")


def test_a_new_address_is_told_everywhere_else_with_the_way_back(home: House) -> None:
    connect(home)
    before = len(home.heard(PHONE))

    (code,) = codes([home.say(ADA.email, "code")])
    home.say(TABLET, f"link {code}")

    for heard in (
        home.heard(ADA.email)[-1],
        home.heard(PHONE)[before],
        mailed(home, ADA.email)[-1],
    ):
        assert "was connected to you. That was on 21 November 2026 at 12:00 (Ameri" in heard
        assert "unlink" in heard
    assert not any("was connected to you" in text for text in home.heard(TABLET))
    assert home.heard(BEA.email) == []


def test_the_trail_tells_who_asked_for_codes_and_what_came_of_them(home: House) -> None:
    connect(home)
    home.say(PHONE, "unlink")

    assert steps(home) == ["code-issued by stranger", "linked by person:1", "unlinked by person:1"]


def test_addresses_are_listed_with_the_one_that_gets_the_news(home: House) -> None:
    home.clock.forward(timedelta(hours=2))
    connect(home)

    told = home.say(ADA.email, "addresses")

    assert "1: memory (phone), connected on 21 November 2026 at 14:00" in told
    assert "2: memory (ada@example.org), connected on 21 November 2026 at 12:00" in told
    assert told.index("what I tell you goes there") < told.index("2: memory")
    assert "this one" in told.split("2: memory")[1]
    assert "On record is ada@example.org" in told


def test_an_address_disconnects_itself_and_still_hears_that(home: House) -> None:
    connect(home)

    assert "no longer connected to Ada Reyes" in home.say(PHONE, "unlink")
    assert "I do not know yet who you are" in home.say(PHONE, "progress")
    assert "was disconnected" in home.heard(ADA.email)[-1]
    assert "was disconnected" in mailed(home, ADA.email)[-1]


def test_a_lost_phone_is_disconnected_from_elsewhere_and_hears_it(home: House) -> None:
    connect(home)

    told = home.say(ADA.email, "unlink 1")

    assert "memory (ada@example.org) from now on" in told
    assert "was disconnected" in home.heard(PHONE)[-1]
    assert "I do not know yet who you are" in home.say(PHONE, "files")


def test_an_address_is_named_by_its_channel_when_it_is_the_only_one_there(home: House) -> None:
    connect(home)

    assert "2 addresses on memory" in home.say(ADA.email, "unlink memory")
    assert "no address on 'slack'" in home.say(ADA.email, "unlink slack")
    assert "no address 7" in home.say(ADA.email, "unlink 7")
    home.say(PHONE, "unlink")
    assert "no longer connected" in home.say(ADA.email, "unlink memory")


def test_nobody_disconnects_what_is_not_theirs(home: House) -> None:
    assert "I do not know yet who you are" in home.say(DOT, "unlink 1")
    assert "no address 2" in home.say(BEA.email, "unlink 2")
    assert "Ada" in home.say(ADA.email, "hello")


def test_the_last_address_leaves_mail_and_the_way_back(home: House) -> None:
    told = home.say(ADA.email, "unlink")

    assert "e-mail (ada@example.org) from now on" in told
    assert [choice.label for choice in home.choices()] == ["Connect again"]
    home.say(ADA.email, "1")
    home.say(ADA.email, f"link {codes(mailed(home, ADA.email))[-1]}")
    assert "Ada" in home.say(ADA.email, "hello")


def test_codes_asked_for_before_an_address_was_disconnected_are_void(home: House) -> None:
    connect(home)
    (code,) = codes([home.say(PHONE, "code")])

    home.say(ADA.email, "unlink 1")

    assert "wrong" in home.say(PHONE, f"link {code}")


def test_the_staffs_reply_follows_somebody_who_left_the_address_they_asked_from(
    home: House,
) -> None:
    home.appoint("Sal Moreau", "sal@example.org", Role.STAFF)
    connect(home)
    home.say(PHONE, "ask staff: May I be late?")
    home.say(ADA.email, "unlink 1")
    before = len(home.heard(PHONE))

    home.say("sal@example.org", "answer 1: Yes, by a week.")

    assert "Yes, by a week." in home.heard(ADA.email)[-1]
    assert len(home.heard(PHONE)) == before


def test_a_stranger_is_told_exactly_what_to_say(home: House) -> None:
    for said in ("progress", "code", "addresses", "unlink", "undo"):
        told = home.say(PHONE, said)
        assert "say: connect." in told
        assert "CAR" not in told
        assert "address" not in told
        assert [choice.label for choice in home.choices()] == [
            "Connect",
            "I have a code",
            "Ask the staff to connect me",
        ]
    assert "connect YOU@EXAMPLE.ORG" in home.say(PHONE, "1")
    home.say(PHONE, "progress")
    assert "link CODE" in home.say(PHONE, "2")
    assert "connect YOU@EXAMPLE.ORG" in home.say(PHONE, "1")
    home.say(PHONE, "progress")
    assert "as question 1" in home.say(PHONE, "3")


def test_a_strangers_first_words_are_met_with_how_to_connect(home: House) -> None:
    for said in ("hi", "help"):
        assert "connect" in home.say(PHONE, said)
        assert "connect" not in home.say(ADA.email, "hi")


def test_where_there_are_forms_a_stranger_connects_by_two_of_them(home: House) -> None:
    form = opened(home, DOT, "connect")
    assert [field.name for field in form.fields] == ["email"]
    assert "on its way" in send(home, DOT, form.key, {"email": " Ada@Example.org "})
    (code,) = codes(mailed(home, ADA.email))

    form = opened(home, DOT, "link")
    assert [field.name for field in form.fields] == ["code"]
    told = send(home, DOT, form.key, {"code": f"link {code.lower()}"})

    assert "connected to Ada Reyes" in told
    assert asked(home, DOT, "connect") is None
    assert asked(home, DOT, "link") is None
    assert "memory (dot@example.org)" in home.say(DOT, "connect")


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("connect", {}),
        ("connect", {"email": "ada"}),
        ("connect", {"email": "ada@example.org\nundo"}),
        ("link", {"code": "7J2F"}),
        ("link", {}),
    ],
)
def test_a_form_that_names_nobody_is_refused_at_its_field(
    home: House, key: str, values: dict[str, str]
) -> None:
    with pytest.raises(Misfilled):
        window(home).filled(at(home, DOT), key, values, at=home.clock())


def test_waiting_codes_stay_when_a_lost_address_lets_go_of_the_rest(home: House) -> None:
    home.pipeline.receive(home.message(ADA.email, "code"))
    home.pipeline.receive(home.message(ADA.email, "files"))
    while home.pipeline.handle_one():
        pass
    old, new = (Address(channel="memory", value=who) for who in (ADA.email, "new"))

    with home.transaction() as uow:
        moved = uow.outbox.redirect(old, new)
        uow.commit()
    home.drain()

    assert moved == 1
    assert len(codes(home.heard(ADA.email))) == 1
    assert codes(home.heard("new")) == []


def lose(house: House, who: str) -> bool:
    """Nobody is reached there any more."""
    address = Address(channel="memory", value=who)
    with house.transaction() as uow:
        done = lose_address(uow, address, why="account_inactive", now=house.clock())
        uow.commit()
    return done


def test_what_waits_for_a_lost_address_goes_to_the_next_one(home: House) -> None:
    connect(home)
    home.pipeline.receive(home.message(PHONE, "files"))
    home.pipeline.handle_one()

    assert lose(home, PHONE)
    home.drain()

    told, reply = sorted(home.heard(ADA.email)[-2:], key=lambda text: "filed nothing" in text)
    assert "Nothing reaches you as phone on memory any more" in told
    assert "filed nothing yet" in reply
    assert steps(home)[-1] == "address-lost by carrel"


def test_losing_an_address_twice_is_once(home: House) -> None:
    connect(home)

    assert lose(home, PHONE)
    assert not lose(home, PHONE)
    home.drain()

    assert steps(home).count("address-lost by carrel") == 1
    assert (
        sum("Nothing reaches you as phone on memory" in text for text in home.heard(ADA.email)) == 1
    )


def test_who_has_no_other_address_is_told_by_mail(home: House) -> None:
    assert lose(home, ADA.email)
    home.drain()

    assert "Nothing reaches you on memory" in mailed(home, ADA.email)[-1]


def test_an_address_of_nobody_is_lost_to_nobody(home: House) -> None:
    assert not lose(home, DOT)


def lost_in_mail(house: House) -> Dispatcher:
    """Sends mail to mailboxes that do not exist."""
    gone = [DeliveryFailed("no mailbox", permanent=True, gone=True) for _ in range(9)]
    return Dispatcher(
        {"email": MemoryChannel(name="email", failures=gone)},
        house.transaction,
        clock=house.clock,
        lease_seconds=LEASE,
        lost=lambda uow, address, why, now: lose_address(uow, address, why=why, now=now),
    )


async def test_a_wrong_address_on_record_is_told_once_and_gets_no_code_elsewhere(
    home: House,
) -> None:
    for _ in range(2):
        home.pipeline.receive(home.message(PHONE, "connect ada@example.org"))
        home.pipeline.handle_one()
    mail = lost_in_mail(home)

    sends = 0
    while await mail.send_one():
        sends += 1
    await asyncio.to_thread(home.drain)

    assert sends <= 4
    assert sum("there is no such mailbox" in text for text in home.heard(ADA.email)) == 1
    assert codes(home.heard(ADA.email)) == []
    assert steps(home).count("address-lost by carrel") == 1
