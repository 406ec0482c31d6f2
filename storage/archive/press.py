"""Makes archives of exported records with the files of one store."""

from __future__ import annotations

from pathlib import Path

from bot.ports import FileStore, Signer
from bot.usecases.export_record import Export
from storage.archive.writing import write_archive


class ZipArchives:
    """See `bot.usecases.export_record.ArchivePress` for the contract."""

    def __init__(self, files: FileStore, signer: Signer) -> None:
        self._files = files
        self._signer = signer

    def write(self, export: Export, path: Path) -> None:
        """Writes the record to the path."""
        write_archive(path, export, files=self._files, signer=self._signer)
