"""The same notices told late, again, and together in a digest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from bot.domain.messages import OutboundMessage
from tests.cast import ADA, MIA
from tests.desk import House
from tests.flows.props import prop
from tests.told.by_clock import begun, soon
from tests.told.seen import Scene, Seen, seen

DAY = timedelta(days=1)


def swept(house: House, words: str) -> OutboundMessage:
    """The one message with those words that goes to Ada now."""
    before = len(house.channel.sent)
    house.sweep()
    sent = house.channel.sent[before:]
    (found,) = [one for one in sent if any(words in said for said in one.reply.said)]
    return found


def _after_an_outage(house: House) -> Iterator[Seen]:
    """Nothing runs for four days from the day before it is due."""
    soon(house)
    house.sweep()
    _on(house, 2027, 2, 28)
    house.sweep()
    _on(house, 2027, 3, 4)
    yield seen(house, "expiry of 30 days before, said 3 days late", swept(house, "ends in"))


def _again(house: House) -> Iterator[Seen]:
    soon(house)
    house.sweep()
    _on(house, 2027, 3, 1)
    house.sweep()
    house.say(ADA.email, "snooze expiry 3 days")
    house.clock.forward(3 * DAY)
    yield seen(house, "expiry, snoozed for 3 days", swept(house, "ends in"))


def _digest(cadence: str, *, days: int) -> Scene:
    def scene(house: House) -> Iterator[Seen]:
        _two_things(house)
        house.say(ADA.email, f"digest {cadence}")
        _on(house, 2026, 12, days)
        house.sweep()
        house.say(MIA[1], "comment 1: This reads very well.")
        yield seen(house, f"a {cadence} digest", _next_digest(house))

    return scene


def _two_things(house: House) -> None:
    """Ada began two sets and left them, and shares with Mia."""
    begun(house)
    house.send(ADA.email, prop("notes.txt", house.folder), caption="for FND-1")
    house.appoint(*MIA)
    house.say(ADA.email, f"share everything with {MIA[1]} for 60 days")


def _next_digest(house: House) -> OutboundMessage:
    for _ in range(8):
        house.clock.forward(DAY)
        before = len(house.channel.sent)
        house.sweep()
        for one in house.channel.sent[before:]:
            if one.key.startswith("digest:"):
                return one
    raise AssertionError("no digest came within eight days")


def _on(house: House, year: int, month: int, day: int) -> None:
    """It is nine o'clock of that day in winter where Ada lives."""
    then = house.clock().replace(year=year, month=month, day=day, hour=15, minute=0)
    house.clock.forward(then - house.clock())


OTHERWISE: Mapping[str, Scene] = {
    "late": _after_an_outage,
    "again": _again,
    "digest, daily": _digest("daily", days=20),
    "digest, weekly": _digest("weekly", days=18),
}
