"""People see and choose what they are told without asking, when, how often and where."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.channel_state import State
from bot.domain.notices.wishes import Cadence, Wishes
from bot.domain.people import Person
from bot.domain.rights import Role
from channels.markup import plain_text
from tests.cast import ADA, DOT, MIA, SAL
from tests.desk import House


@pytest.fixture
def ada(home: House) -> Person:
    """Ada, who is reached on the channel of the tests and by mail."""
    with home.transaction() as uow:
        found = uow.people.find(ADA.email)
    assert found is not None
    return found


def wishes(house: House, person: Person) -> Wishes:
    """What she chose."""
    with house.transaction() as uow:
        return uow.wishes.of(person)


def test_all_kinds_are_listed_with_how_they_are_told_and_why_some_always_are(
    home: House, ada: Person
) -> None:
    home.say(ADA.email, "notices review-started daily")
    home.say(ADA.email, "notices offers off")
    home.say(ADA.email, "notices comments off by email")

    told = home.say(ADA.email, "notices")

    assert "What you can do next, and until when, hangs on it: decisions" in told
    assert "In a daily digest: reviews that have begun (review-started)" in told
    assert "Off: files that are offered, and what became of them (offers)" in told
    assert "At once, but not on e-mail: comments on what is shared (comments)" in told
    assert told.count("your rights or your time in the program hang on it") <= 1
    assert "Not before you are certified: certificate, renewal-opens" in told
    assert "welcome" not in told
    assert told.count("\n") < 35
    assert "21:00 to 08:00" in told
    assert "America/Chicago, where it is 12:00 now" in told
    assert "I tell you things by memory, your newest address" in told


def test_staff_and_mentors_are_listed_what_is_for_them(home: House) -> None:
    home.appoint(*SAL, Role.STAFF)
    home.appoint(*MIA)

    staff, mentor = home.say(SAL[1], "my notices"), home.say(MIA[1], "notifications")

    assert "(ready)" in staff
    assert "(review-started)" not in staff
    assert "(comments)" in mentor
    assert "(ready)" not in mentor
    assert "(expiry)" not in mentor


def test_strangers_have_nothing_to_choose(home: House) -> None:
    assert "I do not know yet who you are here" in home.say(DOT, "notices")
    assert "I do not know yet who you are here" in home.say(DOT, "quiet hours 9pm to 7am")


def test_a_kind_is_named_by_its_title_too_and_buttons_do_the_same(home: House, ada: Person) -> None:
    assert "(comments): at once" in home.say(ADA.email, "notices comments on what is shared")

    assert "(comments): off" in home.say(ADA.email, "1")
    assert "(comments): at once" in home.say(ADA.email, "1")


def test_what_is_mandatory_stays_and_it_is_told_why(home: House, ada: Person) -> None:
    for words in ("notices review decided off", "unsubscribe review-decided"):
        told = home.say(ADA.email, words)

        assert "I always tell you decisions" in told
        assert "Your quiet hours hold for it too" in told
    assert "cannot wait" in home.say(ADA.email, "notices broadcasts daily")
    assert wishes(home, ada) == Wishes()


def test_an_unknown_kind_is_answered_with_those_there_are(home: House, ada: Person) -> None:
    told = home.say(ADA.email, "notices coments off")

    assert "no kind of notice called 'coments'" in told
    assert "- comments: comments on what is shared" in told
    assert "offers" not in told
    assert "(comments): at once" in home.say(ADA.email, "1")


def test_all_at_once_are_chosen_but_what_is_mandatory(home: House, ada: Person) -> None:
    home.say(ADA.email, "notices all weekly")
    assert wishes(home, ada).cadences["comments"] is Cadence.WEEKLY

    home.say(ADA.email, "notices everything off")
    told = home.say(ADA.email, "notices")
    assert "Off: review-received, review-started, comments" in told
    assert "(expiry)" in told

    assert "comments on what is shared (comments)" in home.say(ADA.email, "notices all on")
    assert "(comments): in a weekly digest" in home.say(ADA.email, "notices comments")


def test_a_digest_takes_all_that_can_wait(home: House, ada: Person) -> None:
    home.say(ADA.email, "notices comments weekly")

    assert "a daily digest (digests come at 09:00, America/Chicago)" in home.say(
        ADA.email, "digest daily"
    )
    assert wishes(home, ada) == Wishes(cadence=Cadence.DAILY)
    assert "on Mondays at 09:00" in home.say(ADA.email, "weekly digest")
    assert "everything at once" in home.say(ADA.email, "digest off")
    assert wishes(home, ada) == Wishes()


def test_how_often_is_not_chosen_for_one_channel(home: House, ada: Person) -> None:
    assert "same on every channel" in home.say(ADA.email, "notices comments daily by email")
    assert "no address on Slack" in home.say(ADA.email, "notices comments off by slack")
    assert wishes(home, ada) == Wishes()


def test_a_digest_that_is_only_asked_for_changes_nothing(home: House, ada: Person) -> None:
    home.say(ADA.email, "notices idle weekly")

    told = home.say(ADA.email, "digest")

    assert "told at once now" in told
    assert "In a weekly digest: sets that you began and left (idle)" in told
    assert "From now on" not in told
    assert "A daily digest" in told
    assert "A weekly digest" in told
    assert "No digest" in told
    assert wishes(home, ada).cadences == {"idle": Cadence.WEEKLY}


def test_other_digests_than_there_are_are_not_promised(home: House, ada: Person) -> None:
    for words in ("digest monthly", "digest daily at 7", "monthly digest"):
        assert "once a day or once a week" in home.say(ADA.email, words)
    assert wishes(home, ada) == Wishes()


def test_what_is_refused_is_not_recommended(home: House) -> None:
    told = home.say(ADA.email, "notices expiry daily")

    assert "I always tell you that" in told
    assert "expiry off" not in told


@pytest.mark.parametrize(
    "words", ["stop all notices", "turn off notices", "no more notices", "stop notifications"]
)
def test_everything_is_stopped_in_plain_words(home: House, ada: Person, words: str) -> None:
    told = home.say(ADA.email, words)

    assert "Off: review-received, review-started" in told
    assert "What I always tell you goes on: review-decided" in told
    assert ("memory", "idle") in wishes(home, ada).declined
    assert ("memory", "expiry") not in wishes(home, ada).declined


def test_one_kind_is_stopped_in_plain_words_and_that_it_was_off_is_told(
    home: House, ada: Person
) -> None:
    assert "(idle): off" in home.say(ADA.email, "no more idle notices")
    assert "off already, on every channel" in home.say(ADA.email, "notices idle off by email")
    assert "in a weekly digest" in home.say(ADA.email, "notify me weekly")
    assert wishes(home, ada).cadence is Cadence.WEEKLY


def test_hours_said_by_halves_are_asked_about(home: House, ada: Person) -> None:
    assert "Quiet hours 22:00 to 06:00" in home.say(ADA.email, "quiet hours from 10pm until 6")
    assert "22:00 to 06:00" in home.say(ADA.email, "1")
    assert "Until when?" in home.say(ADA.email, "don't disturb me after 8pm")
    assert "Your quiet hours are 20:00 to 08:00" in home.say(ADA.email, "1")


def test_whoever_moved_is_offered_the_zone_there(home: House, ada: Person) -> None:
    assert "in America/Denver from now on?" in home.say(ADA.email, "I moved to Denver")
    told = home.say(ADA.email, "1")
    assert "Your time zone is America/Denver" in told
    assert "elsewhere" not in told
    assert "If you live elsewhere" in home.say(ADA.email, "time zone")


def test_an_offset_offers_zones_that_show_it(home: House) -> None:
    assert "Africa/Johannesburg" in home.say(ADA.email, "time zone UTC+2")
    told = home.say(ADA.email, "time zone PST")
    assert "America/Los_Angeles" in told
    assert "Manila" not in told


def test_a_channel_that_nobody_serves_is_told_to_wait(home: House, ada: Person) -> None:
    home.mail_is(State.STOPPED)

    told = home.say(ADA.email, "tell me by email")

    assert "e-mail is not connected to me now: what I tell you waits until it is" in told


def test_quiet_hours_are_read_back_and_the_usual_ones_come_back(home: House, ada: Person) -> None:
    told = home.say(ADA.email, "quiet hours from 10 pm to 6 am")
    assert "22:00 to 06:00" in told
    assert "America/Chicago" in told

    assert "which hours you mean by '9 to 7'" in home.say(ADA.email, "quiet hours 9 to 7")
    assert "which hours" in home.say(ADA.email, "quiet hours 8:00 to 8:00")
    assert "22:00 to 06:00" in home.say(ADA.email, "quiet hours")
    assert "at any hour" in home.say(ADA.email, "no quiet hours")
    assert "as for everybody who chose none, 21:00" in home.say(ADA.email, "usual quiet hours")


def test_a_time_zone_is_read_back_with_the_time_there(home: House, ada: Person) -> None:
    told = home.say(ADA.email, "time zone europe/berlin")

    assert "Europe/Berlin: there it is Saturday, 21 November 2026, 19:00" in told
    assert "Europe/Berlin" in home.say(ADA.email, "my time zone")
    with home.transaction() as uow:
        lines = uow.trail.entries(subject=f"person:{ada.id}")
        assert [one.details["to"] for one in lines if one.action == "time-zone"] == [
            "Europe/Berlin"
        ]


def test_a_time_zone_that_may_be_several_is_asked_about(home: House, ada: Person) -> None:
    assert "Which zone do you mean" in home.say(ADA.email, "time zone CET")
    assert "Europe/Paris: there it is" in home.say(ADA.email, "2")
    assert "I know no time zone 'xyzzy'" in home.say(ADA.email, "time zone xyzzy")


def test_the_channel_is_chosen_among_ones_own(home: House, ada: Person) -> None:
    assert "by e-mail, as you chose" in home.say(ADA.email, "tell me by email")
    assert "no address on Slack that I know" in home.say(ADA.email, "tell me by slack")
    assert wishes(home, ada).channel == "email"

    assert "by memory, your newest address" in home.say(ADA.email, "tell me wherever I wrote last")
    assert wishes(home, ada).channel == ""


def test_where_others_read_along_wishes_are_answered_alone(home: House, ada: Person) -> None:
    said = replace(home.message(ADA.email, "notices"), shared=True, conversation="memory:room")

    answers = home.deliver(said)

    told = [one for one in answers if "What I always tell you" in plain_text(one.reply)]
    assert [one.conversation for one in told] == [str(home.address(ADA.email))]
    assert any(one.conversation == "memory:room" for one in answers)
