"""The first bytes of the kinds of files that Carrel tells apart."""

from __future__ import annotations

EXECUTABLE = "application/x-executable"
PDF = "application/pdf"
ZIP = "application/zip"
OLE = "application/x-ole-storage"
RTF = "application/rtf"
UNKNOWN = "application/octet-stream"

# Where the bytes stand, the bytes, what they mean; the first line that fits decides.
SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x7fELF", EXECUTABLE),
    (0, b"\xfe\xed\xfa\xce", EXECUTABLE),  # Mach-O, 32 and 64 bits, both byte orders
    (0, b"\xfe\xed\xfa\xcf", EXECUTABLE),
    (0, b"\xce\xfa\xed\xfe", EXECUTABLE),
    (0, b"\xcf\xfa\xed\xfe", EXECUTABLE),
    (0, b"\xca\xfe\xba\xbe", EXECUTABLE),  # Java class, or Mach-O for several machines
    (0, b"dex\n03", EXECUTABLE),
    (0, b"\0asm", EXECUTABLE),
    (0, b"L\0\0\0\x01\x14\x02\0", EXECUTABLE),  # Windows shortcut: it starts a program
    (0, b"PK\x03\x04", ZIP),
    (0, b"PK\x05\x06", ZIP),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (0, b"%PDF-", PDF),
    (0, b"{\\rtf", RTF),
    (0, b"%!PS", "application/postscript"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypheix", "image/heic"),
    (4, b"ftyphevc", "image/heic"),
    (4, b"ftypheim", "image/heic"),
    (4, b"ftypheis", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftypmsf1", "image/heic"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftypavis", "image/avif"),
    (0, b"8BPS", "image/vnd.adobe.photoshop"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftyp", "video/mp4"),
    (4, b"moov", "video/quicktime"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xf1", "audio/aac"),
    (0, b"\xff\xf9", "audio/aac"),
    (0, b"fLaC", "audio/flac"),
    (0, b"OggS", "audio/ogg"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"MThd", "audio/midi"),
    (0, b"caff\0", "audio/x-caf"),
    (8, b"WAVEfmt", "audio/wav"),
    (8, b"AIFF", "audio/aiff"),
    (8, b"AVI LIST", "video/x-msvideo"),
    (0, b"\x1aE\xdf\xa3", "video/x-matroska"),
    (0, b"\0\0\x01\xba", "video/mpeg"),
    (0, b"\0\0\x01\xb3", "video/mpeg"),
    (0, b"FLV\x01", "video/x-flv"),
    (0, b"0&\xb2u\x8ef\xcf\x11", "video/x-ms-asf"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\x1f\x8b\x08", "application/gzip"),
    (0, b"\xfd7zXZ\0", "application/x-xz"),
    (0, b"(\xb5/\xfd", "application/zstd"),
    (0, b"MSCF\0\0\0\0", "application/vnd.ms-cab-compressed"),
    (257, b"ustar", "application/x-tar"),
)

ARCHIVES = frozenset(
    (
        ZIP,
        "application/x-7z-compressed",
        "application/vnd.rar",
        "application/gzip",
        "application/x-bzip2",
        "application/x-xz",
        "application/zstd",
        "application/vnd.ms-cab-compressed",
        "application/x-tar",
    )
)


def match(data: bytes) -> str | None:
    """The kind whose mark the bytes carry, or None."""
    for start, mark, kind in SIGNATURES:
        if data.startswith(mark, start):
            return kind
    return None
