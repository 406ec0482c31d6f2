"""How far mailboxes have been read, each time in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable

from bot.ports import MailboxPlace, UnitOfWork


class StoredMailboxes:
    """Places in the database; see `bot.ports.Mailboxes` for the contract."""

    def __init__(self, transaction: Callable[[], UnitOfWork]) -> None:
        self._transaction = transaction

    def place(self, name: str) -> MailboxPlace | None:
        """How far that mailbox has been read; None when it never was."""
        with self._transaction() as uow:
            return uow.mailing.place(name)

    def keep(self, name: str, place: MailboxPlace) -> None:
        """Remembers the place durably in the stead of an older one; harmless twice."""
        with self._transaction() as uow:
            uow.mailing.keep_place(name, place)
            uow.commit()
