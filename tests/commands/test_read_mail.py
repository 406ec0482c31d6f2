"""`carrel read-mail`: what is in a mail; nothing is sent, nothing is stored."""

from __future__ import annotations

from pathlib import Path

from tests.commands.shell import Shell, json_lines, results, shape

FOLDER = Path(__file__).parent.parent / "data" / "mail"
ACCOUNT = {
    "id": "str",
    "kind": "str",
    "subject": "str",
    "from": "str",
    "reply": "str",
    "attachments": ["dict"],
    "authenticated": "bool",
    "why": "str",
    "failed_recipients": [],
}


def test_an_account_has_the_shape_that_programs_rely_on(shared: Shell) -> None:
    path = FOLDER / "no_closing_boundary.eml"
    result = shared.run(
        "read-mail", "--json", "-", lines=json_lines([{"id": "a", "path": str(path)}])
    )
    (account,) = results(result)

    assert shape(account) == ACCOUNT
    assert account["attachments"] == [
        {"name": "guide.pdf", "type": "application/pdf", "size": 24, "inline": False}
    ]
    assert (account["kind"], account["from"]) == ("message", "ada@example.org")
    assert (account["reply"], account["authenticated"]) == ("Here it is.", False)


def test_every_mail_of_a_corpus_gets_its_line_in_order(shared: Shell) -> None:
    paths = sorted(FOLDER.glob("*.eml"))
    lines = json_lines([{"id": number, "path": str(path)} for number, path in enumerate(paths)])

    result = shared.run("read-mail", "--json", "-", lines=lines)

    assert result.exit_code == 0
    assert [account["id"] for account in results(result)] == list(range(len(paths)))
    assert result.stderr == ""


def test_a_mail_that_is_refused_says_why_and_is_no_error(shared: Shell) -> None:
    path = shared.folder / "deep.eml"
    path.write_bytes(b"Content-Type: message/rfc822\r\n\r\n" * 2_000)

    result = shared.run("read-mail", "--json", path)
    (account,) = results(result)

    assert result.exit_code == 0
    assert (account["refusal"], account["kind"], account["from"]) == ("nested-too-deep", "", "")


def test_a_file_that_cannot_be_taken_says_so_in_its_account(shared: Shell) -> None:
    (account,) = results(shared.run("read-mail", "--json", FOLDER / "smime_sealed.eml"))

    assert [one["name"] for one in account["attachments"]] == ["smime.p7m"]
    assert "ordinary mail" in account["attachments"][0]["refusal"]


def test_an_account_for_people_names_sender_files_and_words(shared: Shell) -> None:
    result = shared.run("read-mail", FOLDER / "two_files_of_one_name.eml")

    assert result.exit_code == 0
    why = "not proved: it has no signature of its sender's domain"
    assert f"From: ada@example.org ({why})" in result.stdout
    assert result.stdout.count("File: guide.pdf (application/pdf, 24 bytes)") == 2
    assert "Here it is." in result.stdout


def test_carrels_own_mail_is_known_by_the_address_given(shared: Shell) -> None:
    path = FOLDER / "no_closing_boundary.eml"
    (account,) = results(shared.run("read-mail", "--json", "--address", "ada@example.org", path))

    assert account["kind"] == "own"


def test_a_bad_line_gets_an_error_line_and_the_next_is_read(shared: Shell) -> None:
    lines = json_lines(
        [{"id": 1, "path": "nowhere.eml"}, {"id": 2, "path": str(FOLDER / "empty.eml")}]
    )

    result = shared.run("read-mail", "--json", "-", lines=lines)
    missing, empty = results(result)

    assert result.exit_code == 1
    assert "cannot be read" in missing["error"]
    assert empty["id"] == 2
    assert empty["attachments"] == []


def test_nothing_is_stored(shell: Shell) -> None:
    shell.run("read-mail", FOLDER / "no_closing_boundary.eml")

    assert not shell.data.exists()
