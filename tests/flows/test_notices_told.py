"""Everything that people are told unasked, as tests/data/notices has it for every channel.

`pytest --update-transcripts` writes them anew; read the difference before you keep it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.notices.happenings import BROADCASTS, HAPPENINGS
from tests.desk import House
from tests.mailing import twin
from tests.told.among_staff import AMONG_STAFF, MORE_AMONG_STAFF
from tests.told.by_clock import BY_CLOCK, MORE, titles
from tests.told.happening import HAPPENING, MORE_HAPPENS
from tests.told.on_channels import mail_of, on_all
from tests.told.otherwise import OTHERWISE
from tests.told.readable import broken, faults, stops
from tests.told.seen import Scene

FOLDER = Path(__file__).parent.parent / "data" / "notices"
KINDS: Mapping[str, Scene] = {**BY_CLOCK, **HAPPENING, **AMONG_STAFF}
SCENES: Mapping[str, Scene] = {
    **KINDS,
    **MORE,
    **OTHERWISE,
    **MORE_HAPPENS,
    **MORE_AMONG_STAFF,
}
ON_CARDS = {"staff-overdue"}
SAY_SO_THEMSELVES = {*BY_CLOCK, BROADCASTS}  # also where there is no mail program
SUBJECT = 69  # characters
WEEKDAYS = "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"


def path_of(name: str) -> Path:
    """Where the recording is kept."""
    return FOLDER / f"{name.replace(', ', '-').replace(' ', '-')}.txt"


@pytest.mark.parametrize("name", SCENES)
def test_it_is_shown_as_it_is_kept_and_reads_well(
    name: str, house: House, request: pytest.FixtureRequest
) -> None:
    path, told = path_of(name), list(SCENES[name](house))
    shown = on_all(name, told, house.files)

    if request.config.getoption("--update-transcripts"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == shown
    for one in told:
        subject = mail_of(one.message, house.files)["Subject"]
        assert list(faults(one.message)) == [], one.title
        assert len(subject) <= SUBJECT, subject
        assert not subject.endswith(WEEKDAYS), f"{subject}: the day is cut off"
        assert name not in BY_CLOCK or not broken(one.message), "a line ends within a paragraph"


@pytest.mark.parametrize("name", sorted(KINDS.keys() - ON_CARDS))
def test_what_nobody_has_to_be_told_says_how_to_stop_it(
    name: str, house: House, knowledge: Knowledge
) -> None:
    kind = knowledge.pack.program.notices.kinds[name]

    for one in KINDS[name](house):
        mailed = "To get no more notices like this one" in twin(mail_of(one.message, house.files))
        assert one.message.kind == ("" if kind.mandatory else name), one.title
        assert mailed != kind.mandatory, one.title
        if name in SAY_SO_THEMSELVES:
            assert stops(one.message, name) != kind.mandatory, one.title


def test_every_kind_of_the_program_is_recorded(knowledge: Knowledge) -> None:
    kinds = knowledge.pack.program.notices.kinds

    assert KINDS.keys() == kinds.keys()
    assert HAPPENINGS.keys() == HAPPENING.keys() | AMONG_STAFF.keys()
    assert {path.name for path in FOLDER.iterdir()} == {path_of(one).name for one in SCENES}


def test_every_lead_time_is_recorded(knowledge: Knowledge) -> None:
    for id, kind in knowledge.pack.program.notices.kinds.items():
        recorded = path_of(id).read_text(encoding="utf-8")
        missing = [one for one in titles(kind) if f"\n{one} (" not in recorded]
        assert missing == []
