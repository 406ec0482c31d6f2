"""Messages, people and files with quiet defaults."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.domain.handover import Curated
from bot.domain.messages import (
    Address,
    Choice,
    InboundMessage,
    OutboundMessage,
    Paragraph,
    Reply,
)
from bot.domain.people import Person
from bot.domain.portfolio import Evidence, Filing, State
from bot.domain.sharing import Offer
from bot.ports import UnitOfWork

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HASH = "ab" * 32


def later(seconds: float) -> datetime:
    """So many seconds after NOW."""
    return NOW + timedelta(seconds=seconds)


def inbound(
    vendor_id: str = "1",
    *,
    conversation: str = "talk:ada",
    text: str = "hello",
    channel: str = "talk",
) -> InboundMessage:
    """A message from Ada."""
    return InboundMessage(
        id=vendor_id,
        sender=Address(channel=channel, value="ada"),
        conversation=conversation,
        text=text,
        sent_at=NOW,
    )


def outbound(
    key: str = "1",
    *,
    conversation: str = "talk:ada",
    choices: tuple[str, ...] = (),
    channel: str = "talk",
) -> OutboundMessage:
    """A message to Ada."""
    return OutboundMessage(
        key=key,
        to=Address(channel=channel, value="ada"),
        conversation=conversation,
        reply=Reply(
            blocks=(Paragraph(text=f"message {key}"),),
            choices=tuple(Choice(label=c, says=f"pick {c}") for c in choices),
        ),
    )


def person(unit: UnitOfWork, name: str = "Ada Example") -> Person:
    """Someone new; the unit of work must be entered."""
    email = f"{name.split(maxsplit=1)[0].lower()}@example.org"
    return unit.people.add(name, email=email, time_zone="Europe/Berlin")


def enrolled(unit: UnitOfWork, someone: Person, *electives: str) -> None:
    """Makes someone a candidate."""
    unit.people.enrol(
        someone,
        enrolled_on=date(2026, 1, 1),
        subscription_ends=date(2028, 1, 1),
        electives=electives,
    )


def stored(
    unit: UnitOfWork, someone: Person, name: str = "plan.pdf", *, sha256: str = HASH
) -> Evidence:
    """A file of theirs, not filed yet."""
    return unit.records.add(
        someone, name=name, media_type="application/pdf", size=12, sha256=sha256, at=NOW
    )


def filed_in(*sections: str) -> Filing:
    """A filing in those sections."""
    return Filing(state=State.FILED, sections=sections)


def curated(owner: Person, question: str = "A?", *, vector: bytes = b"") -> Curated:
    """A curated answer that is not kept yet."""
    return Curated(
        question=question,
        answer="Yes.",
        owner_id=owner.id,
        owner=owner.name,
        at=NOW,
        handover=7,
        encoder="e5",
        vector=vector,
    )


def offer(
    owner: Person,
    sender: Person,
    *,
    sha256: str = "ab",
    name: str = "letter",
    words: str = "I saw it.",
) -> Offer:
    """An offered file that is not kept yet."""
    return Offer(
        owner_id=owner.id,
        from_id=sender.id,
        from_name=sender.name,
        name=name,
        media_type="text/plain",
        size=5_000_000_000,
        sha256=sha256,
        section="A-1",
        words=words,
        at=NOW,
    )
