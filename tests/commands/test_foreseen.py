"""What `carrel due` and `carrel timeline` tell of messages: all words, and whether they can go."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.commands.foreseen import Serving, where_of
from bot.domain.notices.notice import Ending, Noted
from bot.domain.notices.wishes import Cadence, Wishes
from bot.domain.people import Person
from bot.usecases.foresee import Foreseen
from tests.clock import NOON
from tests.commands.noticed import ADA, ADA_LIVES, MAILS, NOTICES, bakers, ending, enrolled
from tests.commands.served import store
from tests.commands.shell import Shell, results

ENDS = 60  # days from now
LAST = "This is the very last sentence of it."
STAFFS = """\
  - id: slow
    title: reviews that take long
    moment: submitted
    to: staff
    leads:
      - {days: 28, text: "{name} waits."}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A program with a long notice."""
    pack = bakers(tmp_path)
    long = f"on {{date}}. {'Hand in what is ready. ' * 9}{LAST}"
    words = NOTICES.replace("ends {when}, on {date}.", f"ends {{when}}, {long}", 1)
    (pack / "notices.yaml").write_text(words + STAFFS, encoding="utf-8")
    return pack


@pytest.fixture
def ada(shell: Shell) -> Shell:
    """Ada's subscription ends in a while."""
    enrolled(shell, ending(ENDS), zone=ADA_LIVES)
    return shell


def commands(pack: Path) -> tuple[tuple[object, ...], ...]:
    """Each command that tells of the notice."""
    day = ending(ENDS - 30)
    return ("due", "--at", day, "--program", pack), ("timeline", ADA, "--program", pack)


def test_all_words_can_be_read_and_programs_get_them_always(ada: Shell, pack: Path) -> None:
    for command in commands(pack):
        assert LAST not in ada.run(*command, **MAILS).stdout
        assert LAST in ada.run(*command, "--full", **MAILS).stdout
        first, *_ = results(ada.run(*command, "--json", **MAILS))
        assert first["text"].endswith(LAST)
        assert first["reaches"]


def test_where_mail_is_off_it_says_so_of_each_message(ada: Shell, pack: Path) -> None:
    for command in commands(pack):
        off = "by e-mail to ada@example.org (which is off: it waits until email is set up)"
        assert off in ada.run(*command).stdout
        assert "which is off" not in ada.run(*command, **MAILS).stdout
        first, *_ = results(ada.run(*command, "--json"))
        assert not first["reaches"]


def test_the_head_of_a_timeline_names_kinds_that_come_otherwise(ada: Shell, pack: Path) -> None:
    with store(ada.data).uow() as uow:
        person = uow.people.find(ADA)
        assert person is not None
        uow.wishes.put(person, Wishes(cadences={"tidy": Cadence.WEEKLY}))
        uow.commit()

    said = ada.run("timeline", ADA, "--program", pack, **MAILS).stdout

    assert "; what can wait comes at once, tidy weekly." in said


def test_what_is_for_the_staff_is_told_as_theirs(ada: Shell, pack: Path) -> None:
    person = Person(id=1, name="Ada", email=ADA)
    one = Foreseen(person=person, at=NOON, notices=(), card="submission:1")
    noted = Noted(
        key="slow:1:1:old:28",
        person_id=1,
        kind="slow",
        matter="review-1",
        due=NOON - timedelta(days=9),
        at=NOON - timedelta(days=9),
        ending=Ending.SAID,
    )
    with store(ada.data).uow() as uow:
        uow.notices.note([noted])
        uow.commit()

    said = ada.run("timeline", ADA, "--program", pack, "--from", "2026-11-01").stdout

    assert "said, to the staff: reviews that take long (review-1)" in said
    nowhere, room = (Serving(off=frozenset(), room=one) for one in (False, True))
    assert where_of(one, nowhere) == "to the staff, each of them, about submission:1"
    assert where_of(one, room) == "to the staff, on the card submission:1"
