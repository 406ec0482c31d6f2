"""Office documents of every family, old and new, read by kreuzberg."""

from __future__ import annotations

import io
import re
import secrets
import zipfile

from kreuzberg import (
    ExtractionConfig,
    ExtractionResult,
    KreuzbergError,
    PageConfig,
    extract_bytes_sync,
)

from storage.reading import containers, refusals
from storage.reading.limits import Limits
from storage.reading.passage import Extract, pages
from storage.reading.source import Source

_PROTECTED = re.compile(r"password|encrypt|protected", re.IGNORECASE)
_WORD_MAGIC = b"\xec\xa5"
_WORD_ENCRYPTED = 0x01


def read(source: Source) -> Extract:
    """The document's text; slides and page breaks make pages where the format tells them."""
    if source.data.startswith(b"PK"):
        _check_container(source.data, source.limits)
    elif source.media_type == containers.OLD_WORD and _is_locked_word(source.data):
        raise refusals.locked()
    mark = f"page-{secrets.token_hex(8)}-"
    result = _extracted(source, mark=mark)
    texts = _texts(result, mark)
    return Extract(pages=pages(*texts), title=str(result.metadata.get("title") or ""))


def _extracted(source: Source, *, mark: str) -> ExtractionResult:
    marked = PageConfig(
        extract_pages=True, insert_page_markers=True, marker_format=f"\n{mark}{{page_num}}\n"
    )
    config = ExtractionConfig(use_cache=False, output_format="plain", pages=marked)
    try:
        return extract_bytes_sync(source.data, source.media_type, config)
    except KreuzbergError as error:
        if _PROTECTED.search(str(error)):
            raise refusals.locked() from error
        raise refusals.damaged() from error


def _texts(result: ExtractionResult, mark: str) -> list[str]:
    """The text of each page: told apart by breaks (documents) or by our own mark (slides)."""
    listed = [page["content"] for page in result.pages or ()]
    if any(listed):
        return listed
    return [text for text in re.split(rf"\s*{mark}\d+\s*", result.content) if text] or [""]


def _check_container(data: bytes, limits: Limits) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        if sum(member.file_size for member in opened.infolist()) > limits.unpacked_bytes:
            raise refusals.bad_archive()
        if _is_locked(opened):
            raise refusals.locked()


def _is_locked(opened: zipfile.ZipFile) -> bool:
    """Whether an OpenDocument file's list of parts tells of encryption."""
    listing = "META-INF/manifest.xml"
    if listing not in opened.namelist():
        return False
    with opened.open(listing) as member:
        return b"encryption-data" in member.read(1_000_000)


def _is_locked_word(data: bytes) -> bool:
    """Whether a Word 97 document carries the flag of encryption (its header's eleventh byte)."""
    sectors = range(512, len(data) - 512, 512)
    header = next((at for at in sectors if data.startswith(_WORD_MAGIC, at)), None)
    return header is not None and bool(data[header + 11] & _WORD_ENCRYPTED)
