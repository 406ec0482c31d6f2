"""Which words of a sentence are the time, and which the topic."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.when.resolve import resolved
from bot.domain.when.sentence import asked
from tests.unit.when.saying import CHICAGO, USUAL, WEDNESDAY, short

SENTENCES = {
    "next Friday about TECH-8": ("TECH-8", "Fri 2026-11-27 09:00"),
    "about TECH-8 next Friday": ("TECH-8", "Fri 2026-11-27 09:00"),
    "in two weeks to upload the log": ("upload the log", "Wed 2026-12-02 09:00"),
    "to upload the log in two weeks": ("upload the log", "Wed 2026-12-02 09:00"),
    "to call Bob at noon on Monday": ("call Bob", "Mon 2026-11-23 12:00"),
    "on Monday to call Bob at noon": ("call Bob", "Mon 2026-11-23 12:00"),
    "to call Bob on Monday about the log": ("call Bob about the log", "Mon 2026-11-23 09:00"),
    "tomorrow that the office closes at 9": ("the office closes at 9", "Thu 2026-11-19 09:00"),
    "tomorrow at 8 to be there at 9": ("be there at 9", "Thu 2026-11-19 08:00"),
    "of the form by the end of the month, please": ("the form", "Mon 2026-11-30 09:00"),
    "tomorrow: read page 3 on Friday": ("read page 3 on Friday", "Thu 2026-11-19 09:00"),
    "about the call at noon: tomorrow": ("the call at noon", "Thu 2026-11-19 09:00"),
    "\u201ccall the printer at 9\u201d tomorrow": ("call the printer at 9", "Thu 2026-11-19 09:00"),
    'tomorrow about "next Friday"': ("next Friday", "Thu 2026-11-19 09:00"),
    "friday 5pm upload the log": ("upload the log", "Fri 2026-11-20 17:00"),
    "in 20 min stretch": ("stretch", "Wed 2026-11-18 10:40"),
    "12/03 about the form": ("the form", "Thu 2026-12-03 09:00 or Fri 2027-03-12 09:00"),
    "every monday to write": ("write", "first of many: Mon 2026-11-23 09:00"),
    "to write yesterday": ("write", "past"),
    "to move 3 files tomorrow": ("move 3 files", "Thu 2026-11-19 09:00"),
    "about TECH-8 and CAT-1 on the 5th": ("TECH-8 and CAT-1", "Sat 2026-12-05 09:00"),
    "about the 2nd review on the 2nd": ("the 2nd review", "Wed 2026-12-02 09:00"),
    "tomorrow to buy milk at 5pm at the store": ("buy milk at the store", "Thu 2026-11-19 17:00"),
    "tomorrow at 9 and 17 to write": ("write", "first of several: Thu 2026-11-19 09:00"),
    "to call Bob on monday and tuesday": ("call Bob", "first of several: Mon 2026-11-23 09:00"),
    "on monday and then home": ("and then home", "Mon 2026-11-23 09:00"),
    "in two and a half weeks to write": ("write", "Sun 2026-12-06 09:00"),
    "nxt fri about the log": ("the log", "Fri 2026-11-27 09:00"),
    "after lunch to write": ("write", "Wed 2026-11-18 13:00"),
    "tomorrow at 9": ("", "Thu 2026-11-19 09:00"),
    "about TECH-8": ("TECH-8", "nothing"),
    "to enjoy the sun": ("enjoy the sun", "nothing"),
    "to have lunch": ("have lunch", "nothing"),
    "to read chapter 5": ("read chapter 5", "nothing"),
    "to print the Monday schedule": ("print the Monday schedule", "nothing"),
    "to take a second look": ("take a second look", "nothing"),
    "that I may march": ("I may march", "nothing"),
    "\u201ctomorrow\u201d": ("tomorrow", "nothing"),
    "\u2603 tomorrow": ("\u2603", "Thu 2026-11-19 09:00"),
    "": ("", "nothing"),
}


@pytest.mark.parametrize(("said", "meant"), SENTENCES.items(), ids=lambda one: str(one)[:40])
def test_a_sentence_is_taken_apart(said: str, meant: tuple[str, str]) -> None:
    zone = ZoneInfo(CHICAGO)
    now = datetime.fromisoformat(WEDNESDAY).replace(tzinfo=zone)

    found = asked(said)

    outcome = resolved(found.draft, now=now, zone=zone, usual=USUAL) if found.draft else None
    assert (found.topic, short(outcome)) == meant
