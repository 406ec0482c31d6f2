"""The verifier inside every archive, alone with Python's own library."""

from __future__ import annotations

import ast
import base64
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from storage.archive import standalone
from storage.archive.standalone import ORDER, decoded, encoded, is_signed, main
from tests.exporting import SIGNER, STRANGER, contents, repack
from tests.tampering import FIRST, SECOND, Members, furnish, resealed

SOURCE = Path(standalone.__file__)
# Public key, message and signature of the first three examples in section 7.1 of RFC 8032.
EXAMPLES = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9"
        "b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f1"
        "1d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984d"
        "c6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.fixture(scope="module")
def genuine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An archive of two files."""
    made = furnish(tmp_path_factory.mktemp("harbour"))
    yield made.folder / "genuine.zip"
    made.database.close()


def unpack(archive: Path, folder: Path) -> Path:
    """The archive as it lies in a folder."""
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    return folder


def run(*args: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The verifier as people run it, with nothing but Python itself."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-I", *map(str, args)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("key", "message", "signature"), EXAMPLES)
def test_the_examples_of_the_standard_are_genuine_and_nothing_near_them(
    key: str, message: str, signature: str
) -> None:
    parts = bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature)

    assert is_signed(*parts)
    assert not is_signed(parts[0], parts[1] + b"!", parts[2])
    assert not is_signed(parts[0], parts[1], parts[2][:-1])
    assert not is_signed(parts[0][:-1], parts[1], parts[2])


@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(), bit=st.integers(0, 511))
def test_it_judges_every_signature_as_the_library_does(
    seed: bytes, message: bytes, bit: int
) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    signature, public = key.sign(message), key.public_key().public_bytes_raw()
    wrong = bytearray(signature)
    wrong[bit // 8] ^= 1 << bit % 8

    assert is_signed(public, message, signature)
    assert not is_signed(public, message, bytes(wrong))
    assert encoded(decoded(public) or ()) == public


def test_a_signature_has_one_form_only() -> None:
    key, message, signature = map(bytes.fromhex, EXAMPLES[1])
    scalar = int.from_bytes(signature[32:], "little") + ORDER
    other = signature[:32] + scalar.to_bytes(32, "little")

    assert not is_signed(key, message, other)


@pytest.mark.parametrize(
    "number", [2**255 - 19, 2**255 - 1, 2, (1 << 255) + 1], ids=["p", "most", "no point", "x is 0"]
)
def test_what_is_no_point_is_no_key(number: int) -> None:
    assert decoded(number.to_bytes(32, "little")) is None


def test_python_3_8_can_read_it() -> None:
    text = SOURCE.read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 8))
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name) or ""
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }

    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


def test_a_whole_archive_is_found_whole_packed_and_unpacked(genuine: Path, tmp_path: Path) -> None:
    folder = unpack(genuine, tmp_path / "unpacked")
    (folder / ".DS_Store").write_bytes(b"left by a system")

    for args in (("verify.py",), ("verify.py", genuine), ("verify.py", ".")):
        found = run(*args, "--key", SIGNER.public_key, cwd=folder)

        assert (found.returncode, found.stderr) == (0, "")
        assert found.stdout.startswith("OK: whole, unaltered and signed.\n")
        assert "was not checked" not in found.stdout


def test_without_a_key_to_compare_it_says_so(
    genuine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(genuine)]) == 0
    assert "Whose key that is was not checked" in capsys.readouterr().out


def test_another_key_is_refused(genuine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(genuine), "--key", STRANGER.public_key]) == 1
    assert "signed by another key" in capsys.readouterr().out


def test_a_key_may_begin_with_a_dash(genuine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(genuine), "--key", "-" + "A" * 42]) == 1
    assert "signed by another key" in capsys.readouterr().out


def changed(name: str, data: bytes) -> Callable[[Members], Members]:
    return lambda members: {**members, name: data}


def without(name: str) -> Callable[[Members], Members]:
    return lambda members: {n: data for n, data in members.items() if n != name}


def signed_by_nobody(members: Members) -> Members:
    parts = members["manifest.sig"].decode().strip().split(".")
    other = base64.urlsafe_b64encode(bytes(64)).rstrip(b"=").decode()
    return {**members, "manifest.sig": ".".join((*parts[:2], other)).encode()}


TAMPERED: list[tuple[Callable[[Members], Members], str]] = [
    (changed(FIRST, b"fifty years at sea!"), f"{FIRST} was altered."),
    (changed(SECOND, b""), f"{SECOND} was altered."),
    (changed("verify.py", b"print('OK')"), "verify.py was altered."),
    (changed("more.txt", b"!"), "more.txt was added."),
    (without(SECOND), f"{SECOND} is missing."),
    (without("manifest.json"), "It cannot be read: manifest.json is missing"),
    (without("manifest.sig"), "It cannot be read: manifest.sig is missing"),
    (changed("manifest.sig", b"carrel"), "manifest.sig holds no signature."),
    (changed("manifest.sig", b"carrel-manifest-1.A.B"), "It cannot be read: "),
    (changed("manifest.json", b"{}"), "It cannot be read: "),
    (signed_by_nobody, "The signature does not fit: "),
    (
        lambda members: resealed(
            members, change=lambda data: data.replace(b"carrel-export-1", b"carrel-export-9")
        ),
        "Its format is not carrel-export-1",
    ),
]


@pytest.mark.parametrize(("tamper", "said"), TAMPERED)
def test_tampering_is_named_packed_and_unpacked(
    tamper: Callable[[Members], Members],
    said: str,
    genuine: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    archive = repack(tmp_path / "x.zip", tamper(contents(genuine)))
    for place in (archive, unpack(archive, tmp_path / "unpacked")):
        assert main([str(place)]) == 1
        told = capsys.readouterr().out
        assert told.startswith("WRONG: ")
        assert f"- {said}" in told


def test_a_name_that_is_there_twice_is_named(
    genuine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = tmp_path / "x.zip"
    archive.write_bytes(genuine.read_bytes())
    with zipfile.ZipFile(archive, "a") as opened, pytest.warns(UserWarning, match="Duplicate"):
        opened.writestr(FIRST, b"twelve years at sea")

    assert main([str(archive)]) == 1
    assert f"{FIRST} is there more than once." in capsys.readouterr().out


def test_damaged_bytes_inside_a_zip_are_named(
    genuine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = tmp_path / "x.zip"
    archive.write_bytes(genuine.read_bytes().replace(b"mopped every", b"MOPPED EVERY"))

    assert main([str(archive)]) == 1
    assert f"{SECOND} was altered." in capsys.readouterr().out


def test_something_else_is_no_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("notes", encoding="utf-8")

    assert [main([str(place)]) for place in (other, tmp_path, tmp_path / "gone")] == [1, 1, 1]
    assert capsys.readouterr().out.count("It cannot be read: ") == 3


def test_it_ends_with_2_when_it_is_called_wrongly(tmp_path: Path) -> None:
    assert run(SOURCE, "--loudly", cwd=tmp_path).returncode == 2
