"""Mails as the channel hands them over, with an envelope made by hand, and what is mailed back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.domain.messages import Address, Envelope, InboundMessage, OutboundMessage
from bot.usecases.identify import named
from bot.usecases.private_token import token_of
from channels.markup import plain_text
from tests.cast import ADA
from tests.desk import House

INVITATION = "carrel+{token}@example.org"


@dataclass(kw_only=True, slots=True)
class Writer:
    """Somebody who writes mails from an address. What they are proved by is said each time."""

    house: House
    email: str = ADA.email

    @property
    def address(self) -> Address:
        """Where they write from."""
        return Address(channel="email", value=self.email)

    def mail(
        self,
        text: str,
        *paths: Path,
        proved: bool = False,
        tag: str = "",
        subject: str = "",
        answers: str = "",
    ) -> InboundMessage:
        """A mail from there."""
        attached = (self.house.attach(path) for path in paths)
        message = self.house.message(self.email, text, *attached)
        return replace(
            message,
            id=f"mail-{message.id}",
            sender=self.address,
            conversation=str(self.address),
            answers=answers,
            envelope=Envelope(
                sha256="0" * 64, proved=proved, tag=tag, subject=subject, reply=bool(answers)
            ),
        )

    def sends(self, message: InboundMessage) -> Sequence[OutboundMessage]:
        """What is mailed to anybody because of it."""
        before = len(self.house.mail.sent)
        self.house.deliver(message)
        return self.house.mail.sent[before:]

    def says(self, text: str, *paths: Path, proved: bool = False, tag: str = "") -> str:
        """What is mailed to anybody because of those words."""
        return said(self.sends(self.mail(text, *paths, proved=proved, tag=tag)))

    def replies(self, text: str, *, proved: bool = False, tag: str = "") -> str:
        """The same below the newest mail."""
        message = self.mail(text, proved=proved, tag=tag, answers=newest(self.house))
        return said(self.sends(message))

    def token(self) -> str:
        """What their private address ends in."""
        with self.house.transaction() as uow:
            person = named(uow, self.address)
            assert person is not None
            token = token_of(uow, person, now=self.house.clock())
            uow.commit()
        return token.lower()


def newest(house: House) -> str:
    """The id of the newest mail."""
    return house.mail.post.format(len(house.mail.sent))


def said(messages: Sequence[OutboundMessage]) -> str:
    """The words of mails."""
    return "\n\n".join(plain_text(message.reply) for message in messages)


def filed(house: House, email: str = ADA.email) -> list[str]:
    """The names of the files in somebody's record."""
    with house.transaction() as uow:
        person = uow.people.find(email)
        assert person is not None
        return [one.name for one in uow.records.of(person)]
