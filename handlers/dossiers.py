"""Everything a reviewer is given of a submission, and its files one by one."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bot.domain.dossier import Dossier
from bot.domain.messages import Download, Reply
from bot.phrases import dossier as phrases
from bot.usecases.build_dossier import dossier_file, note_page, read_dossier
from handlers.request import Request

HTML = "text/html"


def dossier(request: Request) -> tuple[Reply, ...]:
    """`dossier 12`."""
    given = _read(request)
    return (phrases.dossier(given, _page(request, given)),)


def open_file(request: Request) -> tuple[Reply, ...]:
    """`open 12 3`: file 3 of submission 12."""
    given = _read(request)
    return (phrases.opened(given, dossier_file(given, request.number("file"))),)


def _read(request: Request) -> Dossier:
    return read_dossier(
        request.uow, request.desk.program, request.actor(), request.number(), now=request.now
    )


def _page(request: Request, given: Dossier) -> Download:
    """The page, kept in the file store; the same dossier is the same file."""
    number = given.submission.id
    with tempfile.TemporaryDirectory(prefix="carrel-") as folder:
        path = Path(folder) / "dossier.html"
        request.desk.dossiers.write_page(given, path)
        size, sha256 = path.stat().st_size, request.desk.files.put(path)
    note_page(request.uow, given, request.actor(), sha256, now=request.now)
    return Download(name=f"Submission {number}.html", media_type=HTML, size=size, sha256=sha256)
