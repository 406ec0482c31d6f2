"""A house whose people have their private mail addresses from the beginning."""

from __future__ import annotations

from bot.domain.people import Candidate, Person
from bot.domain.rights import Role
from bot.usecases.enrol import Enrolment
from bot.usecases.private_token import token_of
from tests.desk import House


class AddressedHouse(House):
    """Elsewhere an address is made with the first mail to somebody, wherever a story is then."""

    def enrol(self, who: Enrolment) -> Candidate:
        """With a private address."""
        candidate = super().enrol(who)
        self._give(candidate.person)
        return candidate

    def appoint(self, name: str, email: str, *roles: Role) -> Person:
        """With a private address."""
        person = super().appoint(name, email, *roles)
        self._give(person)
        return person

    def _give(self, person: Person) -> None:
        with self.transaction() as uow:
            token_of(uow, person, now=self.clock())
            uow.commit()
