"""Receipts' signatures, and the secret they are made with."""

from __future__ import annotations

import multiprocessing
import stat
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ConfigurationError
from bot.ports import Signer
from storage.proof.secret import load_or_make_secret
from storage.proof.signing import Ed25519Signer, verify

SECRET = " ".join(["long enough"] * 2)


@pytest.fixture
def signer() -> Signer:
    return Ed25519Signer(SECRET)


def test_a_signature_fits_its_payload_and_key_only(signer: Signer) -> None:
    signature = signer.sign(b"payload")

    assert verify(signer.public_key, b"payload", signature)
    assert not verify(signer.public_key, b"payload!", signature)
    assert not verify(Ed25519Signer(SECRET + "!").public_key, b"payload", signature)


def test_the_same_secret_gives_the_same_key_always(signer: Signer) -> None:
    assert signer.public_key == "WqpkuFYzlgeIXFDEYuYrzcAjVWFIjjLuQefZI3U-Fko"
    assert Ed25519Signer(SECRET).sign(b"x") == signer.sign(b"x")


def test_signatures_and_keys_are_base64url_without_padding(signer: Signer) -> None:
    assert (len(signer.sign(b"")), len(signer.public_key)) == (86, 43)
    assert not set("+/=") & set(signer.sign(b"") + signer.public_key)


@given(garbage=st.text())
def test_garbage_is_no_signature_and_no_error(garbage: str) -> None:
    signer = Ed25519Signer(SECRET)
    signature = signer.sign(b"payload")

    assert not verify(signer.public_key, b"payload", garbage)
    assert not verify(garbage, b"payload", signature)
    assert not verify(signer.public_key, b"payload", signature + "=")


def test_a_short_secret_is_a_fault_of_configuration() -> None:
    with pytest.raises(ConfigurationError, match="CARREL_SECRET has 15 characters"):
        Ed25519Signer("x" * 15)


def test_any_long_secret_will_do() -> None:
    assert Ed25519Signer("ü" * 16).sign(b"x") != Ed25519Signer("\udc80" * 5000).sign(b"x")


def test_a_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    secret = load_or_make_secret(tmp_path / "new")

    assert len(secret) >= 32
    assert load_or_make_secret(tmp_path / "new") == secret
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["secret"]
    assert stat.S_IMODE((tmp_path / "new" / "secret").stat().st_mode) == 0o600


def test_two_folders_have_two_secrets(tmp_path: Path) -> None:
    assert load_or_make_secret(tmp_path / "a") != load_or_make_secret(tmp_path / "b")


def test_processes_that_start_together_get_the_same_secret(tmp_path: Path) -> None:
    folders = [tmp_path / str(n // 4) for n in range(40)]
    with ProcessPoolExecutor(4, mp_context=multiprocessing.get_context("spawn")) as pool:
        made = list(pool.map(load_or_make_secret, folders))

    assert len(set(made)) == 10
    assert made == [load_or_make_secret(folder) for folder in folders]


def test_an_empty_secret_is_a_fault_of_configuration(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("\n")

    with pytest.raises(ConfigurationError, match="is empty: restore it"):
        load_or_make_secret(tmp_path)


def test_a_secret_that_cannot_be_read_is_a_fault_of_configuration(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()

    with pytest.raises(ConfigurationError, match="set CARREL_SECRET"):
        load_or_make_secret(tmp_path)


def test_a_secret_that_cannot_be_kept_is_a_fault_of_configuration(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(ConfigurationError, match="cannot be used"):
        load_or_make_secret(tmp_path / "file")
