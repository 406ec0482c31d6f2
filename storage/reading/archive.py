"""ZIP archives -> their files, under harmless names and within limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from bot.errors import Unreadable
from storage.reading import containers, names, refusals, sniff
from storage.reading.limits import Limits
from storage.reading.signatures import ARCHIVES, EXECUTABLE, ZIP

_JUNK_FOLDER = "__MACOSX"
_JUNK = frozenset((".ds_store", "thumbs.db", "desktop.ini"))
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_BLOCK = 1024 * 1024
_SMALL = 20 * 1024 * 1024  # below this, a high ratio is a plain table and no bomb
_BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """One file of an archive: `stored` names it in the folder, or `refusal` tells why not."""

    name: str
    stored: str = ""
    reason: str = ""
    advice: str = ""


def unpack(data: bytes, folder: Path, limits: Limits) -> tuple[Unpacked, ...]:
    """The archive's files, written to `folder`; none when the bytes are no plain ZIP archive.

    Raises `Unreadable` when the archive as a whole is refused.
    """
    kind = sniff.media_type(data)
    if kind == sniff.BROKEN_ZIP and not containers.looks_like_office(data):
        raise refusals.damaged()
    if kind != ZIP:
        return ()
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        infos = [info for info in opened.infolist() if _is_wanted(info)]
        _check(infos, len(data), limits)
        return _unpacked(opened, infos, folder=folder, limits=limits)


def _is_wanted(info: zipfile.ZipInfo) -> bool:
    parts = info.filename.replace("\\", "/").split("/")
    return bool(parts[-1]) and _JUNK_FOLDER not in parts and parts[-1].lower() not in _JUNK


def _check(infos: list[zipfile.ZipInfo], packed_bytes: int, limits: Limits) -> None:
    unpacked = sum(info.file_size for info in infos)
    if not infos:
        raise refusals.empty()
    if len(infos) > limits.members or unpacked > limits.unpacked_bytes:
        raise refusals.bad_archive()
    if unpacked > max(_SMALL, packed_bytes * limits.ratio):
        raise refusals.bad_archive()


def _unpacked(
    opened: zipfile.ZipFile, infos: list[zipfile.ZipInfo], *, folder: Path, limits: Limits
) -> tuple[Unpacked, ...]:
    members: list[Unpacked] = []
    left = limits.unpacked_bytes
    for number, info in enumerate(infos, 1):
        target = folder / f"{number:04}"
        members.append(_member(opened, info, target=target, limits=limits))
        left -= target.stat().st_size if target.exists() else 0
        if left < 0:
            raise refusals.bad_archive()
    return tuple(members)


def _member(
    opened: zipfile.ZipFile, info: zipfile.ZipInfo, *, target: Path, limits: Limits
) -> Unpacked:
    name = names.safe(_name(info)) or f"file {target.name}"
    try:
        _write(opened, info, target=target, most_bytes=limits.file_bytes)
        _refuse(target.read_bytes())
    except Unreadable as refusal:
        target.unlink(missing_ok=True)
        told = refusals.about(name, refusal)
        return Unpacked(name=name, reason=refusal.reason, advice=told.advice)
    return Unpacked(name=name, stored=target.name)


def _write(
    opened: zipfile.ZipFile, info: zipfile.ZipInfo, *, target: Path, most_bytes: int
) -> None:
    """Counts what really comes out: the size a member declares may be a lie."""
    if info.flag_bits & _ENCRYPTED:
        raise refusals.locked()
    written = 0
    try:
        with opened.open(info) as member, target.open("wb") as file:
            while block := member.read(_BLOCK):
                written += len(block)
                if written > most_bytes:
                    raise refusals.too_large(most_bytes)
                file.write(block)
    except _BROKEN as error:
        raise refusals.damaged() from error


def _refuse(data: bytes) -> None:
    if not data:
        raise refusals.empty()
    kind = sniff.media_type(data)
    if kind == EXECUTABLE:
        raise refusals.executable()
    if kind in ARCHIVES:
        raise refusals.inner_archive()


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; many programs write UTF-8 without saying so."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename
