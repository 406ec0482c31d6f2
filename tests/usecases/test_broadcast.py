"""Staff write to many: a draft is shown as it will be read, and goes nowhere unconfirmed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.limits import LONGEST_WORDS
from bot.domain.messages import Address
from bot.domain.notices.broadcast import BroadcastState
from bot.domain.rights import Role
from bot.usecases.appoint import OPERATOR, take_role
from tests.broadcasting import all_sent, crowd, got, stored
from tests.cast import ADA, ADE, BEA, DOT, REV, SAL
from tests.desk import House
from tests.reviewed import staffed, submitted

WORDS = "Dear {name}, the office is closed next week."


@pytest.fixture
def office(home: House) -> House:
    """Ada and Bea are enrolled; there are reviewers, Sal of staff, and an admin."""
    staffed(home)
    return home


def test_a_draft_is_shown_as_it_will_be_read_with_how_many_and_by_what_way(office: House) -> None:
    told = office.say(SAL[1], f"broadcast to candidates: {WORDS}")

    assert "Broadcast 1, to all candidates (2 people). Nothing is sent yet." in told
    assert "Dear Sal Moreau, the office is closed next week." in told
    assert "Of 2 people I reach 2: 2 by memory." in told
    assert "At 20 messages a second that takes about a second" in told
    assert [one.says for one in office.choices()] == [
        "test broadcast 1",
        "send broadcast 1",
        "change broadcast 1",
        "cancel broadcast 1",
    ]
    assert stored(office, 1).state is BroadcastState.DRAFT
    all_sent(office, seconds=3)
    assert got(office, "is closed next week") == [SAL[1]]  # the preview


def test_what_is_confirmed_reaches_each_person_once_with_their_own_name(office: House) -> None:
    office.say(SAL[1], f"broadcast to candidates: {WORDS}")
    told = office.say(SAL[1], "send broadcast 1")
    all_sent(office)

    assert "goes to all candidates (2 people)" in told
    assert "Dear Ada Reyes, the office is closed next week." in office.heard(ADA.email)[-1]
    assert "Dear Bea Okafor" in office.heard(BEA.email)[-1]
    assert sorted(got(office, "Dear Ada") + got(office, "Dear Bea")) == [ADA.email, BEA.email]
    assert stored(office, 1).state is BroadcastState.SENT


def test_what_is_replied_to_it_goes_to_the_staff(office: House) -> None:
    office.say(SAL[1], f"broadcast to candidates: {WORDS}")
    office.say(SAL[1], "send broadcast 1")
    all_sent(office)

    (sent,) = [m for m in office.channel.sent if m.key == "broadcast:1:1"]
    assert sent.reply.heads == "ask staff: "
    assert [one.says for one in sent.reply.choices] == ["notices broadcasts off"]
    assert sent.kind == "broadcasts"


def test_a_double_press_sends_nothing_twice(office: House) -> None:
    office.say(SAL[1], f"broadcast to candidates: {WORDS}")
    office.say(SAL[1], "send broadcast 1")
    again = office.say(SAL[1], "send broadcast 1")
    all_sent(office)
    after = office.say(SAL[1], "send broadcast 1")

    assert "goes to all candidates" in again
    assert "all candidates" in after
    assert ": sent." in after
    assert got(office, "Dear Ada") == [ADA.email]


def test_two_drafts_do_not_mix(office: House) -> None:
    office.say(SAL[1], "broadcast to candidates: The first words.")
    office.say(SAL[1], "broadcast to reviewers: The second words.")
    office.say(SAL[1], "send broadcast 2")
    all_sent(office)

    assert got(office, "The first words.") == [SAL[1]]
    assert sorted(got(office, "The second words.")) == [REV[1], "rob@example.org", SAL[1]]


def test_a_test_goes_to_whoever_asks_alone(office: House) -> None:
    office.say(SAL[1], f"broadcast to candidates: {WORDS}")
    told = office.say(SAL[1], "test broadcast 1")

    assert "on its way to you" in told
    (test,) = [m for m in office.channel.sent if m.key.startswith("broadcast-test:1:")]
    assert test.to.value == SAL[1]
    assert test.kind == "broadcasts"
    assert "send broadcast 1" in [one.says for one in office.choices()]
    assert got(office, "Dear Ada") == []


def test_each_way_is_named_once_however_many_terminals_there_are(office: House) -> None:
    with office.transaction() as uow:
        for one in (ADA, BEA):
            person = uow.people.find(one.email)
            assert person
            terminal = Address(channel=f"console:{one.email}", value=one.email)
            uow.people.connect(person, terminal, at=office.clock())
        uow.commit()

    told = office.say(SAL[1], f"broadcast to candidates: {WORDS}")

    assert "Of 2 people I reach 2: 2 by the terminal." in told


def test_a_yes_below_a_draft_neither_sends_nor_changes_it(office: House) -> None:
    office.say(SAL[1], f"broadcast to candidates: {WORDS}")

    told = office.say(SAL[1], "change broadcast 1: Yes!")

    assert "Nothing was changed or sent. To send broadcast 1, say: send broadcast 1." in told
    assert stored(office, 1).state is BroadcastState.DRAFT


def test_what_is_withdrawn_for_good_cannot_be_cancelled_again(office: House) -> None:
    office.say(SAL[1], f"broadcast to candidates: {WORDS}")
    office.say(SAL[1], "cancel broadcast 1")

    assert "Broadcast 1 was cancelled; nothing was sent" in office.say(SAL[1], "send broadcast 1")
    office.say(SAL[1], "broadcast 1")
    assert "cancel broadcast 1" not in [one.says for one in office.choices()]


def test_other_words_make_a_new_draft_and_the_old_one_cannot_be_sent(office: House) -> None:
    office.say(SAL[1], f"broadcast to candidates: {WORDS}")
    asked = office.say(SAL[1], "change broadcast 1")
    told = office.say(SAL[1], "change broadcast 1: We are open again.")

    assert "What should broadcast 1 say?" in asked
    assert "This takes the place of broadcast 1, which was not sent." in told
    assert "Broadcast 2, to all candidates" in told
    refused = office.say(SAL[1], "send broadcast 1")
    assert "A newer draft took the place of broadcast 1; nothing was sent" in refused
    assert "replaced by a newer draft" in office.say(SAL[1], "broadcast 1")
    office.say(SAL[1], "send broadcast 2")
    all_sent(office)
    assert sorted(set(got(office, "We are open again."))) == [ADA.email, BEA.email, SAL[1]]


@pytest.mark.parametrize("why", ["older than a day", "another number of people"])
def test_a_stale_draft_is_shown_once_more_before_it_is_sent(office: House, why: str) -> None:
    office.say(SAL[1], "broadcast to candidates: Be there.")
    if why == "older than a day":
        office.clock.forward(timedelta(days=1, minutes=1))
    else:
        crowd(office, 1)
    told = office.say(SAL[1], "send broadcast 1")
    all_sent(office, seconds=5)

    assert "Broadcast 2, to all candidates" in told
    assert set(got(office, "Be there.")) == {SAL[1]}
    office.say(SAL[1], "send broadcast 2")
    all_sent(office)
    assert ADA.email in got(office, "Be there.")


def test_a_draft_is_not_sent_to_those_who_left_its_group(office: House) -> None:
    office.say(SAL[1], "broadcast to reviewers: For you alone.")
    total = stored(office, 1).total
    with office.transaction() as uow:
        left = uow.people.find(REV[1])
        assert left is not None
        take_role(uow, office.desk.program, left, Role.REVIEWER, by=OPERATOR, now=office.clock())
        uow.commit()
    office.appoint("Una Vega", "una@example.org", Role.REVIEWER)
    told = office.say(SAL[1], "send broadcast 1")
    office.say(SAL[1], "send broadcast 2")
    all_sent(office)

    assert stored(office, 2).total == total
    assert "This takes the place of broadcast 1, which was not sent: it" in told
    assert "una@example.org" in got(office, "For you alone.")
    assert REV[1] not in got(office, "For you alone.")


def test_only_the_drafter_or_an_admin_sends_it(office: House) -> None:
    office.appoint("Syd Noor", "syd@example.org", Role.STAFF)
    office.say(SAL[1], "broadcast to candidates: Be there.")

    assert "drafted by somebody else" in office.say("syd@example.org", "send broadcast 1")
    assert "drafted by somebody else" in office.say("syd@example.org", "change broadcast 1: No.")
    assert "goes to all candidates" in office.say(ADE[1], "send broadcast 1")


@pytest.mark.parametrize("who", [ADA.email, REV[1], DOT])
def test_nobody_but_staff_writes_to_many(office: House, who: str) -> None:
    office.say(SAL[1], "broadcast to staff: For us alone.")
    for said in ("broadcast to everyone: Hello all", "send broadcast 1", "broadcast 1"):
        told = office.say(who, said)
        assert "Nothing is sent yet" not in told
        assert "For us alone" not in told
    assert stored(office, 1).state is BroadcastState.DRAFT


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("x" * (LONGEST_WORDS + 1), "at most 2,000 characters"),
        ("Dear {first_name}, hello.", "I cannot fill in {first_name}"),
        ("Dear {}, hello.", "I cannot fill in {}"),
    ],
)
def test_words_that_cannot_be_sent_are_not_drafted(office: House, words: str, refused: str) -> None:
    assert refused in office.say(SAL[1], f"broadcast to candidates: {words}")

    with office.transaction() as uow:
        assert uow.broadcasts.newest(limit=5) == ()


def test_marks_and_empty_lines_of_the_words_stay_words(office: House) -> None:
    office.say(SAL[1], "broadcast to reviewers: *Both* <b>lines</b>\n\n> stay\n1. as they are")

    said = office.channel.sent[-1].reply.said
    assert "*Both* <b>lines</b>" in said
    assert "> stay\n1. as they are" in said


def test_the_trail_tells_of_a_broadcast_without_its_words(office: House) -> None:
    office.say(SAL[1], f"broadcast to candidates: {WORDS}")
    office.say(SAL[1], "send broadcast 1")
    office.say(SAL[1], "cancel broadcast 1")

    with office.transaction() as uow:
        lines = list(uow.trail.entries(subject="broadcast:1"))
    assert [line.action for line in lines] == [
        "broadcast-drafted",
        "broadcast-sent",
        "broadcast-cancelled",
    ]
    assert all(line.details["people"] == "2" for line in lines)
    assert all(len(line.details["sha256"]) == 64 for line in lines)
    assert "closed" not in str([line.details for line in lines])


def test_each_group_holds_its_people(office: House) -> None:
    with office.transaction() as uow:
        person = uow.people.find(ADA.email)
        candidate = uow.people.candidate(person) if person else None
    assert candidate
    submitted(office, candidate, "technology")

    counted = {
        group: office.say(SAL[1], f"broadcast to {group}: Hello.")
        for group in (
            "everyone", "candidates", "waiting", "reviewers", "staff", "TECH", "Technology",
            "access services", "whose subscription ends within 900 days", ADA.email, "Bea Okafor",
        )
    }  # fmt: skip
    people = {group: told.split(" people")[0].split("(")[-1] for group, told in counted.items()}
    assert people["everyone"] == "6"
    assert people["candidates"] == "2"
    assert people["reviewers"] == "2"
    assert people["staff"] == "2"
    for group in ("waiting", "TECH", "Technology", "access services"):
        assert " (1 person). Nothing is sent yet" in counted[group]
    for group in (ADA.email, "Bea Okafor"):
        assert "to one person. Nothing is sent yet" in counted[group]
    assert (
        "those whose subscription ends within 900 days"
        in counted["whose subscription ends within 900 days"]
    )


@pytest.mark.parametrize("group", ["certified", "achieved", "more wanted", "mentors"])
def test_a_group_of_nobody_is_not_drafted(office: House, group: str) -> None:
    assert "nothing was drafted" in office.say(SAL[1], f"broadcast to {group}: Hello.")


def test_an_unknown_group_gets_the_list_of_groups_with_counts(office: House) -> None:
    told = office.say(SAL[1], "broadcast to the bowling club: Hello.")

    assert "I know no group \u201cthe bowling club\u201d." in told
    for line in ("everyone: 6 people", "candidates: 2 people", "certified: 0 people"):
        assert f"- {line}" in told
    assert "- mentors: 0 people" in told


def test_words_can_come_after_the_group(office: House) -> None:
    told = office.say(SAL[1], "broadcast to candidates")

    assert "What should all candidates be told?" in told
    assert office.channel.sent[-1].reply.heads == "broadcast to candidates: "
