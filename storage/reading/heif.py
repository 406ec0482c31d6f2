"""Photos of newer telephones (HEIC); pi-heif teaches Pillow to open them."""

from __future__ import annotations

import pi_heif

from storage.reading import pictures
from storage.reading.passage import Extract
from storage.reading.source import Source


def read(source: Source) -> Extract:
    """The text of the photo."""
    pi_heif.register_heif_opener()
    return pictures.read(source)
