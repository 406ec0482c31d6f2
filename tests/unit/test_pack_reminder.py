"""notices.yaml: what people set themselves is said in every pack, and no words go unread."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.notices.kinds import Moment
from bot.knowledge.pack import load_pack
from tests.unit.bakery import bakery
from tests.unit.test_pack import damage, faults_of

NOTICES = """\
at: "09:00"
office: {time_zone: Europe/Paris, days: [mon], at: "10:00"}
kinds:
  - id: cold
    title: ovens gone cold
    moment: set-touched
    leads:
      - {days: 10, text: "{set} has gone cold."}
  - id: reminder
    title: what you asked to hear
    moment: own
    mandatory: true
    leads:
      - {days: 0, text: "You wanted: {text}"}
  - {id: comments, moment: happens, title: remarks on your bread, waits: false}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = bakery(tmp_path)
    (folder / "notices.yaml").write_text(NOTICES, encoding="utf-8")
    return folder


def test_a_pack_says_own_reminders_in_its_words_under_any_name(pack: Path) -> None:
    damage(pack, "notices.yaml", "id: reminder", "id: timer")
    own = [k for k in load_pack(pack).program.notices.kinds.values() if k.moment is Moment.OWN]

    assert [(kind.id, kind.leads[0].text) for kind in own] == [("timer", "You wanted: {text}")]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            "id: cold",
            "id: reminder",
            "kinds.0.moment: it is what people set themselves: write moment: own",
        ),
        (
            "moment: set-touched",
            "moment: own",
            "kinds.1.moment: cold says what people set themselves already: keep one",
        ),
        (
            "    mandatory: true\n",
            "",
            "kinds.1: people set it themselves and count on it: write mandatory: true",
        ),
        (
            "    mandatory: true\n",
            "    mandatory: false\n",
            "kinds.1: people set it themselves and count on it: write mandatory: true",
        ),
        (
            "waits: false",
            'text: "Somebody liked your bread."',
            "kinds.2.text: what happens is not said in words of a pack: remove text",
        ),
    ],
)
def test_a_pack_that_would_leave_something_unsaid_is_told_where(
    pack: Path, old: str, new: str, what: str
) -> None:
    line = damage(pack, "notices.yaml", old, new)
    told = [fault for fault in faults_of(pack) if what in fault]

    assert told, faults_of(pack)
    file, named, _ = told[0].split(":", 2)
    assert file == "notices.yaml"
    assert abs(int(named) - line) <= 6
