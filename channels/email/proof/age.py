"""How old a signed mail may be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from channels.email.proof.fields import Header
from channels.email.proof.signature import Signature, Unfit, instant_of

AHEAD = timedelta(days=1)  # clocks of senders go wrong; nobody signs for the day after tomorrow
OLDEST = timedelta(days=15)  # servers try for five days to hand a mail on; people have holidays
_LONGEST = 100  # characters


def must_be_recent(header: Header, signature: Signature, now: datetime) -> None:
    """Raises `Unfit` unless it was written and signed not long ago, by all that says so.

    A signature has no end of its own, and what Carrel remembers of a person's mails is erased with
    the person: without this, old mails could be sent on to it once that person comes back.
    """
    instants = [instant for instant in (_written(header), _signed(signature)) if instant]
    if not instants:
        raise Unfit("it does not say when it was written")
    if min(instants) < now - OLDEST:
        raise Unfit("it is too old")
    if max(instants) > now + AHEAD:
        raise Unfit("it is of the future")


def _signed(signature: Signature) -> datetime | None:
    seconds = instant_of(signature, "t")
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _written(header: Header) -> datetime | None:
    fields = header.all("date")
    if not fields:
        return None
    try:
        written = parsedate_to_datetime(fields[0].value[:_LONGEST])
        return written.astimezone(UTC) if written.tzinfo else written.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError, IndexError) as error:
        raise Unfit("its Date is malformed") from error
