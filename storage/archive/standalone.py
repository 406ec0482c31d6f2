"""Is this archive whole, unaltered and signed? Needs Python 3.8 or newer and nothing else.

    python3 verify.py                     in the folder that the archive was unpacked to
    python3 verify.py FILE.zip            on the archive itself
    python3 verify.py --key PUBLICKEY     and refuse a signature by any other key

Ends with 0 when all is well, with 1 when something is wrong, with 2 when it was called wrongly.
Each archive carries this file as verify.py; whoever distrusts an archive takes it from elsewhere.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
FORMAT, SEAL = "carrel-export-1", "carrel-manifest-1"
CHUNK = 1 << 20
LARGEST = 16 << 20  # bytes of a manifest
LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}  # what systems leave in folders by themselves

# Ed25519 as RFC 8032 describes it: the curve -x^2 + y^2 = 1 + d x^2 y^2 over the integers modulo P
# (section 5.1), with points kept as X, Y, Z, T where x = X/Z, y = Y/Z and x*y = T/Z (5.1.4).
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)  # a square root of -1
BASE_X = 15112221349535400772501151409588531511454012693041857206046113283949847762202
BASE_Y = 46316835694926478169428394003475163141307993866256225615783033603165251855960
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def add(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    """The sum of two points; it holds for a point and itself too."""
    a = (one[1] - one[0]) * (other[1] - other[0])
    b = (one[1] + one[0]) * (other[1] + other[0])
    c = 2 * D * one[3] * other[3]
    d = 2 * one[2] * other[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(factor: int, point: tuple[int, ...]) -> tuple[int, ...]:
    """The point added to itself so many times."""
    total: tuple[int, ...] = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = add(total, point)
        point = add(point, point)
        factor >>= 1
    return total


def encoded(point: tuple[int, ...]) -> bytes:
    """A point as 32 bytes: y, and whether x is odd in the last bit (5.1.2)."""
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def decoded(data: bytes) -> tuple[int, ...] | None:
    """The point of 32 bytes, None when they are no point's (5.1.3)."""
    number = int.from_bytes(data, "little")
    y, odd = number & (1 << 255) - 1, number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or y >= P or (x == 0 and odd):
        return None
    if x & 1 != odd:
        x = P - x
    return x, y, 1, x * y % P


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature of the message is by that key (5.1.7)."""
    point = decoded(public_key) if len(public_key) == 32 else None
    scalar = int.from_bytes(signature[32:], "little")
    if point is None or len(signature) != 64 or scalar >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public_key + message).digest()
    factor = int.from_bytes(digest, "little") % ORDER
    negative = (P - point[0], point[1], 1, P - point[3])
    return encoded(add(times(scalar, BASE), times(factor, negative))) == signature[:32]


class Contents:
    """The files of an archive, or of the folder it was unpacked to, by their names in it."""

    def __init__(self, path: Path) -> None:
        self.zip = None if path.is_dir() else zipfile.ZipFile(str(path))
        found = self._members() if self.zip else self._walk(path)
        self.names = {}  # type: dict[str, Any]
        self.twice = []  # type: list[str]
        for name, place in found:
            plain = unicodedata.normalize("NFC", name)
            if plain in self.names:
                self.twice.append(plain)
            self.names[plain] = place

    def size(self, name: str) -> int:
        """How many bytes the file has."""
        place = self.names[name]
        return int(place.file_size if self.zip else place.stat().st_size)

    def open(self, name: str) -> IO[bytes]:
        """The file, to be read."""
        place = self.names[name]
        found: IO[bytes] = self.zip.open(place) if self.zip else place.open("rb")
        return found

    def read(self, name: str) -> bytes:
        """All of a small file; ValueError when it is missing or far too long."""
        if name not in self.names or self.size(name) > LARGEST:
            raise ValueError(name + " is missing, or longer than it can be.")
        with self.open(name) as stream:
            return stream.read()

    def _members(self) -> Iterator[tuple[str, Any]]:
        for info in self.zip.infolist() if self.zip else ():
            if not info.is_dir():
                yield info.filename, info

    @staticmethod
    def _walk(folder: Path) -> Iterator[tuple[str, Any]]:
        for parent, _, names in os.walk(str(folder)):
            for name in names:
                place = Path(parent) / name
                if name not in LITTER:
                    yield place.relative_to(folder).as_posix(), place


def faults_of(contents: Contents, trusted: str) -> Iterator[str]:
    """Everything that is wrong, a sentence each."""
    data = contents.read(MANIFEST)
    yield from seal_faults(contents.read(SIGNATURE), data, trusted)
    manifest = json.loads(data.decode())
    if manifest["format"] != FORMAT:
        yield "Its format is not " + FORMAT + ": take a newer verify.py."
    listed = {unicodedata.normalize("NFC", one["path"]): one for one in manifest["files"]}
    yield from (name + " is there more than once." for name in contents.twice)
    for name in sorted(contents.names.keys() - listed.keys() - {MANIFEST, SIGNATURE}):
        yield name + " was added."
    for name, one in listed.items():
        if name not in contents.names:
            yield name + " is missing."
        elif not is_same(contents, name, one):
            yield name + " was altered."


def seal_faults(seal: bytes, manifest: bytes, trusted: str) -> Iterator[str]:
    """What is wrong with the signature of the list."""
    parts = parts_of(seal)
    if len(parts) != 3 or parts[0] != SEAL:
        yield SIGNATURE + " holds no signature."
    elif not is_signed(unpacked(parts[1]), manifest, unpacked(parts[2])):
        yield "The signature does not fit: " + MANIFEST + " or " + SIGNATURE + " was altered."
    elif trusted and parts[1] != trusted:
        yield "It was signed by another key, " + parts[1] + ". Do not rely on it."


def parts_of(seal: bytes) -> list[str]:
    """The format, the key and the signature."""
    return seal.decode("ascii", "replace").strip().split(".")


def is_same(contents: Contents, name: str, listed: dict[str, Any]) -> bool:
    """Whether a file has the size and the hash that are listed; a longer one is not read."""
    if contents.size(name) != listed["size"]:
        return False
    digest = hashlib.sha256()
    try:
        with contents.open(name) as stream:
            for block in iter(lambda: stream.read(CHUNK), b""):
                digest.update(block)
    except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError):
        return False
    return bool(digest.hexdigest() == listed["sha256"])


def unpacked(text: str) -> bytes:
    """Base64url without padding; ValueError when it is none."""
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64.urlsafe_b64encode(data).rstrip(b"=").decode() != text:
        raise ValueError("The signature is not written as it should be.")
    return data


def verdict(path: Path, trusted: str) -> tuple[bool, list[str]]:
    """Whether all is well, and what to say."""
    try:
        contents = Contents(path)
        found = list(faults_of(contents, trusted))
        key = parts_of(contents.read(SIGNATURE))[1:2]
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, TypeError, RecursionError) as error:
        found, key = ["It cannot be read: " + str(error)], []
    if found:
        return False, ["WRONG: " + str(len(found)) + " faults found.", *("- " + f for f in found)]
    said = ["OK: whole, unaltered and signed.", "Signed by the key " + "".join(key)]
    if not trusted:
        said.append("Whose key that is was not checked: ask the program, and give it with --key.")
    return True, said


def joined(given: list[str]) -> Iterator[str]:
    """The arguments, a key joined to its option: a key may begin with a dash."""
    words = iter(given)
    for word in words:
        yield "--key=" + next(words, "") if word == "--key" else word


def main(given: list[str]) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description="Is this archive whole, unaltered and signed?")
    own = Path(__file__).resolve().parent
    parser.add_argument("archive", nargs="?", type=Path, default=own, help="a ZIP file or a folder")
    parser.add_argument("--key", default="", help="the public key of the program")
    asked = parser.parse_args(list(joined(given)))
    well, said = verdict(asked.archive, asked.key)
    for line in said:
        sys.stdout.write("".join(c if c.isprintable() else "?" for c in line) + "\n")
    return 0 if well else 1


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    sys.exit(main(sys.argv[1:]))
