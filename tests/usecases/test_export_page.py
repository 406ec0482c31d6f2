"""The page of an export is safe, tells everything, and can be read by anyone."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from bot.domain.notices.reminder import Reminder
from bot.domain.notices.wishes import Cadence, Hush, Quiet, Wishes
from bot.phrases.filing import size
from bot.usecases.tell import on_record
from storage.archive.page import index_page
from tests.exporting import NOON, Harbour, contents


@pytest.fixture
def harbour(tmp_path: Path) -> Iterator[Harbour]:
    """An installation without candidates."""
    made = Harbour(tmp_path)
    yield made
    made.database.close()


class Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += ((tag, name, value or "") for name, value in attrs)

    def handle_data(self, data: str) -> None:
        self.words += data

    def values(self, tag: str, name: str) -> list[str]:
        return [value for t, n, value in self.attributes if (t, n) == (tag, name)]


def test_the_page_escapes_everything_and_runs_nothing(harbour: Harbour) -> None:
    ada = harbour.enrol()
    evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e\x1b.html'
    harbour.keep(ada, evil, "BOA-1", "BOA-2")
    page = Page(index_page(harbour.export(ada)))

    assert page.tags["script"] == page.tags["img"] == page.tags["b"] == 0
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert "<script>alert(1)</script>" in page.words
    assert not any(unicodedata.category(c) in {"Cc", "Cf"} for c in page.words if c != "\n")
    assert "default-src 'none'" in page.values("meta", "content")[1]


def test_the_page_links_to_every_file_and_nowhere_else(harbour: Harbour) -> None:
    ada = harbour.enrol()
    harbour.keep(ada, "100% größe #1?.pdf", "BOA-1", "BOA-2", "resume")
    harbour.keep(ada, "later.txt", content=b"?")
    found = contents(harbour.archive(ada))
    page = Page(found["index.html"].decode())

    links = page.values("a", "href")
    inside = {link[1:] for link in links if link.startswith("#")}
    files = {unquote(link) for link in links if not link.startswith("#")}
    evidence_files = {name for name in found if "/" in name}
    assert evidence_files < files <= found.keys()
    assert inside <= {value for _, name, value in page.attributes if name == "id"}
    assert not re.search(r"https?://", found["index.html"].decode())


def test_the_page_can_be_walked_by_a_screen_reader(harbour: Harbour) -> None:
    ada = harbour.enrol()
    harbour.keep(ada, "deck.txt", "BOA-1")
    page = Page(index_page(harbour.export(ada)))

    assert page.values("html", "lang") == ["en"]
    assert page.tags["h1"] == page.tags["main"] == page.tags["nav"] == page.tags["title"] == 1
    assert page.tags["caption"] == page.tags["table"] > 0
    assert set(page.values("th", "scope")) == {"col", "row"}
    assert page.tags["th"] == len(page.values("th", "scope"))


def test_the_page_tells_what_is_there_and_what_is_missing(harbour: Harbour) -> None:
    ada = harbour.enrol()
    harbour.keep(ada, "deck.txt", "BOA-1")
    harbour.keep(ada, "done.pdf", "knots/certificate", content=b"passed")
    words = Page(index_page(harbour.export(ada))).words

    assert "1 of 3 parts are there. Missing: BOA-2, statement." in words
    assert "Complete: a certificate proves the whole set." in words
    assert "nothing filed" in words


def test_a_set_proved_part_by_part_is_complete(harbour: Harbour) -> None:
    ada = harbour.enrol()
    for number, section in enumerate(("BOA-1", "BOA-2", "boats/statement")):
        harbour.keep(ada, "proof.txt", section, content=bytes([number]))

    assert "Complete: all 3 parts are there." in Page(index_page(harbour.export(ada))).words


def test_a_section_the_program_no_longer_has_is_shown_all_the_same(harbour: Harbour) -> None:
    ada = harbour.enrol()
    harbour.keep(ada, "old.txt", "OLD-1")
    found = contents(harbour.archive(ada))

    assert "sections/OLD-1/01-old.txt" in found
    assert "Stands in OLD-1." in Page(found["index.html"].decode()).words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1500, "1.5 kB"),
        (2_000_000, "2.0 MB"),
        (5 * 10**12, "5000.0 GB"),
    ],
)
def test_sizes_are_said_as_people_say_them(count: int, words: str) -> None:
    assert size(count) == words


def test_the_page_tells_what_mail_is_not_wanted(harbour: Harbour) -> None:
    ada = harbour.enrol()
    assert "Mail not wanted" not in index_page(harbour.export(ada))
    with harbour.transaction() as uow:
        uow.wanted_kinds.decline(on_record(ada.person), "comments")
        uow.commit()

    assert "comments on what is shared" in Page(index_page(harbour.export(ada))).words


def test_the_page_tells_reminders_and_wishes(harbour: Harbour) -> None:
    ada = harbour.enrol()
    assert 'id="notices"' not in index_page(harbour.export(ada))
    own = Reminder(
        id=0,
        person_id=ada.person.id,
        number=0,
        text="Ask <Bo>.",
        at=NOON,
        zone="UTC",
        made_at=NOON,
    )
    hushes = (Hush(matter="idle-boa", at=NOON, until=None), Hush(matter="x", at=NOON, until=NOON))
    with harbour.transaction() as uow:
        uow.reminders.add(own)
        uow.reminders.end(uow.reminders.add(replace(own, text="Gone.")), at=NOON)
        quiet = Quiet(begins=time(21), ends=time(7))
        cadences = {"comments": Cadence.WEEKLY}
        wishes = Wishes(quiet=quiet, cadence=Cadence.DAILY, cadences=cadences, channel="slack")
        uow.wishes.put(ada.person, wishes)
        for each in hushes:
            uow.wishes.hush(ada.person, each)
        uow.commit()

    words = Page(index_page(harbour.export(ada))).words
    for said in (
        "Ask <Bo>.",
        "Quiet hours: 21:00 to 07:00.",
        "What can wait: daily.",
        "comments on what is shared: weekly.",
        "First by slack.",
        "Done with: idle-boa.",
        "Snoozed until 2026-05-04 12:00 UTC: x.",
    ):
        assert said in words
    assert "Gone." not in words
