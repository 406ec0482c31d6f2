"""Photos and scans -> text."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from storage.reading import ocr, refusals
from storage.reading.passage import Extract, first_of, pages
from storage.reading.source import Source

_FORMATS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/tiff": "TIFF",
    "image/webp": "WEBP",
    "image/gif": "GIF",
    "image/bmp": "BMP",
    "image/heic": "HEIF",
    "image/avif": "AVIF",
}
_LONGEST = 4000  # points; more adds time and no letters
_SHORTEST = 1000  # small screenshots are doubled: letters of 10 points are read badly


def read(source: Source) -> Extract:
    """The text of a picture, one page for each of its frames that is a scanned page."""
    picture = _opened(source)
    if not ocr.is_installed():
        raise refusals.no_text_engine()
    count = getattr(picture, "n_frames", 1) if source.media_type == "image/tiff" else 1
    read = min(count, source.limits.scanned_pages)
    try:
        texts = [ocr.recognise(frame, source) for frame in _frames(picture, read)]
    except (OSError, SyntaxError, ValueError) as error:
        raise refusals.damaged() from error
    notes = [first_of(read, count)] if read < count else []
    return Extract(pages=pages(*texts), ocr=True, notes=tuple(notes))


def _opened(source: Source) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # our own bound follows, on the size after a JPEG's draft
    try:
        picture = Image.open(io.BytesIO(source.data), formats=(_FORMATS[source.media_type],))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise refusals.damaged() from error
    picture.draft("L", (_LONGEST, _LONGEST))
    if picture.width * picture.height > source.limits.pixels:
        raise refusals.too_many_points()
    return picture


def _frames(picture: Image.Image, count: int) -> Iterator[Image.Image]:
    for number, frame in enumerate(ImageSequence.Iterator(picture)):
        if number == count:
            return
        yield _prepared(frame)


def _prepared(frame: Image.Image) -> Image.Image:
    """The picture upright by its EXIF mark, on white where it was transparent, of a fit size."""
    upright = ImageOps.exif_transpose(frame)
    if upright.has_transparency_data:
        seen = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)
    grey = upright.convert("L")
    longest = max(grey.size)
    if longest < _SHORTEST:
        return grey.resize((grey.width * 2, grey.height * 2), Image.Resampling.LANCZOS)
    grey.thumbnail((_LONGEST, _LONGEST))
    return grey
