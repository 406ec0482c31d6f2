"""`carrel appoint`: the first admin, and everybody after."""

from __future__ import annotations

import pytest

from bot.app import open_store
from bot.domain.rights import Role
from bot.settings import Settings
from tests.commands.shell import Shell, results


def roles(shell: Shell, who: str) -> frozenset[Role]:
    """What was granted to that person."""
    with open_store(Settings(_env_file=None, data=shell.data)).uow() as uow:
        person = uow.people.find(who)
        return uow.roles.of(person) if person else frozenset()


def test_the_first_admin_is_made_known_and_told_the_way_in(shell: Shell) -> None:
    result = shell.run("appoint", "ade@example.org", "admin", "--name", "Ade Kaya")

    assert result.exit_code == 0
    assert result.stdout == (
        "Ade Kaya is admin now. "
        "Next: carrel chat --as ade@example.org, or carrel link ade@example.org.\n"
    )
    assert roles(shell, "ade@example.org") == {Role.ADMIN}


def test_somebody_known_needs_no_name_and_keeps_what_they_are(shell: Shell) -> None:
    shell.run("enrol", "Ada Reyes", "ada@example.org")

    result = shell.run("appoint", "ada@example.org", "Reviewer", "--name", "Somebody Else")

    assert result.stdout.startswith("Ada Reyes is reviewer now.")
    assert roles(shell, "ada@example.org") == {Role.REVIEWER}


def test_it_can_be_told_as_one_line(shell: Shell) -> None:
    wanted = ("appoint", "rev@example.org", "reviewer", "--json")

    given = results(shell.run(*wanted, "--name", "Rev", "--time-zone", "Asia/Tokyo"))
    taken = results(shell.run(*wanted, "--dismiss"))

    told = {"id": 1, "email": "rev@example.org", "role": "reviewer", "given_back": []}
    assert given == [{**told, "has_role": True}]
    assert taken == [{**told, "has_role": False}]


def test_a_role_is_taken_away_from_all_but_the_last_admin(shell: Shell) -> None:
    shell.run("appoint", "ade@example.org", "admin", "--name", "Ade")
    shell.run("appoint", "ade@example.org", "staff")

    done = shell.run("appoint", "ade@example.org", "staff", "--dismiss")
    refused = shell.run("appoint", "ade@example.org", "admin", "--dismiss")

    assert done.stdout == "Ade is staff no more.\n"
    assert refused.exit_code == 1
    assert "Ade is the last admin" in refused.stderr
    assert roles(shell, "ade@example.org") == {Role.ADMIN}


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (("rev@example.org", "reviewer"), "give a name too, with --name NAME."),
        (("rev@example.org", "reviewer", "--name", " "), "The name is empty"),
        (("rev@example.org", "boss", "--name", "Rev"), "Use one of: reviewer, staff, admin."),
        (("rev", "reviewer", "--name", "Rev"), "'rev' is no e-mail address."),
        (("a@example.org", "staff", "--name", "A", "--time-zone", "Mars"), "is no time zone"),
        (("rev@example.org", "staff", "--dismiss"), "Nobody is known by 'rev@example.org'"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_made(
    shell: Shell, wanted: tuple[str, ...], told: str
) -> None:
    result = shell.run("appoint", *wanted)

    assert result.exit_code == 1
    assert result.stderr.startswith("carrel: ")
    assert told in result.stderr
    with open_store(Settings(_env_file=None, data=shell.data)).uow() as uow:
        assert uow.people.count() == 0
