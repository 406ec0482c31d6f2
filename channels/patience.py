"""How long to wait before a vendor is asked again; pure."""

from __future__ import annotations

from dataclasses import dataclass

from channels.failure import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds: after the `first` failure, doubled up to `longest`.

    `mending` is for what only a person can mend.
    """

    first: float = 1.0
    longest: float = 30.0
    mending: float = 60.0

    def after(self, failures: int, failure: Failure) -> float:
        """The wait after so many failures in a row (at least 1), of which this is the last."""
        if failure.retry_after is not None:
            return failure.retry_after
        return self.pause(failures) if failure.passes else self.mending

    def pause(self, times: int) -> float:
        """The wait after something happened so many times in a row; none for no times."""
        return min(self.first * 2.0 ** min(times - 1, 20), self.longest) if times > 0 else 0.0
