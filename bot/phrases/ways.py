"""By which way something reaches somebody, as people call it."""

from __future__ import annotations

from bot.domain.messages import Address
from bot.phrases.linking import name_of


def by_way(to: Address) -> str:
    """`in the terminal`, `by e-mail to ada@example.org`, `by Slack`."""
    kind = to.channel.partition(":")[0]
    if kind == "console":
        return f"in {name_of(to.channel)}"
    return f"by {name_of(to.channel)} to {to.value}" if kind == "email" else by_channel(to)


def by_channel(to: Address) -> str:
    """The same without the address, for whose it is."""
    name = name_of(to.channel)
    return f"in {name}" if to.channel.partition(":")[0] == "console" else f"by {name}"
