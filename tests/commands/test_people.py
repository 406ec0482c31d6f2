"""`carrel enrol`, `carrel import-people` and `carrel link`: who may use Carrel, and from where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.app import open_store
from bot.settings import Settings
from tests.commands.shell import Shell, results

PEOPLE = """\
Name, EMAIL ,time_zone,enrolled_on,subscription_ends,electives
Ada Reyes,ada@example.org,America/Chicago,2025-01-15,,access-services;collection-management
"Okafor, Bea",bea@example.org,,2026-03-01,2027-01-31,

Carl,carl,,,,
Dot,dot@example.org,Mars/Base,,,
Eve,ADA@example.org,,,,
Fay,fay@example.org,,31.12.2026,,
Gus,gus@example.org,,,,juggling
,hal@example.org,,,,
Ida
"""


def enrolled(shell: Shell) -> dict[str, str]:
    """The end of the subscription of everyone who is a candidate, by e-mail address."""
    found = {}
    with open_store(Settings(_env_file=None, data=shell.data)).uow() as uow:
        for number in range(1, uow.people.count() + 1):
            person = uow.people.find(str(number))
            candidate = uow.people.candidate(person) if person else None
            if candidate:
                found[candidate.person.email] = candidate.subscription_ends.isoformat()
    return found


def test_a_person_is_enrolled_and_told_what_to_do_next(shell: Shell) -> None:
    result = shell.run("enrol", "Ada Reyes", "ada@example.org", "--enrolled-on", "2026-01-31")

    assert result.exit_code == 0
    assert result.stdout == (
        "Enrolled Ada Reyes as candidate 1; the subscription ends on 2030-01-31. "
        "Next: carrel chat --as ada@example.org, or carrel link ada@example.org.\n"
    )


def test_an_enrolment_can_be_told_as_one_line(shell: Shell) -> None:
    result = shell.run(
        "enrol",
        "Bea",
        "bea@example.org",
        "--ends",
        "2099-01-31",
        "--elective",
        "youth-services",
        "--time-zone",
        "Europe/Paris",
        "--json",
    )

    assert results(result) == [
        {"id": 1, "email": "bea@example.org", "subscription_ends": "2099-01-31"}
    ]


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("Ada", "ada"), 1, "carrel: 'ada' is no e-mail address."),
        (("Ada", "a@b.org", "--elective", "juggling"), 1, "carrel: juggling: no elective; use "),
        (("Ada", "a@b.org", "--ends", "31.12.2027"), 2, "Usage: "),
    ],
)
def test_a_wrong_enrolment_changes_nothing(
    shell: Shell, args: tuple[str, ...], code: int, said: str
) -> None:
    result = shell.run("enrol", *args)

    assert result.exit_code == code
    assert result.stderr.startswith(said)
    assert enrolled(shell) == {}


def test_nobody_is_enrolled_twice(shell: Shell) -> None:
    shell.run("enrol", "Ada", "ada@example.org")

    result = shell.run("enrol", "Ada", "ada@example.org")

    assert result.exit_code == 1
    assert "carrel enrol --change" in result.stderr
    assert len(enrolled(shell)) == 1


def test_good_lines_are_enrolled_and_wrong_ones_named(shell: Shell) -> None:
    result = shell.run("import-people", shell.write("people.csv", PEOPLE))

    assert result.exit_code == 1
    assert result.stdout == "2 enrolled, 0 changed, 0 unchanged, 7 wrong.\n"
    assert enrolled(shell) == {"ada@example.org": "2029-01-15", "bea@example.org": "2027-01-31"}
    assert re.findall(r"people\.csv:(\d+): ", result.stderr) == [
        "5",
        "6",
        "7",
        "8",
        "9",
        "10",
        "11",
    ]
    assert "people.csv:6: 'Mars/Base' is no time zone" in result.stderr
    assert "people.csv:8: enrolled_on '31.12.2026' is no date: write it as 2027-01-31." in (
        result.stderr
    )


def test_an_import_told_as_lines_keeps_everything_else_off_standard_output(shell: Shell) -> None:
    result = shell.run("import-people", "--json", shell.write("people.csv", PEOPLE))

    told = results(result)
    assert [(one["line"], one["error"] is None) for one in told][:3] == [
        (2, True),
        (3, True),
        (5, False),
    ]
    assert told[0] == {"line": 2, "email": "ada@example.org", "done": "enrolled", "error": None}
    assert "Enrolling" in result.stderr
    assert "2 enrolled, 0 changed, 0 unchanged, 7 wrong." in result.stderr


def test_a_list_without_faults_ends_well_and_again_enrols_nobody(shell: Shell) -> None:
    people = shell.write("people.csv", "email,name\nada@example.org,Ada\n")

    first, second = shell.run("import-people", people), shell.run("import-people", people)

    assert (first.exit_code, first.stdout) == (0, "1 enrolled, 0 changed, 0 unchanged, 0 wrong.\n")
    assert (second.exit_code, second.stdout) == (
        0,
        "0 enrolled, 0 changed, 1 unchanged, 0 wrong.\n",
    )


def test_a_list_moves_the_dates_of_candidates_and_leaves_what_it_does_not_give(
    shell: Shell,
) -> None:
    shell.run("import-people", shell.write("people.csv", PEOPLE))
    moved = (
        "name,email,subscription_ends\n"
        "ADA  REYES,Ada@example.org,2029-07-15\n"
        '"Okafor, Bea",bea@example.org,\n'
        "Mia,bea@example.org,2029-07-15\n"
        "Gus,gus@example.org,2029-07-15\n"
    )

    result = shell.run("import-people", shell.write("moved.csv", moved))

    assert result.stdout == "1 enrolled, 1 changed, 1 unchanged, 1 wrong.\n"
    assert "moved.csv:4: bea@example.org is the address of Okafor, Bea" in result.stderr
    assert enrolled(shell) == {
        "ada@example.org": "2029-07-15",
        "bea@example.org": "2027-01-31",
        "gus@example.org": "2029-07-15",
    }


def test_one_candidates_end_is_moved_and_told_with_the_old_one(shell: Shell) -> None:
    shell.run("enrol", "Ada", "ada@example.org", "--ends", "2099-01-31")

    moved = shell.run("enrol", "Ada", "ada@example.org", "--ends", "2099-07-31", "--change")
    again = shell.run("enrol", "Ada", "ada@example.org", "--change", "--json")

    assert moved.stdout == (
        "Changed the enrolment of Ada: the subscription ends on 2099-07-31, where it was "
        "2099-01-31.\n"
    )
    assert results(again)[0]["changed"] is False
    assert enrolled(shell) == {"ada@example.org": "2099-07-31"}


def test_a_change_for_somebody_unknown_is_refused(shell: Shell) -> None:
    result = shell.run("enrol", "Ada", "ada@example.org", "--change")

    assert result.exit_code == 1
    assert "ada@example.org is no candidate's address: enrol them first." in result.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name,phone\nAda,555\n", "the first line must name the columns name, email"),
        (b"name,email,age\nAda,ada@example.org,7\n", "Found: name, email, age."),
        (b"name,email,E-mail\nAda,ada@example.org,\n", "Found: name, email, email."),
        (b"", "the first line must name the columns"),
        ("name,email\nZo\u00eb,zoe@example.org\n".encode("latin-1"), "is not UTF-8: save it as"),
        (b'name,email\n"Ada\0,a@b.org\n', "people.csv"),
    ],
)
def test_a_file_that_is_no_such_list_is_refused_whole(
    shell: Shell, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(content)

    result = shell.run("import-people", path)

    assert result.exit_code == 1
    assert said in result.stderr
    assert enrolled(shell) == {}


def test_a_line_with_more_cells_than_columns_is_wrong_and_enrols_nobody(shell: Shell) -> None:
    content = (
        "name,email,electives\n"
        "Ada,ada@example.org,access-services,collection-management\n"
        "Bea,bea@example.org,access-services collection-management\n"
    )

    result = shell.run("import-people", shell.write("people.csv", content))

    assert list(enrolled(shell)) == ["bea@example.org"]
    assert result.stderr.splitlines()[-1].startswith("people.csv:2: it has more cells than ")
    assert "Put several electives in one cell, separated by spaces" in result.stderr


def test_only_the_end_of_a_line_ends_it(shell: Shell) -> None:
    content = (
        "name,email,electives\r\n"
        "Ada,ada@example.org,access-services\u2028collection-management\r\n"
        "Bea,bea@example.org,\x0c\x85\r\n"
        "Carl,-,\r\n"
    )

    result = shell.run("import-people", shell.write("people.csv", content))

    assert list(enrolled(shell)) == ["ada@example.org", "bea@example.org"]
    assert "people.csv:4: '-' is no e-mail address." in result.stderr


def test_a_list_from_a_spreadsheet_may_begin_with_a_byte_order_mark(shell: Shell) -> None:
    people = shell.write("people.csv", "\ufeffname,email\r\nAda,ada@example.org\r\n")

    assert shell.run("import-people", people).exit_code == 0


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_spreadsheets_list_may_have_semicolons_or_tabs_and_its_own_spelling(
    shell: Shell, mark: str
) -> None:
    rows = (
        ("Name", "E-mail", "Time zone", "Enrolled-On", "Subscription Ends"),
        ("Reyes, Ada", "ada@example.org", "America/Chicago", "2025-01-15", "2027-01-31"),
    )
    content = "".join(f"{mark.join(row)}\r\n" for row in rows)

    result = shell.run("import-people", shell.write("people.csv", content))

    assert result.stdout == "1 enrolled, 0 changed, 0 unchanged, 0 wrong.\n"
    assert enrolled(shell) == {"ada@example.org": "2027-01-31"}


def test_a_code_is_made_for_somebody_known(shell: Shell) -> None:
    shell.run("enrol", "Ada Reyes", "ada@example.org")

    words = shell.run("link", "ada reyes")
    line = shell.run("link", "1", "--json")

    assert re.fullmatch(r"Ada Reyes sends this within 30 minutes: link \w{4}-\w{4}\n", words.stdout)
    (told,) = results(line)
    assert told["person"] == 1
    assert told["code"] not in words.stdout
    assert told["links"] == {}


def test_a_code_comes_with_the_links_that_bring_it_along(shell: Shell) -> None:
    shell.run("enrol", "Ada Reyes", "ada@example.org")
    with open_store(Settings(_env_file=None, data=shell.data)).uow() as uow:
        uow.channels.keep_invitation("telegram", "https://chat.example.org/carrel?start={code}")
        uow.commit()

    words = shell.run("link", "1").stdout
    (told,) = results(shell.run("link", "1", "--json"))

    first, second = words.splitlines()
    code = first.rpartition(" ")[2]
    assert second == f"Or opens this on Telegram: https://chat.example.org/carrel?start={code}"
    assert told["links"] == {
        "telegram": f"https://chat.example.org/carrel?start={told['code']}",
    }


def test_the_trail_tells_that_the_operator_made_a_code(shell: Shell) -> None:
    shell.run("enrol", "Ada Reyes", "ada@example.org")
    shell.run("link", "1")

    with open_store(Settings(_env_file=None, data=shell.data)).uow() as uow:
        made = [line.actor for line in uow.trail.entries() if line.action == "code-issued"]
    assert made == ["operator"]


def test_no_code_is_made_for_somebody_unknown(shell: Shell) -> None:
    result = shell.run("link", "nobody@example.org")

    assert result.exit_code == 1
    assert result.stderr == (
        "carrel: Nobody is called 'nobody@example.org': give the e-mail address on record.\n"
    )
