"""E-mail, as far as the composition knows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.app import Store, utc_now
from bot.domain.messages import ON_RECORD, Address
from bot.errors import ConfigurationError
from bot.ports import Fetcher, MailboxPlace, UnitOfWork
from bot.settings import Settings
from bot.usecases.private_token import keep_private_form
from bot.vendors.vendor import Finding, Made, Makings, Setup, Vendor
from storage.files import FolderFileStore

if TYPE_CHECKING:
    from channels.checked import Check
    from channels.email.access import ImapAccess, SmtpAccess
    from channels.email.adapter import Reading
    from channels.email.sending.sender import Sender

LOOKED_AT, MAILBOX = "mail server", "mailbox"
UNHEARD = (
    "CARREL_MAIL_STAFF needs CARREL_IMAP_URL beside it: until then staff cannot decide by mail, so"
    " no cards go there"
)
NO_ONE_CLICK = (
    "CARREL_PUBLIC_URL begins with http://: notices have no one-click way to decline them until it"
    " begins with https://"
)
HALF_KEY = (
    "CARREL_MAIL_DKIM_KEY and CARREL_MAIL_DKIM_SELECTOR need each other: until both are set,"
    " nothing that Carrel sends is signed"
)


@dataclass(frozen=True, slots=True)
class Places:
    """How far mailboxes were read, each time in a transaction of its own; see `Mailboxes`."""

    transaction: Callable[[], UnitOfWork]

    def place(self, name: str) -> MailboxPlace | None:
        """How far that mailbox has been read; None when it never was."""
        with self.transaction() as uow:
            return uow.mailboxes.place(name)

    def keep(self, name: str, place: MailboxPlace) -> None:
        """Remembers the place durably in the stead of an older one; harmless twice."""
        with self.transaction() as uow:
            uow.mailboxes.keep(name, place)
            uow.commit()


def reads(settings: Settings) -> bool:
    """Whether mail is read, not only sent."""
    return bool(settings.imap_url.get_secret_value())


def _setup(settings: Settings) -> Setup:
    needed = {
        "CARREL_SMTP_URL": bool(settings.smtp_url.get_secret_value()),
        "CARREL_MAIL_ADDRESS": bool(settings.mail_address),
    }
    room = settings.mail_staff if reads(settings) else ""
    return Setup(
        name=ON_RECORD,
        touched=any(needed.values()) or reads(settings) or bool(settings.mail_staff),
        missing=tuple(name for name, given in needed.items() if not given),
        deaf=(),
        told=_told(settings, room),
        wrong=tuple(_wrong(settings)),
        room=Address(channel=ON_RECORD, value=room) if room else None,
        one_listener=reads(settings),
        hourly=settings.mail_hourly if reads(settings) else 0,
        files_given=f"by e-mail to {_bare(settings)}" if reads(settings) else "",
    )


def _bare(settings: Settings) -> str:
    """The address without the name before it."""
    return settings.mail_address.rpartition("<")[2].rstrip("> ")


def _told(settings: Settings, room: str) -> str:
    if not reads(settings):
        return f"sends as {settings.mail_address}, and does not read: that wants CARREL_IMAP_URL"
    at = urlsplit(settings.imap_url.get_secret_value())
    folder = at.path.strip("/") or "INBOX"
    cards = f"staff's cards go to {room}" if room else "no CARREL_MAIL_STAFF, so no cards"
    return f"reads {folder} at {at.hostname}, sends as {settings.mail_address}; {cards}"


def _wrong(settings: Settings) -> Iterator[str]:
    if settings.mail_staff and not reads(settings):
        yield UNHEARD
    if bool(settings.mail_dkim_key) != bool(settings.mail_dkim_selector):
        yield HALF_KEY
    if settings.http and settings.public_url.startswith("http://"):
        yield NO_ONE_CLICK


# The libraries take a while to load, and most commands do not need them.


def _access(settings: Settings) -> SmtpAccess:
    from channels.email.access import parse

    url = settings.smtp_url.get_secret_value()
    return parse(url, ca=settings.ca_file, token_file=settings.mail_token_file)


def imap_access(settings: Settings) -> ImapAccess:
    """Where mail is read; raises `ConfigurationError` where the URL is none."""
    from channels.email.access import parse_imap

    url = settings.imap_url.get_secret_value()
    return parse_imap(url, ca=settings.ca_file, token_file=settings.mail_token_file)


def sender(settings: Settings) -> Sender:
    """As whom Carrel sends."""
    from channels.email.sending.sender import Sender

    signs = settings.mail_dkim_key and settings.mail_dkim_selector
    return Sender(
        address=settings.mail_address,
        hears=reads(settings),
        public_url=settings.public_url if settings.http else "",
        dkim_key=settings.mail_dkim_key if signs else None,
        dkim_selector=settings.mail_dkim_selector if signs else "",
    )


def reading(settings: Settings, store: Store) -> Reading:
    """How mail is read."""
    from channels.email.adapter import Reading
    from channels.email.intake.understanding import Proving
    from channels.email.proof.names import DnsNames

    return Reading(
        access=imap_access(settings),
        places=Places(store.uow),
        proving=Proving(server=settings.mail_authserv_id, names=DnsNames(settings.dns)),
    )


def _make(makings: Makings) -> Made:
    from channels.email.adapter import Email, House
    from channels.email.door import PATH, Door

    settings, store, window = makings.settings, makings.store, makings.window
    if reads(settings):
        _keep_form(store.uow, _bare(settings))
    channel = Email(
        _access(settings),
        sender(settings),
        House(window=window, files=store.files, clock=utc_now),
        report=makings.report,
        reading=reading(settings, store) if reads(settings) else None,
    )
    return Made(channel=channel, mounts={PATH: Door(window)})


def _keep_form(transaction: Callable[[], UnitOfWork], address: str) -> None:
    """Keeps what private addresses look like; harmless twice."""
    with transaction() as uow:
        keep_private_form(uow, address)
        uow.commit()


def _fetcher(settings: Settings, _: str) -> Fetcher:
    from channels.email.files import EmailFiles

    return EmailFiles(FolderFileStore(settings.files))


def _look(settings: Settings, _: Store | None) -> Sequence[Finding]:
    from channels.email.check import check, check_mailbox

    found = [*_safely(LOOKED_AT, lambda: [check(_access(settings))])]
    if reads(settings):
        found += _safely(MAILBOX, lambda: check_mailbox(imap_access(settings)))
        found += _proof(settings)
    return found


def _safely(what: str, look: Callable[[], Sequence[Check]]) -> Sequence[Finding]:
    """One side's settings that are wrong are told as that side's."""
    try:
        return [Finding(what=one.what, ok=one.ok, told=one.told) for one in look()]
    except ConfigurationError as error:
        return [Finding(what=what, ok=False, told=str(error))]


def _proof(settings: Settings) -> Iterator[Finding]:
    """How it is known who wrote a mail, and what nobody can look at from here."""
    server = settings.mail_authserv_id
    by = (
        f"by what {server} says of them in Authentication-Results, or by our own check of DKIM"
        if server
        else "by our own check of DKIM alone: CARREL_MAIL_AUTHSERV_ID is not set"
    )
    yield Finding(what="senders of mail", ok=True, told=f"they are proved {by}")
    tagged = "+x@".join(_bare(settings).rsplit("@", 1))
    told = f"replies come to addresses such as {tagged}: send one mail there to see that it arrives"
    yield Finding(what="tagged addresses", ok=True, told=told)


def unable_to_welcome(settings: Settings) -> str:
    """What is to be set up before anybody is welcomed by mail, as a sentence; else empty."""
    lacks = [*EMAIL.setup(settings).missing, *(() if reads(settings) else ("CARREL_IMAP_URL",))]
    if not lacks:
        return ""
    return (
        "No welcome is sent: it is a mail that asks for an answer, and for that there must be "
        f"{' and '.join(lacks)}."
    )


def begins(settings: Settings, email: str) -> str:
    """How somebody of that address on record begins by mail, as a sentence; empty without mail."""
    if not reads(settings) or EMAIL.setup(settings).missing:
        return ""
    return f"They can write to {_bare(settings)} from {email}."


EMAIL = Vendor(
    name=ON_RECORD,
    setup=_setup,
    make=_make,
    looked_at=LOOKED_AT,
    look=_look,
    fetcher=_fetcher,
)
