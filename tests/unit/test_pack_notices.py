"""notices.yaml: what a pack may say by the clock, and its faults, each with line and remedy."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from bot.domain.notices.deadlines import Deadline
from bot.domain.notices.happenings import HAPPENINGS
from bot.domain.notices.kinds import Moment
from bot.domain.notices.wishes import Quiet
from bot.knowledge.pack import load_pack
from bot.phrases.calendar import entry
from tests.conftest import OTHER_PACK, ROOT
from tests.unit.bakery import bakery
from tests.unit.test_pack import damage, faults_of

NOTICES = """\
at: "09:00"
quiet: {begins: "21:00", ends: "08:00"}
weekday: fri
office: {time_zone: Europe/Paris, days: [mon, tue], at: "10:00", holidays: [2026-12-25]}
time_limit_years: 3
renewal: {years: 5, opens_months: 6, grace_months: 1, cites: ["ovens#Wages"]}
events:
  - {id: tasting, title: Tasting, starts: "2027-03-04 18:00", time_zone: Europe/Paris, minutes: 60}
kinds:
  - id: roll
    title: your place in the roll
    moment: subscription-ends
    mandatory: true
    leads:
      - {days: -10, text: "Your place ends {when}."}
      - {days: 0, text: "Your place ends today."}
  - id: cold
    title: ovens gone cold
    moment: set-touched
    leads:
      - {days: 10, text: "{set} has gone cold."}
  - id: renewing
    title: renewing
    moment: renewal-opens
    after_certified: true
    leads:
      - {days: 0, text: "Renew until {closes}."}
  - {id: comments, moment: happens, title: remarks on your bread, waits: false}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = bakery(tmp_path)
    (folder / "notices.yaml").write_text(NOTICES, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "old", "new", "other"),
    [
        ("notices.yaml", "days: -10", "days: -11", True),
        ("program.yaml", "electives_needed: 1", "electives_needed: 0", True),
        ("program.yaml", "chances: 2", "chances: 3", True),
        ("program.yaml", "\nname: ", "\nname: The ", False),
    ],
)
def test_everybody_is_looked_at_again_once_anything_is_planned_by_another_rule(
    pack: Path, *, file: str, old: str, new: str, other: bool
) -> None:
    before, path = load_pack(pack).program.notices.mark, pack / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    assert (load_pack(pack).program.notices.mark != before) is other


def test_a_pack_words_a_day_in_calendars(pack: Path) -> None:
    damage(pack, "notices.yaml", "    mandatory: true\n", "    calendar: Sweep the oven.\n")
    program = load_pack(pack).program
    ends = Deadline(name="end", moment=Moment.SUBSCRIPTION_ENDS, day=date(2027, 1, 1))
    limit = replace(ends, moment=Moment.TIME_LIMIT)

    assert entry(program, ends, uid="1").text == "Sweep the oven."
    assert entry(program, limit, uid="2").text.startswith("This is the last day that")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("    moment: set-touched\n", "    moment: set-touched\n    calendar: x\n", "remove it"),
        ("    mandatory: true\n", '    calendar: "{when}"\n', "write it without any"),
        (
            "  - {id: comments",
            "  - {id: a, title: a, moment: submitted, to: staff, leads: [{days: 9, text: a}]}\n"
            "  - {id: b, title: b, moment: submitted, to: staff, leads: [{days: 9, text: b}]}\n"
            "  - {id: comments",
            "a reminds the staff already: add its leads there",
        ),
    ],
)
def test_what_has_no_place_is_named(pack: Path, old: str, new: str, what: str) -> None:
    damage(pack, "notices.yaml", old, new)

    assert what in "\n".join(faults_of(pack))


def test_a_pack_decides_kinds_times_and_events(pack: Path) -> None:
    rules = load_pack(pack).program.notices
    assert [lead.days for lead in rules.kinds["roll"].leads] == [-10, 0]
    assert rules.quiet == Quiet(begins=time(21), ends=time(8))
    assert rules.weekday == 4
    assert rules.office.days == (0, 1)
    assert rules.office.holidays == {date(2026, 12, 25)}
    assert rules.events[0].starts.astimezone(UTC) == datetime(2027, 3, 4, 17, tzinfo=UTC)
    assert rules.renewal is not None


def test_what_happens_is_there_in_every_pack_and_may_be_titled_anew(pack: Path) -> None:
    kinds = load_pack(pack).program.notices.kinds
    assert HAPPENINGS.keys() < kinds.keys()
    assert kinds["comments"].title == "remarks on your bread"
    assert not kinds["comments"].waits
    assert kinds["comments"].after_certified


