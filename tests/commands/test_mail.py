"""What an operator does about the mailbox: `carrel mail import`, and `carrel doctor` on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.app import open_store
from bot.settings import Settings
from tests.commands.found import findings
from tests.commands.shell import Shell
from tests.mail.dovecot import BOT, Dovecot
from tests.mail.reader import mail
from tests.mail.world import World


@pytest.fixture
def world() -> Iterator[World]:
    """Where mail for everybody else arrives."""
    with World() as server:
        yield server


@pytest.fixture
def set_up(dovecot: Dovecot, world: World) -> dict[str, str]:
    """The settings of e-mail."""
    return {
        "CARREL_IMAP_URL": dovecot.url(),
        "CARREL_SMTP_URL": world.url,
        "CARREL_MAIL_ADDRESS": f"Carrel <{BOT}>",
        "CARREL_CA_FILE": str(dovecot.ca),
    }


def waiting(shell: Shell) -> int:
    """How many messages wait to be handled."""
    store = open_store(Settings(_env_file=None, data=shell.data))
    with store.uow() as uow:
        return uow.inbox.counts().get("waiting", 0)


def test_older_mail_is_taken_once_it_is_wanted(
    shell: Shell, dovecot: Dovecot, set_up: dict[str, str]
) -> None:
    absence = mail("away", more={"Auto-Submitted": "auto-replied"})
    dovecot.put([mail("one"), mail("two"), mail("one"), absence])

    only_told = shell.run("mail", "import", "--since", "2023-01-01", "--dry-run", **set_up)
    before = waiting(shell)
    taken = shell.run("mail", "import", "--since", "2023-01-01", **set_up)
    again = shell.run("mail", "import", "--since", "2023-01-01", **set_up)

    assert only_told.stdout == (
        "Nothing was done; what would become of it: 3 taken, 1 from machines.\n"
    )
    assert before == 0
    assert taken.stdout == "2 taken, 1 known already, 1 from machines.\n"
    assert again.stdout == "There is no mail since that day.\n"
    assert (waiting(shell), dovecot.count(), dovecot.count(folder="Processed")) == (2, 0, 4)


def test_mail_of_before_that_day_stays(
    shell: Shell, dovecot: Dovecot, set_up: dict[str, str]
) -> None:
    dovecot.put([mail("one")])

    result = shell.run("mail", "import", "--since", "2199-01-01", **set_up)

    assert result.stdout == "There is no mail since that day.\n"
    assert dovecot.count() == 1


def test_nothing_is_imported_before_a_mailbox_is_set_up(shell: Shell) -> None:
    result = shell.run("mail", "import", "--since", "2026-01-01")

    assert result.exit_code == 2
    assert "CARREL_IMAP_URL" in result.stderr


def test_a_refused_password_is_told_by_the_import(
    shell: Shell, dovecot: Dovecot, set_up: dict[str, str]
) -> None:
    wrong = {**set_up, "CARREL_IMAP_URL": dovecot.url(password="hush")}

    result = shell.run("mail", "import", "--since", "2026-01-01", **wrong)

    assert result.exit_code == 1
    assert "refuses user or password" in result.stderr
    assert "hush" not in result.output


def test_doctor_tells_what_the_mailbox_can(
    shell: Shell, dovecot: Dovecot, set_up: dict[str, str]
) -> None:
    found = findings(shell, **set_up)

    ok, told = found["mailbox"]
    assert ok
    assert told.endswith(": it tells of new mail and moves mail")
    assert told.startswith(f"INBOX of {BOT} at 127.0.0.1:{dovecot.imaps}")
    assert "mail that failed" not in found


def test_doctor_tells_how_much_lies_in_the_mailbox(
    shell: Shell, dovecot: Dovecot, set_up: dict[str, str]
) -> None:
    dovecot.put([mail("long ago"), mail("before")])

    _, told = findings(shell, **set_up)["mailbox"]

    assert "2 mails lie there" in told
    assert "carrel mail import --since DATE" in told


def test_doctor_tells_of_mail_that_failed_and_of_what_is_missing(
    shell: Shell, dovecot: Dovecot, set_up: dict[str, str]
) -> None:
    dovecot.put([mail("x")], folder="Failed")
    failed = findings(shell, **set_up)
    dovecot.kill9()
    away = findings(shell, **set_up)

    assert failed["mail that failed"][0] is False
    assert "1 mail lies in the folder Failed" in failed["mail that failed"][1]
    assert away["mailbox"] == (False, "the mailbox's server is not reached")


def test_halves_of_settings_are_told(shell: Shell, set_up: dict[str, str]) -> None:
    half = {key: value for key, value in set_up.items() if key != "CARREL_IMAP_URL"}
    more = {"CARREL_MAIL_STAFF": "staff@example.org", "CARREL_MAIL_DKIM_SELECTOR": "x"}

    found = findings(shell, **half, **more)

    assert "CARREL_IMAP_URL" in found["email's settings"][1]
    assert "CARREL_MAIL_DKIM_KEY" in found["email's settings"][1]
