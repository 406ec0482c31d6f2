"""Pictures with and without text, made when a test asks for them."""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache

import pillow_heif
from PIL import Image, ImageDraw, ImageFont

from tests.sentences import SECOND, SENTENCE

EXIF_ORIENTATION = 0x0112


@cache
def photo(kind: str = "PNG", *, turned: int = 0, text: str = SENTENCE) -> bytes:
    """A picture of text; `turned` degrees counter-clockwise, really turned."""
    return _encoded(text_picture(text).rotate(turned, expand=True), kind)


@cache
def sideways_jpg() -> bytes:
    """A photo stored lying on its side, with the EXIF mark that tells how to turn it."""
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = 6
    made = io.BytesIO()
    text_picture(SENTENCE).rotate(90, expand=True).save(made, "JPEG", exif=exif)
    return made.getvalue()


@cache
def heic() -> bytes:
    """A picture of text as a telephone of the newer kind stores it."""
    made = io.BytesIO()
    pillow_heif.from_pillow(text_picture(SENTENCE)).save(made, quality=90)
    return made.getvalue()


def scenery(kind: str = "JPEG") -> bytes:
    """A picture without any text: soft colours and some noise."""
    soft = Image.linear_gradient("L").resize((800, 600))
    return _encoded(Image.blend(soft, Image.effect_noise(soft.size, 30), 0.3), kind)


@cache
def huge_picture() -> bytes:
    """A tiny PNG file that claims 60,000 by 60,000 points."""
    small = bytearray(_encoded(Image.new("1", (8, 8)), "PNG"))
    header = b"IHDR" + struct.pack(">II", 60_000, 60_000) + bytes(small[24:29])
    small[12:29] = header
    small[29:33] = struct.pack(">I", zlib.crc32(header))
    return bytes(small)


def page_picture(text: str, *, dpi: int) -> Image.Image:
    page = Image.new("L", (int(8.27 * dpi), int(11.69 * dpi)), 255)
    _write(page, text, size=dpi // 6)
    return page


def text_picture(text: str) -> Image.Image:
    picture = Image.new("RGB", (1500, 500), "white")
    _write(picture, f"{text}\n{SECOND}\n{SENTENCE}", size=40)
    return picture


def _write(picture: Image.Image, text: str, *, size: int) -> None:
    font = ImageFont.load_default(size)
    ImageDraw.Draw(picture).multiline_text(
        (size * 2, size * 2), text, fill=0, font=font, spacing=size
    )


def _encoded(picture: Image.Image, kind: str) -> bytes:
    made = io.BytesIO()
    picture.save(made, kind)
    return made.getvalue()
