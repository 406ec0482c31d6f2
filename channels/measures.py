"""What this process did and how much waits, as Prometheus reads it."""

from __future__ import annotations

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from bot.domain.channel_state import ChannelState, State
from bot.domain.messages import OutboundMessage
from bot.ports import Channel, Deliver
from bot.usecases.see_vitals import Vitals

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Measures:
    """Counters of one process, and gauges of what it sees. Counting is safe from any thread.

    Names are told at https://prometheus.io/docs/practices/naming/. No label holds a person.
    """

    def __init__(self) -> None:
        self._registry = own = CollectorRegistry()
        by_channel = ("channel",)
        self._received = Counter(
            "carrel_messages_received", "Messages kept, each once.", by_channel, registry=own
        )
        self._handled = Counter("carrel_messages_handled", "Messages handled.", registry=own)
        self._sent = Counter("carrel_messages_sent", "Messages sent.", by_channel, registry=own)
        self._failed = Counter(
            "carrel_messages_failed", "Attempts to send that failed.", by_channel, registry=own
        )
        self._database = Gauge("carrel_database_up", "Whether it answers.", registry=own)
        self._queues = Gauge(
            "carrel_queue_messages", "Messages by state.", ("queue", "state"), registry=own
        )
        self._oldest = Gauge(
            "carrel_queue_oldest_seconds",
            "For how long the first message is due.",
            ("queue",),
            registry=own,
        )
        self._swept = Gauge(
            "carrel_notices_swept_seconds",
            "How long ago notices were last told by the clock; it grows when nobody tells them.",
            registry=own,
        )
        self._channels = Gauge(
            "carrel_channel_state", "1 for the state it is in.", ("channel", "state"), registry=own
        )

    def received(self, channel: str) -> None:
        """A message was kept that was not known."""
        self._received.labels(channel).inc()

    def handled(self) -> None:
        """A message was handled."""
        self._handled.inc()

    def sent(self, channel: str) -> None:
        """A message was sent."""
        self._sent.labels(channel).inc()

    def failed(self, channel: str) -> None:
        """An attempt to send failed."""
        self._failed.labels(channel).inc()

    def text(self, vitals: Vitals | None, channels: Mapping[str, ChannelState]) -> bytes:
        """Everything; `vitals` is None when the database does not answer. One caller at a time."""
        self._database.set(vitals is not None)
        if vitals is None:
            self._queues.clear()
            self._oldest.clear()
        else:
            self._see(vitals)
        for name, now in channels.items():
            for state in State:
                self._channels.labels(name, state.value).set(now.state is state)
        return generate_latest(self._registry)

    def _see(self, vitals: Vitals) -> None:
        if vitals.swept is not None:
            self._swept.set(vitals.swept)
        for name, queue in (("inbox", vitals.inbox), ("outbox", vitals.outbox)):
            self._oldest.labels(name).set(queue.seconds)
            for state, count in queue.counts.items():
                self._queues.labels(name, state).set(count)


class Counted:
    """A channel whose sends are counted."""

    def __init__(self, channel: Channel, measures: Measures) -> None:
        self.name = channel.name
        self._channel = channel
        self._measures = measures

    async def listen(self, deliver: Deliver) -> None:
        """As the channel does."""
        await self._channel.listen(deliver)

    async def send(self, message: OutboundMessage) -> tuple[str, ...]:
        """As the channel does."""
        try:
            posts = await self._channel.send(message)
        except Exception:
            self._measures.failed(self.name)
            raise
        self._measures.sent(self.name)
        return posts

    async def close(self) -> None:
        """As the channel does."""
        await self._channel.close()
