"""Whoever is enrolled one by one is told by mail what to do first, where mail is set up."""

from __future__ import annotations

from bot.app import open_store, utc_now
from bot.knowledge.pack import load_pack
from bot.settings import Settings
from tests.commands.shell import Shell

MAIL = {
    "CARREL_IMAP_URL": "imaps://carrel:secret@mail.example.org",
    "CARREL_SMTP_URL": "smtp://mail.example.org",
    "CARREL_MAIL_ADDRESS": "carrel@example.org",
}
ADA = ("enrol", "Ada Reyes", "ada@example.org")


def told(shell: Shell) -> int:
    """How many messages there are for Ada, sent at once or kept for the end of quiet hours."""
    settings = Settings(_env_file=None, data=shell.data)
    program = load_pack(settings.program).program
    with open_store(settings).uow() as uow:
        (ada,) = uow.situations.of([1], program=program, now=utc_now())
        return len(ada.gathered) + sum(uow.outbox.counts().values())


def test_whoever_is_enrolled_is_welcomed_by_mail(shell: Shell) -> None:
    result = shell.run(*ADA, **MAIL)

    assert result.exit_code == 0, result.stderr
    assert "They are told by mail what to do first." in result.stdout
    assert told(shell) == 1


def test_nobody_is_welcomed_where_it_is_not_wanted_or_no_mail_is_set_up(shell: Shell) -> None:
    assert "told by mail" not in shell.run(*ADA).stdout
    bea = ("enrol", "Bea Okafor", "bea@example.org", "--no-welcome")
    assert "told by mail" not in shell.run(*bea, **MAIL).stdout

    assert told(shell) == 0


def test_people_who_are_imported_together_are_not_mailed(shell: Shell) -> None:
    people = shell.write("people.csv", "name,email\nAda Reyes,ada@example.org\n")

    assert shell.run("import-people", people, **MAIL).exit_code == 0

    assert told(shell) == 0


def test_where_nobody_can_be_welcomed_it_says_what_is_to_be_set_up(shell: Shell) -> None:
    sends = {key: value for key, value in MAIL.items() if key != "CARREL_IMAP_URL"}
    bea = ("enrol", "Bea Okafor", "bea@example.org")

    none, unread = shell.run(*ADA, "--welcome").stdout, shell.run(*bea, **sends).stdout

    every = "there must be CARREL_SMTP_URL and CARREL_MAIL_ADDRESS and CARREL_IMAP_URL."
    assert none.rstrip().endswith(every)
    assert unread.rstrip().endswith("there must be CARREL_IMAP_URL.")
    assert told(shell) == 0
