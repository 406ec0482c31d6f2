"""Mails that are signed, and that a real relay hands on: the signature still holds afterwards."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from bot.domain.messages import Bar, Bullets, Chart, Choice, Paragraph, Quotation
from bot.errors import ConfigurationError, DeliveryFailed
from channels.email.sending.sender import Sender
from storage.files import FolderFileStore
from tests.mail.dovecot import BOT, Dovecot
from tests.mail.postfix import Postfix
from tests.mail.programs import short_folder
from tests.mail.tokens import access_token
from tests.mailing import ADA, PUBLIC, message, sender, twin
from tests.post_office import PostOffice, post_office

SELECTOR = "desk1"
MARKED = (
    "Marks: . at the start, tabs\tand  blanks, \u00e4\u4e2d\u0627, = and ' ' at the end \n.\n..x"
)
WHOLE = message(
    Paragraph(text=MARKED),
    Bullets(items=("From here on", "> not quoted", "x" * 1200)),
    Quotation(text="Verbatim words. " * 30, document="Handbook", heading="Section 2"),
    Chart(title="P", bars=(Bar(label="Soil", done=1, total=3, note=""),), footer="", alt="1 of 3"),
    choices=(Choice(label="Yes", says="accept offer 2"),),
    thread="<one@example.org> <two@example.org>",
    subject="Caf\u00e9 " * 20,
    kind="comments",
)
Private = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey


@pytest.fixture(scope="module")
def rsa_key() -> rsa.RSAPrivateKey:
    """A key of the usual kind."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
async def world() -> AsyncIterator[PostOffice]:
    """Where mail for everybody arrives."""
    async with post_office() as office:
        yield office


@pytest.fixture
def files(tmp_path: Path) -> FolderFileStore:
    """Where files for people are kept."""
    return FolderFileStore(tmp_path / "files")


def pem(key: Private, folder: Path) -> Path:
    """The key in a file."""
    path = folder / "dkim.pem"
    form = serialization.PrivateFormat.PKCS8
    none = serialization.NoEncryption()
    path.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, none))
    return path


def record(key: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey) -> bytes:
    """What the world finds in the domain's DNS."""
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return b"v=DKIM1; k=ed25519; p=" + b64encode(key.public_key().public_bytes_raw())
    encoding, form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    return b"v=DKIM1; k=rsa; p=" + b64encode(key.public_key().public_bytes(encoding, form))


def is_valid(raw: bytes, text: bytes, *, domain: str = "example.org") -> bool:
    """Whether whoever looks the key up believes the mail."""
    name = f"{SELECTOR}._domainkey.{domain}.".encode()

    def look_up(asked: bytes, timeout: float = 5) -> bytes | None:
        return text if asked == name and timeout else None

    return bool(dkim.verify(raw, dnsfunc=look_up))


def signing(key: Path, *, address: str = "Carrel <carrel@example.org>") -> Sender:
    """Who signs with that key."""
    return Sender(
        address=address,
        hears=True,
        public_url=PUBLIC,
        dkim_key=key,
        dkim_selector=SELECTOR,
    )


@pytest.mark.parametrize("kind", ["rsa", "ed25519"])
async def test_what_arrives_is_signed_and_nothing_of_it_can_be_changed(
    kind: str, rsa_key: rsa.RSAPrivateKey, world: PostOffice, files: FolderFileStore, tmp_path: Path
) -> None:
    key = rsa_key if kind == "rsa" else ed25519.Ed25519PrivateKey.generate()
    channel = sender(f"smtp://127.0.0.1:{world.port}", files, who=signing(pem(key, tmp_path)))
    await channel.send(WHOLE)
    await channel.close()

    (raw,) = world.raw
    assert is_valid(raw, record(key))
    for words in (b"mailto:", b"Auto-Submitted"):
        assert not is_valid(raw.replace(words, words[:-1]), record(key)), words
    for change in (b"Subject: Other\r\n", b"From: eve@example.org\r\n", b"Reply-To: eve@e.org\r\n"):
        assert not is_valid(change + raw, record(key)), change
    for name in (b"List-Unsubscribe:", b"List-Unsubscribe-Post:", b"In-Reply-To:", b"To:"):
        assert not is_valid(raw.replace(b"\r\n" + name, b"\r\nX-" + name), record(key)), name


