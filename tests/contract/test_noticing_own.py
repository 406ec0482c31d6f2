"""The books, wishes, reminders, news that wait for a digest, and feeds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest

from bot.domain.messages import Address, Choice, Download, Paragraph, Reply
from bot.domain.notices.calendar import Entry
from bot.domain.notices.notice import Ending, Noted
from bot.domain.notices.reminder import Reminder
from bot.domain.notices.situation import Gathered
from bot.domain.notices.wishes import Cadence, Hush, Quiet, Wishes
from bot.domain.people import Person
from bot.ports import UnitOfWork
from tests.contract.examples import NOW, later, outbound, person
from tests.contract.reviewing import at_once
from tests.exporting import small_program


def noted(
    key: str,
    who: int = 1,
    *,
    seconds: float = 0,
    ending: Ending = Ending.SAID,
    matter: str = "expiry",
) -> Noted:
    """A notice in the books."""
    return Noted(
        key=key,
        person_id=who,
        kind="expiry",
        matter=matter,
        due=NOW,
        at=later(seconds),
        ending=ending,
        message="m" if ending is Ending.SAID else "",
    )


def reminder(who: Person, text: str = "Write it.", *, seconds: float = 9) -> Reminder:
    """A reminder that is not kept yet."""
    return Reminder(
        id=0,
        person_id=who.id,
        number=0,
        text=text,
        at=later(seconds),
        zone="Asia/Tokyo",
        made_at=NOW,
        section="A",
    )


def news(who: Person, key: str = "c", *, seconds: float = 0) -> Gathered:
    """Something that happened, with everything a message can hold."""
    file = Download(name="letter.pdf", media_type="application/pdf", size=3, sha256="ab")
    choices = (Choice(label="Show", says="show 3"),)
    said = Reply(blocks=(Paragraph(text=f"News {key}."), file), choices=choices, heads="re 3: ")
    return Gathered(key=key, person_id=who.id, kind="comments", at=later(seconds), reply=said)


def test_what_is_in_the_books_is_known_and_nothing_else(unit: UnitOfWork) -> None:
    with unit:
        assert unit.notices.known([]) == frozenset()
        assert unit.notices.note([]) == frozenset()
        assert unit.notices.note([noted("b"), noted("a")]) == {"a", "b"}
        assert unit.notices.known(["a", "c", "é'\"\\"]) == {"a"}


def test_a_key_is_written_once(unit: UnitOfWork) -> None:
    with unit:
        unit.notices.note([noted("a")])
        again = noted("a", ending=Ending.MISSED)

        assert unit.notices.note([noted("b"), again, noted("c"), noted("c")]) == {"b", "c"}
        (kept,) = (one for one in unit.notices.of(_known(1), limit=9) if one.key == "a")
        assert kept == noted("a")


def test_many_are_written_at_once(unit: UnitOfWork) -> None:
    many = [noted(f"k{n:04}") for n in range(2500)]
    with unit:
        unit.notices.note(many[::2])

        assert unit.notices.note(many) == {one.key for one in many[1::2]}
        assert len(unit.notices.known([one.key for one in many])) == 2500


def test_of_two_who_write_the_same_at_once_one_gets_each_key(
    shared: Callable[[], UnitOfWork],
) -> None:
    def write(number: int) -> frozenset[str]:
        unit = shared()
        keys = [f"k{n}" for n in range(50)]
        with unit:
            new = unit.notices.note([noted(key) for key in (keys if number else keys[::-1])])
            unit.commit()
        return new

    got = at_once(write)

    assert sum(map(len, got)) == 50
    assert len(frozenset[str]().union(*got)) == 50


def test_what_was_not_said_after_all_may_be_written_again(unit: UnitOfWork) -> None:
    with unit:
        unit.notices.note([noted("a"), noted("b"), noted("c", ending=Ending.MISSED)])
        unit.notices.unsay([], message="m")
        unit.notices.unsay(["a"], message="another")
        assert unit.notices.known(["a", "b", "c"]) == {"a", "b", "c"}

        unit.notices.unsay(["a", "c"], message="m")

        assert unit.notices.known(["a", "b", "c"]) == {"b", "c"}
        assert unit.notices.note([noted("a")]) == {"a"}


def test_news_that_were_not_told_wait_again(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        first, second = news(ada, "a"), news(ada, "b", seconds=1)
        for each in (first, second):
            unit.gathered.add(each)
        unit.gathered.take(["a", "b"], message="digest:1", at=later(9))
        unit.gathered.give_back([], message="digest:1")
        unit.gathered.give_back(["a"], message="digest:2")
        unit.gathered.give_back(["b"], message="digest:1")

        assert unit.gathered.told_by("digest:1") == (first,)
        (situation,) = unit.situations.of([ada.id], now=NOW, program=small_program())
        assert situation.gathered == (second,)


def test_news_are_forgotten_once_what_told_them_has_ended(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        for key in "abcd":
            unit.gathered.add(news(ada, key))
        unit.outbox.add(outbound("open"), due=NOW)
        unit.gathered.take(["a"], message="open", at=NOW)
        unit.gathered.take(["b"], message="ended", at=NOW)
        unit.gathered.take(["c"], message="ended", at=later(9))

        assert unit.gathered.forget(until=later(8)) == 1
        assert [one.key for one in unit.gathered.told_by("ended")] == ["c"]
        assert [one.key for one in unit.gathered.told_by("open")] == ["a"]
        (situation,) = unit.situations.of([ada.id], now=NOW, program=small_program())
        assert [one.key for one in situation.gathered] == ["d"]


def test_a_person_s_notices_are_listed_newest_first(unit: UnitOfWork) -> None:
    with unit:
        unit.notices.note([noted("a", seconds=1), noted("b", seconds=2), noted("c", 2, seconds=3)])

        assert [one.key for one in unit.notices.of(_known(1), limit=9)] == ["b", "a"]
        assert [one.key for one in unit.notices.of(_known(1), limit=1)] == ["b"]


def test_what_was_missed_since_is_listed_oldest_first(unit: UnitOfWork) -> None:
    missed = [noted(f"m{n}", seconds=n, ending=Ending.MISSED) for n in (3, 1, 2)]
    with unit:
        unit.notices.note([*missed, noted("said", seconds=9)])

        found = unit.notices.missed(since=later(2), limit=9)
        assert found == (missed[2], missed[0])
        assert unit.notices.missed(since=NOW, limit=1) == (missed[1],)
        assert unit.notices.count_missed(since=later(2)) == {missed[0].kind: 2}


def test_whoever_chose_nothing_has_no_wishes(unit: UnitOfWork) -> None:
    with unit:
        assert unit.wishes.of(person(unit)) == Wishes()


@pytest.mark.parametrize(
    "wishes",
    [
        Wishes(quiet=Quiet(begins=time(21, 30), ends=time(7)), cadence=Cadence.DAILY),
        Wishes(quiet=Quiet(begins=time(0), ends=time(0)), channel="slack"),
        Wishes(cadences={"comments": Cadence.WEEKLY, "idle": Cadence.AT_ONCE}),
    ],
)
def test_wishes_are_kept_in_place_of_earlier_ones(unit: UnitOfWork, wishes: Wishes) -> None:
    with unit:
        ada, bea = person(unit), person(unit, "Bea")
        unit.wishes.put(ada, Wishes(cadence=Cadence.WEEKLY, channel="talk"))
        unit.wishes.put(ada, wishes)

        assert unit.wishes.of(ada) == wishes
        assert unit.wishes.of(bea) == Wishes()


def test_what_is_declined_at_any_of_their_places_is_among_their_wishes(unit: UnitOfWork) -> None:
    talk, other = Address(channel="talk", value="ada"), Address(channel="talk", value="bea")
    with unit:
        ada = person(unit)
        record = Address(channel="email", value=ada.email)
        unit.people.connect(ada, talk, at=NOW)
        for address, kind in ((talk, "idle"), (talk, "comments"), (record, "idle"), (other, "all")):
            unit.wanted_kinds.decline(address, kind)

        declined = {("talk", "idle"), ("talk", "comments"), ("email", "idle")}
        assert unit.wishes.of(ada).declined == declined


def test_a_matter_is_hushed_until_it_is_not(unit: UnitOfWork) -> None:
    snoozed = Hush(matter="expiry", at=NOW, until=later(9))
    done = Hush(matter="idle-a", at=later(1), until=None)
    with unit:
        ada = person(unit)
        unit.wishes.hush(ada, Hush(matter="expiry", at=NOW, until=None))
        for each in (done, snoozed):
            unit.wishes.hush(ada, each)
        unit.wishes.put(ada, Wishes(channel="talk"))

        assert unit.wishes.of(ada) == Wishes(channel="talk", hushed=(snoozed, done))
        assert unit.wishes.unhush(ada, "expiry")
        assert not unit.wishes.unhush(ada, "expiry")
        assert unit.wishes.of(ada).hushed == (done,)


def test_reminders_are_numbered_by_person_and_listed_by_time(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit), person(unit, "Bea")
        late = unit.reminders.add(reminder(ada, "late", seconds=99))
        soon = unit.reminders.add(reminder(ada, "soon"))
        other = unit.reminders.add(reminder(bea))

        assert late == replace(reminder(ada, "late", seconds=99), id=late.id, number=1)
        assert (soon.number, other.number) == (2, 1)
        assert unit.reminders.of(ada) == (soon, late)
        assert unit.reminders.numbered(ada, 2) == soon
        assert unit.reminders.numbered(bea, 2) is None
        assert unit.reminders.numbered(ada, 10**12) is None


def test_a_reminder_ends_once_and_its_number_is_not_given_again(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        first = unit.reminders.add(reminder(ada))
        assert unit.reminders.end(first, at=later(1))
        assert not unit.reminders.end(first, at=later(2))

        assert unit.reminders.of(ada) == ()
        assert unit.reminders.numbered(ada, 1) is None
        assert unit.reminders.add(reminder(ada)).number == 2


def test_reminders_set_at_once_have_numbers_of_their_own(shared: Callable[[], UnitOfWork]) -> None:
    with shared() as unit:
        ada = person(unit)
        unit.commit()

    def add(_: int) -> int:
        with shared() as unit:
            made = unit.reminders.add(reminder(ada))
            unit.commit()
        return made.number

    assert sorted(at_once(add)) == [1, 2, 3, 4]


def test_news_wait_until_a_message_tells_them(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        first, second = news(ada, "a", seconds=1), news(ada, "b", seconds=2)
        for each in (second, first, news(ada, "c")):
            assert unit.gathered.add(each)
        assert not unit.gathered.add(first)
        unit.gathered.take(["b", "a"], message="digest:1", at=later(9))
        unit.gathered.take([], message="digest:2", at=later(9))

        assert unit.gathered.told_by("digest:1") == (first, second)
        assert unit.gathered.told_by("digest:2") == ()
        (situation,) = unit.situations.of([ada.id], now=NOW, program=small_program())
        assert [one.key for one in situation.gathered] == ["c"]


def test_a_calendar_has_one_address_and_a_new_one_takes_its_place(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit), person(unit, "Bea")
        assert unit.feeds.of(ada) is None
        unit.feeds.put(ada, "old", at=NOW)
        unit.feeds.put(ada, "new", at=later(1))
        unit.feeds.put(bea, "hers", at=NOW)

        kept = unit.feeds.of(ada)
        assert kept is not None
        assert (kept.person_id, kept.token_hash, kept.made_at) == (ada.id, "new", later(1))
        assert unit.feeds.owner("old") is None
        assert unit.feeds.owner("new") == ada
        assert unit.feeds.drop(ada)
        assert not unit.feeds.drop(ada)
        assert unit.feeds.owner("new") is None
        assert unit.feeds.owner("hers") == bea


def test_a_calendar_s_entries_are_kept_as_they_were_told(unit: UnitOfWork) -> None:
    day = Entry(uid="b@x", title="Ends", text="Renew.", day=date(2027, 1, 1))
    hours = Entry(
        uid="a@x",
        title="Webinar",
        text="",
        begins=later(1),
        ends=later(2),
        sequence=3,
        cancelled=True,
        changed_at=NOW,
    )
    with unit:
        ada, bea = person(unit), person(unit, "Bea")
        unit.feeds.keep(bea, [day])
        unit.feeds.keep(ada, [day])
        unit.feeds.keep(ada, [day, hours])
        assert unit.feeds.entries(ada) == (hours, day)
        unit.feeds.keep(ada, [])
        assert unit.feeds.entries(ada) == ()
        assert unit.feeds.entries(bea) == (day,)


def test_two_people_cannot_have_the_same_calendar_address(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit), person(unit, "Bea")
        unit.feeds.put(ada, "same", at=NOW)
        with pytest.raises(Exception, match="token_hash"):
            unit.feeds.put(bea, "same", at=NOW)


def _known(number: int) -> Person:
    return Person(id=number, name="P", email="p@example.org")


def test_a_reminder_is_moved_under_its_number_and_opened_again(unit: UnitOfWork) -> None:
    with unit:
        who = person(unit)
        kept = unit.reminders.add(reminder(who))

        assert unit.reminders.move(kept, to=later(50)) == replace(kept, at=later(50))
        assert unit.reminders.reopen(who, kept.number) is None
        unit.reminders.end(kept, at=NOW)
        assert unit.reminders.move(kept, to=later(60)) is None
        assert unit.reminders.reopen(who, kept.number) == replace(kept, at=later(50))
        assert unit.reminders.reopen(who, 10**40) is None
