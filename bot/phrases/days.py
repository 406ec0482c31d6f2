"""Calendar days as people say them."""

from __future__ import annotations

from datetime import date


def told(day: date) -> str:
    """`3 December 2026`."""
    return f"{day.day} {day:%B %Y}"


def told_from(day: date, today: date) -> str:
    """`3 December 2026 (in 5 days)`."""
    return f"{told(day)} ({_away((day - today).days)})"


def _away(count: int) -> str:
    if count == 0:
        return "today"
    days = "1 day" if abs(count) == 1 else f"{abs(count):,} days"
    return f"in {days}" if count > 0 else f"{days} ago"
