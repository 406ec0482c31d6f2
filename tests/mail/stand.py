"""E-mail at work between a real mailbox, a mail server of the tests, and a desk that remembers."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.channel_state import State
from bot.ports import MailboxPlace
from channels.email.access import parse, parse_imap
from channels.email.adapter import Email, House, Reading
from channels.email.intake.listening import MailPatience
from channels.email.intake.understanding import Proving
from channels.email.proof.names import DnsNames
from channels.email.sending.sender import Bounds, Sender
from storage.files import FolderFileStore
from tests import stand
from tests.clock import SetClock
from tests.mail.dovecot import BOT, Dovecot
from tests.mail.letters import SERVER
from tests.mail.world import World
from tests.mailing import Pane

# A server that tells of news does it half a second late; here it is asked before that.
HASTE = MailPatience(first=0.05, longest=0.2, mending=0.2, polling=0.05, idling=0.05)
OWN = f"Carrel <{BOT}>"
NO_NAMES = "127.0.0.1:9"  # nobody answers there


@dataclass(slots=True)
class Kept:
    """How far mailboxes were read, in memory."""

    places: dict[str, MailboxPlace] = field(default_factory=dict)

    def place(self, name: str) -> MailboxPlace | None:
        """As it was kept."""
        return self.places.get(name)

    def keep(self, name: str, place: MailboxPlace) -> None:
        """Keeps it."""
        self.places[name] = place


@dataclass(slots=True, kw_only=True)
class Stand(stand.Stand[Email]):
    """With where files are kept, and how far the mailbox was read."""

    files: FolderFileStore
    places: Kept


def stand_at(
    dovecot: Dovecot,
    world: World,
    folder: Path,
    *,
    user: str = BOT,
    url: str = "",
    smtp_url: str = "",
    ca: Path | None = None,
    names: str = NO_NAMES,
    places: Kept | None = None,
    patience: MailPatience = HASTE,
    window: Pane | None = None,
) -> Stand:
    """An adapter on somebody's mailbox that does not listen yet; files are kept below `folder`."""
    states: list[tuple[State, str]] = []
    known, clock, files = places or Kept(), SetClock(), FolderFileStore(folder / "files")
    shown = window or Pane()
    adapter = Email(
        parse(smtp_url or world.url),
        Sender(address=f"Carrel <{user}>", hears=True),
        House(window=shown, files=files, clock=clock),
        report=lambda state, told: states.append((state, told)),
        reading=Reading(
            access=parse_imap(url or dovecot.url(user=user), ca=ca or dovecot.ca),
            places=known,
            proving=Proving(server=SERVER, names=DnsNames(names)),
            patience=patience,
        ),
        bounds=Bounds(greet_seconds=0.05),
    )
    return Stand(
        adapter=adapter, window=shown, clock=clock, states=states, files=files, places=known
    )