async def test_a_signature_holds_after_a_real_relay_handed_the_mail_on(
    rsa_key: rsa.RSAPrivateKey,
    dovecot: Dovecot,
    world: PostOffice,
    files: FolderFileStore,
    tmp_path: Path,
) -> None:
    who = signing(pem(rsa_key, tmp_path), address=f"Carrel <{BOT}>")
    own = replace(ADA, value="ada@mail.test")
    with short_folder() as folder, Postfix(folder, dovecot, world.port) as postfix:
        channel = sender(postfix.url(), files, ca=postfix.ca, who=who)
        await channel.send(WHOLE)
        await channel.send(replace(WHOLE, key="own", to=own, conversation=str(own)))
        await channel.close()
        await asyncio.to_thread(dovecot.wait, lambda: world.raw and dovecot.count("ada@mail.test"))

    (inside,) = dovecot.messages("ada@mail.test")
    for raw in (world.raw[0], inside):
        assert is_valid(raw, record(rsa_key), domain="mail.test")
    assert world.senders[0].startswith("bot+b-")
    assert MARKED.splitlines()[0].rstrip() in twin(world.mails[0])


async def test_an_access_token_lets_mail_in_and_is_read_anew_each_time(
    dovecot: Dovecot, world: PostOffice, files: FolderFileStore, tmp_path: Path
) -> None:
    token = tmp_path / "token"
    who = Sender(address=f"Carrel <{BOT}>")
    with short_folder() as folder, Postfix(folder, dovecot, world.port) as postfix:
        url = f"smtp+starttls+xoauth2://{BOT.replace('@', '%40')}@127.0.0.1:{postfix.submission}"
        channel = sender(url, files, ca=postfix.ca, who=who, token_file=token)
        token.write_text(access_token(BOT, seconds=-10))
        with pytest.raises(DeliveryFailed) as failed:
            await channel.send(message())
        token.write_text(access_token(BOT))
        await channel.send(message())
        await channel.close()
        await asyncio.to_thread(dovecot.wait, lambda: world.mails)

    assert (failed.value.permanent, failed.value.ours) == (False, True)
    assert twin(world.mails[0]) == "Hello.\n"


def test_a_key_that_cannot_sign_is_a_wrong_setting(files: FolderFileStore, tmp_path: Path) -> None:
    odd = pem(ec.generate_private_key(ec.SECP256R1()), tmp_path)
    with pytest.raises(ConfigurationError, match="no key to sign with"):
        sender("smtp://127.0.0.1", files, who=signing(odd))

    odd.write_text("nothing")
    with pytest.raises(ConfigurationError, match="no key to sign with"):
        sender("smtp://127.0.0.1", files, who=signing(odd))
    with pytest.raises(ConfigurationError, match="no key to sign with"):
        sender("smtp://127.0.0.1", files, who=signing(tmp_path / "none.pem"))


@pytest.mark.parametrize(
    ("selector", "told"), [("", "belong together"), ("a b", "is no selector"), ("\u00e4", "no sel")]
)
def test_a_selector_that_names_nothing_is_a_wrong_setting(
    selector: str,
    told: str,
    rsa_key: rsa.RSAPrivateKey,
    files: FolderFileStore,
    tmp_path: Path,
) -> None:
    who = replace(signing(pem(rsa_key, tmp_path)), dkim_selector=selector)
    with pytest.raises(ConfigurationError, match=told):
        sender("smtp://127.0.0.1", files, who=who)
