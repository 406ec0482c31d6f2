"""What a child is told and what it answers, as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from bot.domain.files import Reading
from bot.errors import Refusal, Unreadable
from storage.reading.archive import Unpacked
from storage.reading.limits import Limits

READ = "read"
UNPACK = "unpack"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a child is to do with the file on its standard input."""

    verb: str
    limits: Limits
    languages: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An `Unreadable` on its way between processes."""

    reason: Refusal
    advice: str
    keep: bool

    def error(self) -> Unreadable:
        """The error to raise."""
        return Unreadable(self.reason, self.advice, keep=self.keep)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A child's answer: exactly one of the three."""

    reading: Reading | None = None
    members: tuple[Unpacked, ...] | None = None
    refused: Refused | None = None


def order_text(order: Order) -> str:
    """The order as one argument of a command."""
    return json.dumps(asdict(order))


def order(text: str) -> Order:
    """The order again."""
    given = json.loads(text)
    return Order(verb=given["verb"], limits=Limits(**given["limits"]), languages=given["languages"])


def refusal(error: Unreadable) -> Report:
    """The report of a refusal."""
    return Report(refused=Refused(reason=error.reason, advice=error.advice, keep=error.keep))


def encoded(report: Report) -> bytes:
    """The report as UTF-8 JSON."""
    return json.dumps(asdict(report), ensure_ascii=False).encode("utf-8", "replace")
