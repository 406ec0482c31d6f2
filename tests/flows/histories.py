"""What befalls candidates who are told notices: moves that Hypothesis puts in any order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import update

from bot.domain.messages import Address, Paragraph, Reply
from bot.domain.notices.happenings import COMMENTS
from bot.domain.notices.reminder import Reminder
from bot.domain.notices.situation import Gathered
from bot.domain.notices.wishes import Cadence, Hush, Quiet, Wishes
from bot.domain.people import Person
from bot.ports import UnitOfWork
from storage.tables import candidates
from tests.crowds import ZONES, email
from tests.sweeping import PEOPLE, Sweepers, ends

SET = "technology"
MATTERS = ("expiry", "idle-tech", "reminder-1")
NIGHT, MORNING = time(20), time(10)
QUIET = (None, Quiet(begins=NIGHT, ends=MORNING), Quiet(begins=MORNING, ends=NIGHT))


@dataclass(slots=True)
class History:
    """One history: each move is of somebody, and has any number to make of it what it wants."""

    sweepers: Sweepers
    news: int = 0

    def later(self, _who: int, n: int) -> None:
        """Some hours pass."""
        self.sweepers.clock.forward(timedelta(minutes=7 * (n + 1)))

    def much_later(self, _who: int, n: int) -> None:
        """Days pass in which nobody sweeps."""
        self.sweepers.clock.forward(timedelta(days=n + 1))

    def sweeps(self, _who: int, _n: int) -> None:
        """All sweep."""
        self.sweepers.sweep()

    def crashes_on_the_way(self, _who: int, n: int) -> None:
        """A sweep goes down after so many statements."""
        self.sweepers.crash(n)

    def restarts(self, _who: int, _n: int) -> None:
        """All processes begin anew."""
        self.sweepers.restart()

    def has_other_rules(self, _who: int, n: int) -> None:
        """Another version of the pack is served."""
        self.sweepers.change_rules(f"version {n % 3}")

    def has_another_end(self, who: int, n: int) -> None:
        """A subscription ends on another day, earlier or later."""
        day = (self.sweepers.clock() + timedelta(days=3 * n - 30)).date()
        move = update(candidates).where(candidates.c.person_id == self._number(who))
        self.sweepers.write(move.values(subscription_ends=day))

    def has_the_old_end_again(self, who: int, _n: int) -> None:
        """A subscription ends as it did at first."""
        number = self._number(who)
        move = update(candidates).where(candidates.c.person_id == number)
        self.sweepers.write(move.values(subscription_ends=ends(number)))

    def is_sent(self, _who: int, _n: int) -> None:
        """All that waits to be sent is, or is put aside."""
        self.sweepers.send()

    def wakes(self, who: int, n: int) -> None:
        """A matter that was snoozed or done with is told of again."""
        with self.sweepers.transaction() as uow:
            uow.wishes.unhush(self._person(uow, who), MATTERS[n % len(MATTERS)])
            uow.commit()

    def states(self, who: int, _n: int) -> None:
        """A statement is written, so that a set is not idle any more."""
        with self.sweepers.transaction() as uow:
            words = ("Some words.",)
            uow.statements.save(self._person(uow, who), SET, words, at=self.sweepers.clock())
            uow.commit()

    def snoozes(self, who: int, n: int) -> None:
        """A matter is left alone for a while, or is done with."""
        now = self.sweepers.clock()
        until = now + timedelta(days=n) if n % 4 else None
        hush = Hush(matter=MATTERS[n % len(MATTERS)], at=now, until=until)
        with self.sweepers.transaction() as uow:
            uow.wishes.hush(self._person(uow, who), hush)
            uow.commit()

    def wishes(self, who: int, n: int) -> None:
        """Other quiet hours, and another cadence."""
        cadence = tuple(Cadence)[n % len(Cadence)]
        wanted = Wishes(cadence=cadence, quiet=QUIET[n // 3 % len(QUIET)])
        with self.sweepers.transaction() as uow:
            uow.wishes.put(self._person(uow, who), wanted)
            uow.commit()

    def declines(self, who: int, n: int) -> None:
        """A kind is declined at the newest address, or wanted again."""
        place = Address(channel="memory", value=email(self._number(who)))
        with self.sweepers.transaction() as uow:
            kinds = uow.wanted_kinds
            (kinds.decline if n % 2 else kinds.accept)(place, "idle")
            uow.commit()

    def moves_house(self, who: int, n: int) -> None:
        """Somebody lives in another time zone from now on."""
        with self.sweepers.transaction() as uow:
            person = self._person(uow, who)
            uow.people.rename(person, person.name, time_zone=ZONES[n % len(ZONES)])
            uow.commit()

    def is_reminded(self, who: int, n: int) -> None:
        """A reminder is set, or an earlier one ended."""
        now = self.sweepers.clock()
        with self.sweepers.transaction() as uow:
            person = self._person(uow, who)
            there = uow.reminders.of(person)
            if there and n % 3 == 0:
                uow.reminders.end(there[0], at=now)
            else:
                uow.reminders.add(_reminder(person, now + timedelta(hours=n), now))
            uow.commit()

    def is_told(self, who: int, _n: int) -> None:
        """Something happens that waits for the digest."""
        self.news += 1
        reply = Reply(blocks=(Paragraph(text=f"News {self.news}."),))
        with self.sweepers.transaction() as uow:
            uow.gathered.add(
                Gathered(
                    key=f"news-{self.news}",
                    person_id=self._number(who),
                    kind=COMMENTS,
                    at=self.sweepers.clock(),
                    reply=reply,
                )
            )
            uow.commit()

    def _number(self, who: int) -> int:
        return who % PEOPLE + 1

    def _person(self, uow: UnitOfWork, who: int) -> Person:
        person = uow.people.get(self._number(who))
        assert person is not None
        return person


def _reminder(person: Person, at: datetime, now: datetime) -> Reminder:
    return Reminder(
        id=0,
        person_id=person.id,
        number=0,
        text="look at my notes",
        at=at,
        zone=person.time_zone,
        made_at=now,
    )


MOVES = (
    History.later,
    History.much_later,
    History.sweeps,
    History.crashes_on_the_way,
    History.restarts,
    History.has_other_rules,
    History.has_another_end,
    History.has_the_old_end_again,
    History.is_sent,
    History.wakes,
    History.states,
    History.snoozes,
    History.wishes,
    History.declines,
    History.moves_house,
    History.is_reminded,
    History.is_told,
)
