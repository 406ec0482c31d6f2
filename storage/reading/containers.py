"""What a ZIP or OLE container is, told by what it contains."""

from __future__ import annotations

import zipfile
import zlib
from typing import BinaryIO

from storage.reading.signatures import EXECUTABLE, OLE, ZIP

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BINARY_SHEETS = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
XPS = "application/oxps"
IWORK = "application/vnd.apple.iwork"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
EPUB = "application/epub+zip"
OLD_WORD = "application/msword"
OLD_SLIDES = "application/vnd.ms-powerpoint"
OLD_SHEETS = "application/vnd.ms-excel"
OUTLOOK = "application/vnd.ms-outlook"
LOCKED_OFFICE = "application/x-encrypted-office"

CONTENT_TYPES = "[Content_Types].xml"
_OFFICE_FOLDERS = (
    ("word/", WORD),
    ("ppt/", SLIDES),
    ("xl/workbook.bin", BINARY_SHEETS),
    ("xl/", SHEETS),
    ("Documents/1/", XPS),
)
_PROGRAM_MEMBERS = frozenset(
    ("META-INF/MANIFEST.MF", "AndroidManifest.xml", "classes.dex", "AppxManifest.xml")
)

# Names of streams, the most telling first: a letter may hold a sheet, a sheet holds no letter.
_STREAMS = (
    ("__properties_version1.0", OUTLOOK),
    ("EncryptedSummary", LOCKED_OFFICE),
    ("PowerPoint Document", OLD_SLIDES),
    ("WordDocument", OLD_WORD),
    ("Workbook", OLD_SHEETS),
    ("EncryptedPackage", LOCKED_OFFICE),
    ("Book", OLD_SHEETS),
)
_BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, OSError, EOFError)
_INSTALLER_CLASS = bytes.fromhex("0c0000000000c000000000000046")  # after 8410, 8610 or 8210


def zip_kind(stream: BinaryIO) -> str | None:
    """What an intact ZIP container is; None when its directory cannot be read."""
    try:
        with zipfile.ZipFile(stream) as opened:
            return _zip_kind(opened)
    except _BROKEN:
        return None


def looks_like_office(head: bytes) -> bool:
    """Whether a ZIP container, broken or not, begins as office documents do."""
    name = head[30 : 30 + int.from_bytes(head[26:28], "little")]
    return name in (CONTENT_TYPES.encode(), b"mimetype", b"_rels/.rels")


def ole_kind(data: bytes) -> str:
    """What an OLE container is, by its class and the names of its streams."""
    if _root_class(data)[2:] == _INSTALLER_CLASS:
        return EXECUTABLE
    for name, kind in _STREAMS:
        if name.encode("utf-16-le") in data:
            return kind
    return OLE


def _zip_kind(opened: zipfile.ZipFile) -> str:
    names = frozenset(opened.namelist())
    if CONTENT_TYPES in names and (office := _office_kind(names)):
        return office
    if "mimetype" in names and (declared := _declared_kind(opened)):
        return declared
    if any(name.endswith(".iwa") for name in names):
        return IWORK
    if names & _PROGRAM_MEMBERS or any(name.endswith(".class") for name in names):
        return EXECUTABLE
    return ZIP


def _office_kind(names: frozenset[str]) -> str | None:
    for folder, kind in _OFFICE_FOLDERS:
        if any(name.startswith(folder) for name in names):
            return kind
    return None


def _declared_kind(opened: zipfile.ZipFile) -> str | None:
    with opened.open("mimetype") as member:
        declared = member.read(200).decode("ascii", "replace").strip()
    known = declared == EPUB or declared.startswith(OPEN_DOCUMENT)
    return declared.removesuffix("-template") if known else None


def _root_class(data: bytes) -> bytes:
    sector_size = 1 << min(int.from_bytes(data[30:32], "little"), 16)
    directory = (int.from_bytes(data[48:52], "little") + 1) * sector_size
    return data[directory + 80 : directory + 96]
