"""What happens is told once, where, when and as often as its person wants, and never twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.messages import Address
from bot.domain.people import Person
from bot.domain.rights import Role
from bot.usecases.link_address import issue_code
from bot.usecases.lose_address import lose_address
from bot.usecases.tell import reached_at
from bot.usecases.welcome import welcome
from channels.markup import plain_text
from handlers.pipeline import Pipeline
from handlers.window import DeskWindow
from tests.cast import ADA, BEA, MIA, REV, ROB, SAL
from tests.desk import LEASE, House
from tests.flows.props import prop
from tests.mailed import Writer
from tests.reviewed import staffed
from tests.submitted import fill

ROOM = Address(channel="memory", value="staff-room")
EVENING = timedelta(hours=10)  # from noon where Ada is to ten in the evening
MORNING = timedelta(hours=10)  # from then to eight, when quiet hours end
COMMENT = "This reads very well"
NIGHT = "Comments at night"


@pytest.fixture
def shared(home: House) -> House:
    """Ada shares all with Mia, who may comment on it."""
    home.appoint(*MIA)
    home.say(ADA.email, f"share everything with {MIA[1]} for 60 days")
    return home


def comments(house: House, words: str = COMMENT) -> None:
    """Mia says something about what she sees."""
    house.say(MIA[1], f"comment 1: {words}.")


def mailed(house: House, email: str = ADA.email) -> list[str]:
    """What was mailed to somebody."""
    return [plain_text(one.reply) for one in house.mail.sent if one.to.value == email]


def count(texts: list[str], words: str) -> int:
    """How many of them say that."""
    return sum(words in text for text in texts)


def person(house: House, email: str = ADA.email) -> Person:
    """Who has that address on record."""
    with house.transaction() as uow:
        found = uow.people.find(email)
    assert found is not None
    return found


def test_a_kind_that_is_off_on_one_channel_is_told_on_the_next(shared: House) -> None:
    told = shared.say(ADA.email, "unsubscribe comments")
    comments(shared)

    assert "You are told it by e-mail now" in told
    assert count(shared.heard(ADA.email), COMMENT) == 0
    assert count(mailed(shared), COMMENT) == 1


def test_a_kind_that_is_off_everywhere_is_not_told(shared: House) -> None:
    shared.say(ADA.email, "notices comments off")
    comments(shared)

    assert count(shared.heard(ADA.email), COMMENT) == count(mailed(shared), COMMENT) == 0
    shared.say(ADA.email, "notices comments on")
    comments(shared, "And this too")
    assert count(shared.heard(ADA.email), "And this too") == 1


def test_the_channel_that_somebody_chose_comes_first(shared: House) -> None:
    shared.say(ADA.email, "tell me by email")
    comments(shared)

    assert count(mailed(shared), COMMENT) == 1
    assert count(shared.heard(ADA.email), COMMENT) == 0


def test_what_can_wait_comes_in_the_digest_together_and_once(shared: House) -> None:
    shared.say(ADA.email, "notices comments daily")
    comments(shared)
    comments(shared, "And this too")
    shared.sweep()
    assert count(shared.heard(ADA.email), COMMENT) == 0

    shared.clock.forward(timedelta(hours=21))  # nine on the next day
    shared.sweep()
    shared.sweep()

    assert count(shared.heard(ADA.email), COMMENT) == 1
    assert "And this too" in shared.heard(ADA.email)[-1]


def test_in_quiet_hours_nothing_is_said_until_they_end(shared: House) -> None:
    shared.clock.forward(EVENING)
    comments(shared, NIGHT)
    shared.sweep()
    assert count(shared.heard(ADA.email), NIGHT) == 0

    shared.clock.forward(MORNING)
    shared.sweep()

    assert count(shared.heard(ADA.email), NIGHT) == 1


def test_answers_do_not_wait_in_quiet_hours(shared: House) -> None:
    shared.clock.forward(EVENING)
    comments(shared, NIGHT)

    assert "Technology" in shared.say(ADA.email, "progress")


def test_what_waits_for_the_morning_takes_no_choice_away_at_night(shared: House) -> None:
    shared.clock.forward(EVENING)
    shared.say(ADA.email, "notices offers")
    comments(shared, NIGHT)

    assert "(offers): off" in shared.say(ADA.email, "1")


def test_who_wants_no_quiet_hours_is_told_at_night(shared: House) -> None:
    shared.say(ADA.email, "no quiet hours")
    shared.clock.forward(EVENING)
    comments(shared, NIGHT)

    assert count(shared.heard(ADA.email), NIGHT) == 1


def test_a_decision_waits_for_the_morning_too(home: House) -> None:
    staffed(home)
    fill(home, ADA.email, home.desk.program)
    home.say(ADA.email, "submit technology")
    for who in (REV[1], ROB[1]):
        home.say(who, "claim 1")
        home.say(who, "rate 1 the rest met")
    home.clock.forward(EVENING)
    home.say(SAL[1], "approve 1: All is there.")
    home.sweep()
    assert count(home.heard(ADA.email), "All is there") == 0

    home.clock.forward(MORNING)
    home.sweep()

    assert count(home.heard(ADA.email), "All is there") == 1


def test_a_new_address_hears_nothing_that_is_off_everywhere_else(shared: House) -> None:
    shared.say(ADA.email, "notices comments off")
    shared.say(ADA.email, "unsubscribe offers")
    ada = person(shared)
    with shared.transaction() as uow:
        code = issue_code(uow, ada, now=shared.clock())
        uow.commit()
    shared.say("phone", f"link {code}")
    comments(shared)

    assert count(shared.heard("phone"), COMMENT) == 0
    assert "(offers): at once, but not on memory" in shared.say("phone", "notices offers")


def test_an_address_that_is_lost_passes_on_what_waits_there_and_the_next_is_told(
    shared: House,
) -> None:
    Writer(house=shared).says("files", proved=True)  # her newest is that of her mails now
    shared.say(ADA.email, "tell me by memory")
    place, ada = shared.address(ADA.email), person(shared)
    with shared.transaction() as uow:
        assert reached_at(uow, ada, now=shared.clock()) == place
    shared.pipeline.receive(shared.message(MIA[1], f"comment 1: {COMMENT}."))
    while shared.pipeline.handle_one():
        pass
    with shared.transaction() as uow:
        assert lose_address(uow, place, why="blocked", now=shared.clock())
        uow.commit()
    shared.drain()

    assert count(shared.heard(ADA.email), COMMENT) == 0
    assert count(mailed(shared), COMMENT) == 1
    assert count(mailed(shared), "Nothing reaches you on") == 1
    declinable = [one.kind for one in shared.mail.sent if COMMENT in plain_text(one.reply)]
    assert declinable == ["comments"]


def test_one_click_below_a_digest_declines_all_that_can_wait_there(shared: House) -> None:
    window, place = DeskWindow(shared.desk, shared.transaction), person(shared)
    at_mail = Address(channel="email", value=place.email)
    token = window.declining(at_mail, "digest")

    assert window.declined(token, now_so=False) == "what can wait for a digest"
    assert window.declined(token, now_so=True) == "what can wait for a digest"

    told = shared.say(ADA.email, "notices comments")
    assert "(comments): at once, but not on e-mail" in told
    assert "(broadcasts): at once\n" in shared.say(ADA.email, "notices broadcasts")


def test_a_link_declines_nothing_mandatory(shared: House) -> None:
    window = DeskWindow(shared.desk, shared.transaction)
    token = window.declining(Address(channel="email", value=ADA.email), "review-decided")

    assert window.declined(token, now_so=True) == ""


def test_who_submits_elsewhere_than_where_they_look_has_it_there_too(home: House) -> None:
    fill(home, ADA.email, home.desk.program)
    home.say(ADA.email, "tell me by email")

    answer = home.say(ADA.email, "submit technology")

    assert "Submitted: Technology" in answer
    assert count(mailed(home), "Submitted: Technology") == 1


def test_who_submits_where_they_look_is_not_told_twice(home: House) -> None:
    fill(home, ADA.email, home.desk.program)
    home.say(ADA.email, "submit technology")

    assert count(home.heard(ADA.email), "Submitted: Technology") == 1
    assert mailed(home) == []


def test_a_review_that_begins_is_told_once_and_not_who_reviews(home: House) -> None:
    staffed(home)
    fill(home, ADA.email, home.desk.program)
    home.say(ADA.email, "submit technology")
    for words in ("claim 1", "release 1", "claim 1"):
        home.say(REV[1], words)
    home.clock.forward(EVENING)
    home.say(ROB[1], "claim 1")
    home.clock.forward(MORNING)
    home.sweep()

    begun = [text for text in home.heard(ADA.email) if "The review of" in text]
    assert len(begun) == 1
    assert "submission 1 (Technology) has begun" in begun[0]
    assert REV[0] not in begun[0]


def test_only_what_may_be_declined_goes_out_with_a_kind_to_decline(shared: House) -> None:
    comments(shared)
    shared.appoint(*SAL, Role.ADMIN)
    shared.say(SAL[1], f"appoint {ADA.email} reviewer")

    kinds = {plain_text(one.reply)[:20]: one.kind for one in shared.channel.sent}
    assert {kind for kind in kinds.values() if kind} == {"sharing", "comments"}
    assert count(shared.heard(ADA.email), "reviewer") == 1


def test_where_the_staff_have_a_room_nobody_of_them_is_told_singly(home: House) -> None:
    staffed(home)
    home.desk = replace(home.desk, rooms=(ROOM,))
    home.pipeline = Pipeline(home.desk, home.transaction, lease_seconds=LEASE)
    fill(home, ADA.email, home.desk.program)
    before = {who: len(home.heard(who)) for who in (SAL[1], REV[1], ROB[1])}

    home.say(ADA.email, "submit technology")
    home.say(ADA.email, "ask staff: May I use a log of last year?")

    assert before == {who: len(home.heard(who)) for who in before}


def test_staff_without_a_room_may_have_what_can_wait_in_their_digest(home: House) -> None:
    home.appoint(*SAL, Role.STAFF)
    home.say(SAL[1], "notices question-asked daily")
    home.say(BEA.email, "ask staff: May I use a log of last year?")
    assert count(home.heard(SAL[1]), "log of last year") == 0

    home.clock.forward(timedelta(hours=15))  # nine in their zone
    home.sweep()

    assert count(home.heard(SAL[1]), "log of last year") == 1


def test_whoever_is_enrolled_is_welcomed_once_where_they_are_reached(house: House) -> None:
    bea = house.enrol(BEA)
    with house.transaction() as uow:
        assert welcome(uow, house.desk.program, bea, now=house.clock())
        assert not welcome(uow, house.desk.program, bea, now=house.clock())
        uow.commit()
    house.drain()

    (told,) = house.heard(BEA.email)
    assert "Welcome, Bea Okafor" in told
    assert "Friday, 1 March 2030" in told
    assert "next" in told


def test_a_file_offered_is_news_that_can_be_declined(shared: House) -> None:
    shared.say(ADA.email, "notices offers off")
    shared.send(MIA[1], prop("notes.txt", shared.folder), caption=f"for {ADA.email}")

    assert count(shared.heard(ADA.email), "offer") == 1  # what she was answered herself
