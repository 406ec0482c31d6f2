"""Outlines of programs, old Office containers and other binary files."""

from __future__ import annotations

import hashlib
import struct


def encrypted_office() -> bytes:
    """The outline of a Word document with a password: an OLE container with a cipher stream."""
    return ole("EncryptionInfo", "EncryptedPackage")


def old_word() -> bytes:
    """The outline of a Word 97 document, with nothing in it."""
    return ole("WordDocument")


def installer() -> bytes:
    """The outline of a Windows installer package (MSI): an OLE container of its own class."""
    return ole(root_class=bytes.fromhex("84100c0000000000c000000000000046"))


def ole(*streams: str, root_class: bytes = bytes(16)) -> bytes:
    """An OLE container of two sectors whose directory names the streams (at most three)."""
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6xIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096)
    header += struct.pack("<IIIII", 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0) + b"\xff" * 4 * 108
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * (512 - 8)
    entries = [_ole_entry("Root Entry", 5, owner=root_class)]
    entries += [_ole_entry(name, 2) for name in streams]
    return header.ljust(512, b"\xff") + table + b"".join(entries).ljust(512, b"\0")


def exe() -> bytes:
    """The outline of a Windows program."""
    return b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + bytes(200)


def sound() -> bytes:
    """A second of silence as a WAV file."""
    return b"RIFF" + struct.pack("<I", 36 + 8000) + b"WAVEfmt " + bytes(28) + bytes(8000)


def noise(size: int = 4096, *, seed: int = 1) -> bytes:
    """Bytes that mean nothing."""
    return hashlib.shake_256(bytes([seed])).digest(size)


def _ole_entry(name: str, kind: int, *, owner: bytes = bytes(16)) -> bytes:
    stored = name.encode("utf-16-le")
    nobody = 0xFFFFFFFF
    head = stored.ljust(64, b"\0") + struct.pack("<HBB", len(stored) + 2, kind, 1)
    return head + struct.pack("<III", nobody, nobody, nobody) + owner + bytes(36)
