"""`carrel import-people`: a cell that nobody meant is the fault of its line alone."""

from __future__ import annotations

import pytest

from tests.commands.shell import Shell, results

LONG = "x" * 140_000


@pytest.mark.parametrize(
    "wrong", [f"{LONG},a@b.org,", f"Al,{LONG},", f'Al,a@b.org,"{LONG}"', f"Al,a@b.org,,{LONG}"]
)
def test_a_long_cell_is_named_and_does_not_stop_the_others(shell: Shell, wrong: str) -> None:
    lines = (
        "name,email,time_zone",
        "Ada Reyes,ada@example.org,Europe/Berlin",
        wrong,
        "Bea,bea@example.org,Europe/Berlin",
    )
    path = shell.write("people.csv", "\n".join(lines))

    result = shell.run("import-people", path)
    again = shell.run("import-people", path, "--json")

    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1] == "2 enrolled, 0 changed, 0 unchanged, 1 wrong."
    assert "people.csv:3: it" in result.stderr
    assert len(result.stderr) < 2_000
    assert [one["done"] for one in results(again)] == ["unchanged", "wrong", "unchanged"]


def test_a_quotation_mark_that_is_not_closed_is_told(shell: Shell) -> None:
    others = (f"Ada {n},ada{n}@example.org" for n in range(9_000))
    lines = ("name,email", "Ada Reyes,ada@example.org", '"Bea,bea@example.org', *others)
    result = shell.run("import-people", shell.write("people.csv", "\n".join(lines)))

    assert result.stdout.splitlines()[-1] == "1 enrolled, 0 changed, 0 unchanged, 1 wrong."
    assert "Look for a quotation mark that is not closed." in result.stderr
