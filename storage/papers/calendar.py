"""Writes calendars as iCalendar files (RFC 5545, RFC 7986)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import icalendar

from bot.domain.notices.calendar import Calendar, Entry

_MADE_BY = "-//Carrel//Deadlines//EN"
_AGAIN = timedelta(hours=6)  # how often a program that subscribed is asked to look
_DAY = timedelta(days=1)
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)  # of what nobody knows when it changed


class IcsCalendarPress:
    """Calendars as `.ics`; see `bot.ports.CalendarPress` for the contract.

    Whole days are DATE values, and times are UTC, which every calendar shows where its reader is.
    """

    def press(self, calendar: Calendar) -> bytes:
        """The file's bytes; the library folds lines and escapes what stands in them."""
        made = icalendar.Calendar()
        made.add("prodid", _MADE_BY)
        made.add("version", "2.0")
        made.add("calscale", "GREGORIAN")
        made.add("method", "PUBLISH")
        made.add("uid", calendar.uid)
        for name in ("name", "x-wr-calname"):
            made.add(name, icalendar.vText(_text(calendar.name)))  # escaped under any name
        made.add("refresh-interval", _AGAIN, parameters={"VALUE": "DURATION"})
        made.add("x-published-ttl", icalendar.vDuration(_AGAIN))
        for entry in sorted(calendar.entries, key=lambda one: one.uid):
            made.add_component(_event(entry))
        return bytes(made.to_ical())


def _event(entry: Entry) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", entry.uid)
    made.add("summary", _text(entry.title))
    made.add("description", _text(entry.text))
    for name, at in _times(entry).items():
        made.add(name, at)
    changed = (entry.changed_at or _BEGINNING).astimezone(UTC)
    made.add("dtstamp", changed)
    made.add("last-modified", changed)
    made.add("sequence", entry.sequence)
    made.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    made.add("transp", "TRANSPARENT")
    return made


def _times(entry: Entry) -> Mapping[str, date | datetime]:
    """A whole day ends where the next one begins."""
    if entry.day is not None:
        return {"dtstart": entry.day, "dtend": entry.day + _DAY}
    if entry.begins is None:
        return {}
    ends = {"dtend": entry.ends.astimezone(UTC)} if entry.ends else {}
    return {"dtstart": entry.begins.astimezone(UTC), **ends}


def _text(words: str) -> str:
    """Without what no text of such a file may hold: control marks but line ends, half letters."""
    lines = "\n".join(words.splitlines())
    return "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