def test_a_pack_without_the_file_tells_what_happens_and_own_reminders(tmp_path: Path) -> None:
    rules = load_pack(bakery(tmp_path)).program.notices
    assert {kind.moment for kind in rules.kinds.values()} == {Moment.HAPPENS, Moment.OWN}
    assert rules.mark


def test_the_mark_changes_with_any_word_and_stays_otherwise(pack: Path) -> None:
    first = load_pack(pack).program.notices.mark
    assert load_pack(pack).program.notices.mark == first
    damage(pack, "notices.yaml", "gone cold.", "gone stone cold.")
    assert load_pack(pack).program.notices.mark != first


@pytest.mark.parametrize("folder", [ROOT / "bot/programs/lssc", OTHER_PACK], ids=["own", "other"])
def test_both_packs_have_a_kind_for_every_moment(folder: Path) -> None:
    rules = load_pack(folder).program.notices
    assert {kind.moment for kind in rules.kinds.values()} == set(Moment)
    assert all(kind.title for kind in rules.kinds.values())


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            "{when}.",
            "{whenever}.",
            "kinds.0.leads.0.text: {whenever} is no placeholder here: use only {date}, {when}, "
            "{days}, {sets}, {pace}, {name}, {program}, {record}",
        ),
        (
            "has gone cold",
            "has {gone cold",
            "kinds.1.leads.0.text: a { or } stands alone: use only {date}, {when}, {days}, {set}, "
            "{covered}, {total}, {name}, {program}, {record}",
        ),
        (
            "days: -10",
            "days: 5",
            "kinds.0.leads.1.days: 0 does not come after 5: put them in order",
        ),
        (
            "days: 10,",
            "days: 0,",
            "kinds.1.leads.0.days: nothing is to be said before it or on the day: write 1 or more",
        ),
        ("id: cold", "id: roll", "kinds.0.id: roll is used 2 times: give each its own id"),
        (
            "id: cold",
            "id: comments",
            "kinds.1.moment: comments is told when it happens: write moment: happens",
        ),
        ("id: comments,", "id: rumours,", "kinds.3.id: rumours never happens: use one of "),
        (
            "waits: false",
            "at: '10:00'",
            "kinds.3.at: what happens is told at once: remove at",
        ),
        (
            "time_zone: Europe/Paris, minutes",
            "time_zone: Europe/Oven, minutes",
            "events.0.time_zone: 'Europe/Oven' is no time zone: use a name like Europe/Paris",
        ),
        (
            "time_zone: Europe/Paris, days",
            "time_zone: Paris, days",
            "office.time_zone: 'Paris' is no time zone: use a name like Europe/Paris",
        ),
        (
            '"2027-03-04 18:00"',
            '"2027-03-04T18:00+01:00"',
            "events.0.starts: write local time without a zone, like 2027-03-04 18:00, and the zone "
            "in time_zone",
        ),
        (
            'at: "09:00"',
            'at: "06:00"',
            "at: 06:00 lies in quiet hours: write a time outside of them",
        ),
        (
            "ovens#Wages",
            "ovens#Wage",
            "renewal.cites.0: ovens#Wage does not exist: did you mean ovens#Wages?",
        ),
        (
            "    after_certified: true",
            "    after_certified: false",
            "kinds.2: it would never be told: write after_certified: true",
        ),
        ("moment: set-touched", "moment: set-burnt", "kinds.1.moment: write "),
        (
            "title: ovens gone cold\n",
            "title: ovens gone cold\n    to: staff\n",
            "kinds.1.to: staff are told of requested or submitted alone: write to: candidate",
        ),
    ],
)
def test_a_fault_names_its_line_and_what_to_do(pack: Path, old: str, new: str, what: str) -> None:
    line = damage(pack, "notices.yaml", old, new)
    told = [fault for fault in faults_of(pack) if what in fault]
    assert told, faults_of(pack)
    assert told[0].startswith("notices.yaml:")
    named = int(told[0].split(":")[1])
    assert abs(named - line) <= 8


@pytest.mark.parametrize(
    ("old", "what"),
    [
        ("time_limit_years: 3\n", "there is no time limit: add time_limit_years"),
        (
            'renewal: {years: 5, opens_months: 6, grace_months: 1, cites: ["ovens#Wages"]}\n',
            "add renewal",
        ),
    ],
)
def test_a_kind_that_counts_by_a_rule_needs_it(pack: Path, old: str, what: str) -> None:
    damage(pack, "notices.yaml", "moment: set-touched", "moment: time-limit")
    damage(pack, "notices.yaml", "{set} has gone cold.", "Soon.")
    damage(pack, "notices.yaml", old, "")
    assert any(what in fault for fault in faults_of(pack))
