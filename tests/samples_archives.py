"""Archives, honest and hostile, made when a test asks for them."""

from __future__ import annotations

import io
import zipfile
from functools import cache

from tests.samples import archive, docx
from tests.sentences import SENTENCE

ENCRYPTED_FLAG = 0x1


@cache
def zip_archive() -> bytes:
    """An archive as a candidate sends it, with a folder and the junk other systems add."""
    return archive(
        {
            "proofs/": "",
            "proofs/report.docx": docx(),
            "proofs/notes.txt": SENTENCE,
            "__MACOSX/proofs/._notes.txt": "junk",
            "proofs/.DS_Store": "junk",
            "Thumbs.db": "junk",
        }
    )


def traversing_zip() -> bytes:
    """An archive whose names try to leave the folder they are unpacked in."""
    names = ("../../evil.txt", "/etc/cron.d/evil", r"..\..\win.txt", "C:\\evil.txt", "a/../b.txt")
    return archive(dict.fromkeys(names, SENTENCE))


@cache
def bomb(size: int = 40 * 1024 * 1024) -> bytes:
    """An archive of some kilobytes that unpacks to `size` bytes of nothing."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened,
        opened.open("a", "w") as member,
    ):
        block = bytes(1024 * 1024)
        for _ in range(size // len(block)):
            member.write(block)
    return made.getvalue()


@cache
def office_bomb(size: int = 40 * 1024 * 1024) -> bytes:
    """A Word document whose text unpacks to `size` bytes."""
    head = b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
    made = io.BytesIO(docx())
    made = io.BytesIO(_without(made.getvalue(), "word/document.xml"))
    with (
        zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as opened,
        opened.open("word/document.xml", "w") as part,
    ):
        part.write(head + b"<w:body>")
        block = b"<w:p><w:r><w:t>sea</w:t></w:r></w:p>" * 30_000
        for _ in range(size // len(block)):
            part.write(block)
        part.write(b"</w:body></w:document>")
    return made.getvalue()


def nested_zip() -> bytes:
    """An archive with an archive inside, beside an ordinary file."""
    return archive({"inner.zip": zip_archive(), "notes.txt": SENTENCE})


def encrypted_zip() -> bytes:
    """An archive whose members ask for a password."""
    made = bytearray(archive({"secret.txt": SENTENCE}))
    for signature, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.index(signature) + flags_at] |= ENCRYPTED_FLAG
    return bytes(made)


def _without(whole: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        return archive({each: opened.read(each) for each in opened.namelist() if each != name})
