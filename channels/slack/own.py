"""Who Carrel is at Slack."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Carrel's own ids at Slack: its user (U...), its bot (B...) and the app (A...)."""

    user: str
    bot: str = ""
    app: str = ""
