"""How long to wait for Telegram, and before it is asked again; pure."""

from __future__ import annotations

from dataclasses import dataclass

from channels.telegram.codes import Kind
from channels.telegram.faults import CallFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds: after the `first` failure, doubled up to `longest`.

    `mending` is for what only a person can mend. `holding` is how long Telegram may hold back its
    answer while nobody says anything, `looking` how often a webhook is looked after. `keeping`
    bounds one update on its way into the inbox, `giving` one file on its way to Telegram, and
    `sending` a whole message: all are less than a usual lease, after which another sender would
    begin. An answer that takes longer than `prompt` is announced: people see `typing` that often,
    and not longer than `answering`.
    """

    first: float = 1.0
    longest: float = 30.0
    mending: float = 60.0
    holding: float = 25.0
    looking: float = 60.0
    keeping: float = 60.0
    giving: float = 80.0
    sending: float = 100.0
    prompt: float = 0.3
    typing: float = 5.0
    answering: float = 60.0

    def after(self, failures: int, failure: CallFailed) -> float:
        """The wait after so many failures in a row (at least 1), of which this is the last."""
        if failure.retry_after is not None:
            return failure.retry_after
        return self.pause(failures) if failure.kind is Kind.PASSING else self.mending

    def pause(self, times: int) -> float:
        """The wait after something happened so many times in a row; none for no times."""
        return min(self.first * 2.0 ** min(times - 1, 20), self.longest) if times > 0 else 0.0
