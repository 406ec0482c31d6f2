"""Calendar files, read by a second parser written here and by the library that others use."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.notices.calendar import Calendar, Entry
from storage.papers.calendar import IcsCalendarPress

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
DAY = Entry(
    uid="a@carrel",
    title="Subscription ends",
    text="Submit before; then rest.",
    day=date(2027, 2, 28),
    sequence=3,
    changed_at=NOW,
)
TIMED = Entry(
    uid="b@carrel",
    title="Webinar",
    text="",
    begins=datetime(2027, 3, 28, 2, 30, tzinfo=ZoneInfo("Europe/Berlin")),
    ends=datetime(2027, 3, 28, 4, 0, tzinfo=ZoneInfo("Europe/Berlin")),
    changed_at=NOW,
)
LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^;:]+)*):(.*)", re.DOTALL)
Lines = list[tuple[str, str, str]]

texts = st.text(max_size=300)


def pressed(*entries: Entry, name: str = "Carrel") -> bytes:
    """The file."""
    return IcsCalendarPress().press(Calendar(uid="me@carrel", name=name, entries=entries))


def parsed(content: bytes) -> Lines:
    """Name, parameters and value of every line, unfolded; asserts what RFC 5545 asks of lines."""
    assert content.endswith(b"\r\n")
    raw = content[:-2].split(b"\r\n")
    for line in raw:
        assert len(line) <= 75
        assert b"\n" not in line
        assert b"\r" not in line
        assert not any(byte < 32 and byte != 9 for byte in line)
        line.decode()  # no letter is cut in two
    assert not raw[0].startswith(b" ")
    found = []
    for whole in content[:-2].replace(b"\r\n ", b"").decode().split("\r\n"):
        match = LINE.fullmatch(whole)
        assert match, whole
        found.append((match[1], match[2], match[3]))
    return found


def text_of(value: str) -> str:
    """A text without its escapes (RFC 5545, 3.3.11)."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), "not escaped"
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def of(lines: Lines, name: str) -> list[str]:
    """The values of all lines of that name."""
    return [value for each, _, value in lines if each == name]


def shown(text: str) -> str:
    """The text as a file can hold it."""
    lines = "\n".join(text.splitlines())
    return "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))


def test_a_whole_day_ends_where_the_next_begins_and_blocks_nobodys_time() -> None:
    lines = parsed(pressed(DAY))

    assert lines[0] == ("BEGIN", "", "VCALENDAR")
    assert lines[-1] == ("END", "", "VCALENDAR")
    assert ("DTSTART", ";VALUE=DATE", "20270228") in lines
    assert ("DTEND", ";VALUE=DATE", "20270301") in lines
    assert ("TRANSP", "", "TRANSPARENT") in lines
    assert ("SEQUENCE", "", "3") in lines
    assert ("STATUS", "", "CONFIRMED") in lines
    assert ("DTSTAMP", "", "20261121T180000Z") in lines
    assert ("LAST-MODIFIED", "", "20261121T180000Z") in lines


def test_a_time_is_told_in_utc_also_where_the_clock_skips_it() -> None:
    lines = parsed(pressed(TIMED))

    assert ("DTSTART", "", "20270328T013000Z") in lines
    assert ("DTEND", "", "20270328T020000Z") in lines


def test_a_reminder_needs_no_end() -> None:
    lines = parsed(pressed(replace(TIMED, ends=None)))

    assert of(lines, "DTEND") == []
    assert len(of(lines, "DTSTART")) == 1


def test_what_is_off_says_so() -> None:
    assert of(parsed(pressed(replace(DAY, cancelled=True))), "STATUS") == ["CANCELLED"]


def test_the_calendar_tells_its_name_and_how_often_to_look() -> None:
    lines = parsed(pressed(name="Carrel; yours, too"))

    assert of(lines, "METHOD") == ["PUBLISH"]
    assert of(lines, "VERSION") == ["2.0"]
    assert [text_of(one) for one in of(lines, "NAME")] == ["Carrel; yours, too"]
    assert [text_of(one) for one in of(lines, "X-WR-CALNAME")] == ["Carrel; yours, too"]
    assert ("REFRESH-INTERVAL", ";VALUE=DURATION", "PT6H") in lines
    assert of(lines, "X-PUBLISHED-TTL") == ["PT6H"]
    assert of(lines, "UID") == ["me@carrel"]


def test_the_same_calendar_is_the_same_bytes_in_whatever_order() -> None:
    assert pressed(DAY, TIMED) == pressed(TIMED, DAY)


@given(title=texts, text=texts, name=texts)
def test_any_words_come_back_as_they_were(title: str, text: str, name: str) -> None:
    content = pressed(replace(DAY, title=title, text=text), name=name)
    lines = parsed(content)

    assert [text_of(one) for one in of(lines, "SUMMARY")] == [shown(title)]
    assert [text_of(one) for one in of(lines, "DESCRIPTION")] == [shown(text)]
    assert [text_of(one) for one in of(lines, "X-WR-CALNAME")] == [shown(name)]
    assert of(lines, "BEGIN") == ["VCALENDAR", "VEVENT"]
    assert of(lines, "UID") == ["me@carrel", "a@carrel"]


@given(
    begins=st.datetimes(timezones=st.just(UTC)).filter(lambda at: 1970 < at.year < 9000),
    minutes=st.integers(1, 10_000),
)
def test_any_time_comes_back_to_the_second(begins: datetime, minutes: int) -> None:
    ends = begins + timedelta(minutes=minutes)
    lines = parsed(pressed(replace(TIMED, begins=begins, ends=ends)))

    (start,), (end,) = of(lines, "DTSTART"), of(lines, "DTEND")
    whole = [each.replace(microsecond=0) for each in (begins, ends)]
    read = [datetime.strptime(each, "%Y%m%dT%H%M%S%z") for each in (start, end)]
    assert read == whole


@pytest.mark.parametrize("text", ["BEGIN:VEVENT\r\nUID:x", "a\r\nATTACH:http://x", "\x00\x1b[2J"])
def test_hostile_words_stay_words(text: str) -> None:
    lines = parsed(pressed(replace(DAY, title=text, text=text)))

    assert [name for name, _, _ in lines].count("BEGIN") == 2
    assert of(lines, "ATTACH") == []
