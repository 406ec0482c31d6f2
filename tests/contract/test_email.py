"""Mail handed to a real mail server on this machine, and what its refusals mean."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from aiosmtplib import errors

from bot.domain.messages import (
    Address,
    Bar,
    Chart,
    Download,
    Paragraph,
)
from bot.errors import ConfigurationError, DeliveryFailed
from channels.email.sending.faults import delivery_failed
from channels.email.sending.sender import Sender
from channels.email.sending.sending import Sending
from storage.files import FolderFileStore
from tests.mailing import ADA, message, sender, twin
from tests.post_office import PASSWORD, USER, PostOffice, certificate, post_office
from tests.tags import returned

CHART = Chart(
    title="Progress",
    bars=(Bar(label="Soil", done=1, total=3, note="1 of 3"),),
    footer="",
    alt="Soil: 1 of 3.",
)


@pytest.fixture
def files(tmp_path: Path) -> FolderFileStore:
    """Where files for people are kept."""
    return FolderFileStore(tmp_path / "files")


def at(office: PostOffice, files: FolderFileStore) -> Sending:
    """The channel at that server, without certificates."""
    return sender(f"smtp://127.0.0.1:{office.port}", files)


async def refused(office: PostOffice, files: FolderFileStore) -> DeliveryFailed:
    """Why a message is not taken."""
    with pytest.raises(DeliveryFailed) as failed:
        await at(office, files).send(message())
    return failed.value


async def test_a_message_arrives_under_the_id_that_is_told(files: FolderFileStore) -> None:
    async with post_office() as office:
        channel = at(office, files)
        (receipt,) = await channel.send(message())
        (again,) = await channel.send(message())
        await channel.close()

    assert office.recipients == [ADA.value] * 2
    assert office.mails[0]["Message-ID"] == receipt == again
    assert office.senders == [f"carrel+{returned(receipt)}@example.org"] * 2
    assert twin(office.mails[0]) == "Hello.\n"


async def test_pictures_and_files_arrive_and_what_is_too_large_is_told(
    files: FolderFileStore, tmp_path: Path
) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"%PDF")
    letter = Download(
        name="letter.pdf", media_type="application/pdf", size=4, sha256=files.put(path)
    )
    large = Download(
        name="all.zip", media_type="application/zip", size=20_000_000, sha256=letter.sha256
    )
    lost = Download(name="old.pdf", media_type="application/pdf", size=4, sha256="0" * 64)
    words = Paragraph(text="Here it is.")

    async with post_office() as office:
        channel = sender(f"smtp://127.0.0.1:{office.port}", files, most=10_000_000)
        await channel.send(message(words, CHART, letter, large, lost))

    (mail,) = office.mails
    (file,) = mail.iter_attachments()
    (picture,) = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert picture.get_content()[:4] == b"\x89PNG"
    assert f"cid:{picture['Content-ID'][1:-1]}" in twin(mail, "html")
    assert 'alt="Soil: 1 of 3."' in twin(mail, "html")
    assert file.get_content() == b"%PDF"
    assert "Picture: Soil: 1 of 3." in twin(mail)
    assert "all.zip is too large to be mailed" in twin(mail)
    assert "old.pdf is not kept any more" in twin(mail)


async def test_user_and_password_travel_by_tls_alone(
    files: FolderFileStore, tmp_path: Path
) -> None:
    context, ca = certificate(tmp_path)
    account = f"{USER}:{quote(PASSWORD, safe='')}"

    async with post_office(starttls=context) as office:
        url = f"smtp+starttls://{account}@127.0.0.1:{office.port}"
        await sender(url, files, ca=ca).send(message())

    assert (office.accounts, office.encrypted) == ([USER], [True])


async def test_a_connection_may_be_tls_from_its_beginning(
    files: FolderFileStore, tmp_path: Path
) -> None:
    context, ca = certificate(tmp_path)

    async with post_office(tls=context) as office:
        await sender(f"smtps://127.0.0.1:{office.port}", files, ca=ca).send(message())

    assert len(office.mails) == 1


async def test_a_wrong_password_is_the_operators_and_loses_no_message(
    files: FolderFileStore, tmp_path: Path
) -> None:
    context, ca = certificate(tmp_path)
    async with post_office(starttls=context) as office:
        url = f"smtp+starttls://{USER}:hush@127.0.0.1:{office.port}"
        with pytest.raises(DeliveryFailed, match="user or password") as failed:
            await sender(url, files, ca=ca).send(message())

    assert not failed.value.permanent
    assert "hush" not in str(failed.value)


async def test_a_server_that_nobody_vouches_for_gets_nothing(
    files: FolderFileStore, tmp_path: Path
) -> None:
    context, _ = certificate(tmp_path)
    async with post_office(starttls=context) as office:
        url = f"smtp+starttls://{USER}:hush@127.0.0.1:{office.port}"
        with pytest.raises(DeliveryFailed) as failed:
            await sender(url, files).send(message())

    assert not failed.value.permanent
    assert (office.mails, office.accounts) == ([], [])


async def test_nothing_goes_to_a_server_without_the_tls_that_was_asked_for(
    files: FolderFileStore,
) -> None:
    async with post_office() as office:
        url = f"smtp+starttls://127.0.0.1:{office.port}"
        with pytest.raises(DeliveryFailed, match="STARTTLS") as failed:
            await sender(url, files).send(message())

    assert not failed.value.permanent
    assert office.mails == []


@pytest.mark.parametrize(
    ("step", "said", "permanent", "gone"),
    [
        ("RCPT", "550 5.1.1 No such user here", True, True),
        ("RCPT", "550 5.1.10 Null MX", True, True),
        ("RCPT", "550 Not here", True, False),
        ("RCPT", "554 5.7.1 Looks like spam", True, False),
        ("RCPT", "452 4.2.2 Mailbox full", False, False),
        ("RCPT", "450 4.1.1 Try again", False, False),
        ("DATA", "552 5.3.4 Too large", True, False),
        ("DATA", "451 4.3.0 Later", False, False),
        ("MAIL", "553 5.7.1 Not your address", False, False),
        ("MAIL", "421 4.3.2 Closing", False, False),
    ],
)
async def test_a_refusal_says_whether_to_try_again(
    files: FolderFileStore, step: str, said: str, permanent: bool, gone: bool
) -> None:
    async with post_office() as office:
        office.refusals[step] = said
        failed = await refused(office, files)

    assert (failed.permanent, failed.gone) == (permanent, gone)
    assert said[4:] not in str(failed)


async def test_a_server_that_is_not_there_is_tried_again(files: FolderFileStore) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(DeliveryFailed, match="not reached") as failed:
        await sender(f"smtp://127.0.0.1:{port}", files).send(message())

    assert not failed.value.permanent


async def test_what_is_no_address_is_never_sent(files: FolderFileStore) -> None:
    async with post_office() as office:
        nobody = Address(channel="email", value="ada@example.org\r\nBcc: eve@example.org")
        with pytest.raises(DeliveryFailed, match="no e-mail address") as failed:
            await at(office, files).send(message(to=nobody))

    assert failed.value.permanent
    assert office.mails == []


def test_every_error_of_the_library_is_one_of_ours() -> None:
    kinds = set(_below(errors.SMTPException))
    assert len(kinds) > 12

    for kind in kinds:
        error = kind.__new__(kind)
        error.__dict__.update(code=550, message="5.1.1 no", recipients=[])
        failed = delivery_failed(error)
        assert str(failed).startswith("the mail server"), kind


def _below(kind: type[errors.SMTPException]) -> Iterator[type[errors.SMTPException]]:
    yield kind
    for sub in kind.__subclasses__():
        yield from _below(sub)


def test_a_sender_that_is_no_address_is_a_wrong_setting(files: FolderFileStore) -> None:
    with pytest.raises(ConfigurationError, match="write Carrel"):
        sender("smtp://127.0.0.1", files, who=Sender(address="Carrel"))
