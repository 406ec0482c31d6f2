"""What is kept of roles, shares, questions to staff, and answers that people gave for good."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.handover import Curated, HandedOver
from bot.domain.knowledge import Passage, Turn
from bot.domain.messages import Address
from bot.domain.people import Person
from bot.domain.rights import Role
from bot.domain.sharing import Comment, Offer, OfferState, Share
from bot.ports.keeping import HandOver


class Roles(Protocol):
    """Granted roles: reviewer, staff, admin."""

    def of(self, person: Person) -> frozenset[Role]:
        """The roles granted to the person."""
        ...

    def grant(self, person: Person, role: Role, *, at: datetime) -> bool:
        """Gives the role; False when the person has it already."""
        ...

    def revoke(self, person: Person, role: Role) -> bool:
        """Takes the role away; False when the person did not have it."""
        ...

    def granted(self) -> frozenset[tuple[int, str]]:
        """Every person's number with every role granted to them, whatever is written there."""
        ...

    def holders(self, roles: Sequence[Role]) -> tuple[Person, ...]:
        """Everybody who has any of the roles, each once, by number."""
        ...


class Shares(Protocol):
    """Shares, comments on them, and offered evidence. Numbers are of the whole house."""

    def add(
        self, owner: Person, mentor: Person, *, set_id: str, until: datetime, at: datetime
    ) -> Share:
        """A new share."""
        ...

    def get(self, number: int) -> Share | None:
        """The share of that number, of any candidate."""
        ...

    def by(self, owner: Person) -> tuple[Share, ...]:
        """Every share the candidate made, ended ones too, oldest first."""
        ...

    def with_(self, mentor: Person) -> tuple[Share, ...]:
        """Every share with that mentor, ended ones too, oldest first."""
        ...

    def mentors(self, *, now: datetime) -> tuple[int, ...]:
        """The numbers of everybody with whom something is shared now, in order."""
        ...

    def revoke(self, share: Share, *, at: datetime) -> bool:
        """Ends it; False when it was revoked already."""
        ...

    def comment(
        self, share: Share, author: Person, *, section: str, text: str, set_id: str, at: datetime
    ) -> Comment:
        """Keeps a comment."""
        ...

    def comments(self, owner: Person) -> tuple[Comment, ...]:
        """Every comment on the candidate's record, oldest first."""
        ...

    def offer(self, new: Offer) -> Offer:
        """Keeps an offered file; its number is given here.

        The same bytes offered to the same candidate by the same person again are one offer.
        """
        ...

    def get_offer(self, number: int) -> Offer | None:
        """The offer of that number, to any candidate."""
        ...

    def offers(self, owner: Person) -> tuple[Offer, ...]:
        """Every offer to the candidate, oldest first."""
        ...

    def settle(self, offer: Offer, state: OfferState, *, at: datetime) -> bool:
        """Accepts or declines it; False when that was done already."""
        ...


class HandOvers(Protocol):
    """Questions passed to staff. What staff see of them is marked in the announcements."""

    def add(
        self,
        asker: Address,
        conversation: str,
        question: str,
        *,
        person: Person | None,
        at: datetime,
    ) -> HandOver:
        """Passes a question to staff; the same address's same question, still open, is not new."""
        ...

    def get(self, number: int) -> HandedOver | None:
        """The question of that number."""
        ...

    def waiting(self, asker: Address, *, person: Person | None) -> int:
        """How many questions of that address wait for a reply: the person's, or those of nobody."""
        ...

    def waiting_of_nobody(self, channel: str) -> int:
        """How many wait that came by that channel from whoever was nobody known."""
        ...

    def open(self, *, limit: int) -> tuple[HandedOver, ...]:
        """Questions without a reply, oldest first."""
        ...

    def open_in(self, conversation: str) -> HandedOver | None:
        """The newest question of the conversation that waits for a reply."""
        ...

    def taken_in(self, conversation: str) -> HandedOver | None:
        """The newest question there that somebody is on, if the asker did not turn from it."""
        ...

    def resume(self, conversation: str, *, at: datetime) -> bool:
        """The asker turns from whoever is on a question there; False when nobody is."""
        ...

    def asked_as(self, questions: Sequence[str]) -> Mapping[str, int]:
        """The newest number, by question, of those that were passed on in just these words."""
        ...

    def add_words(self, number: int, words: str, *, at: datetime) -> None:
        """Adds what the asker said since."""
        ...

    def take(self, number: int, person: Person, *, at: datetime) -> bool:
        """Notes who is on it; False when somebody is, or it was answered."""
        ...

    def answer(self, number: int, person: Person, text: str, *, at: datetime) -> bool:
        """Keeps the reply; False when there is one already."""
        ...


class CuratedAnswers(Protocol):
    """Answers that people gave for good."""

    def add(self, new: Curated) -> Curated:
        """Keeps a curated answer; its number is given here."""
        ...

    def all(self) -> tuple[Curated, ...]:
        """Every curated answer that was not retired, oldest first."""
        ...

    def retire(self, number: int, *, at: datetime) -> bool:
        """Withdraws one; False when there is none of that number, or it was withdrawn."""
        ...


class Asked(Protocol):
    """Questions and what they were answered from, for reports."""

    def declined(self, *, since: datetime, limit: int) -> tuple[Turn, ...]:
        """Questions that were not answered, newest first."""
        ...

    def answered_from(self, passages: Sequence[str]) -> tuple[Turn, ...]:
        """Turns answered from any of those passages that have an address, oldest first."""
        ...

    def known_passages(self) -> Mapping[str, str]:
        """The text of every passage as it was when it was last noted, by its id."""
        ...

    def note_passages(self, passages: Sequence[Passage], *, at: datetime) -> None:
        """Notes the passages as they are now, in place of what was noted before."""
        ...


class Erasure(Protocol):
    """Takes a person's data out of every table."""

    def hold(self) -> None:
        """Waits until nobody composes messages for many, and keeps others from that until the end.

        Whoever read the person before would else write of them after they were erased.
        """
        ...

    def bytes_of(self, person: Person) -> frozenset[str]:
        """The names of all bytes that the person's record, offers, appeals and messages tell of."""
        ...

    def unheld(self, names: Collection[str]) -> frozenset[str]:
        """Those of the names that no record, offer, submission or unread message holds any more."""
        ...

    def erase(self, person: Person, *, at: datetime) -> Mapping[str, int]:
        """Forgets the person; gives how many rows of each kind went.

        The trail stays as it is, and so do decided submissions without the files' names; the
        person keeps their number and loses name and addresses. Bytes are the caller's to discard.
        """
        ...
