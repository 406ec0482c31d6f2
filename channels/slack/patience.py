"""How long to wait for Slack."""

from __future__ import annotations

from dataclasses import dataclass

from channels.patience import Patience


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackPatience(Patience):
    """In seconds too; `settling` is for a picture that Slack still reads.

    `giving` bounds one file on its way to Slack and `sending` a whole message: both are less than a
    usual lease, after which another sender would begin.
    """

    settling: float = 3.0
    giving: float = 80.0
    sending: float = 100.0
