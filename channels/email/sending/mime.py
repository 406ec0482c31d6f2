"""Words and files -> the parts of a mail; pure, and the same bytes for the same parts."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence

from channels.email.sending import headers

_MEDIA_TYPE = re.compile(r"(?!multipart/|message/)[a-z]+/[a-z0-9][a-z0-9.+-]{0,80}")
_LINE = 76  # characters of base64


def text(kind: str, words: str) -> bytes:
    """A part of words; `kind` is such as `plain; charset=utf-8`."""
    told = words.replace("\n", "\r\n").encode(errors="replace")
    body = binascii.b2a_qp(told, istext=True)
    head = headers.line("Content-Type", f"text/{kind}")
    return head + headers.line("Content-Transfer-Encoding", "quoted-printable") + b"\r\n" + body


def picture(media_type: str, data: bytes, *, cid: str, name: str) -> bytes:
    """A picture that a text shows by its id."""
    return (
        headers.line("Content-Type", media_type)
        + headers.line("Content-ID", f"<{cid}>")
        + headers.line("Content-Disposition", headers.named("inline", "filename", name))
        + _in_base64(data)
    )


def file(media_type: str, data: bytes, *, name: str) -> bytes:
    """A file that goes along. Nothing that would itself be taken apart is called what it is."""
    typed = media_type.lower()
    known = typed if _MEDIA_TYPE.fullmatch(typed) else "application/octet-stream"
    return (
        headers.line("Content-Type", headers.named(known, "name", name))
        + headers.line("Content-Disposition", headers.named("attachment", "filename", name))
        + _in_base64(data)
    )


def together(kind: str, parts: Sequence[bytes], *, mark: str) -> bytes:
    """The parts as one, or the only one; `kind` is such as `mixed`, `mark` stands between them.

    A mark has `=_` in it, which neither of the encodings above can write.
    """
    if len(parts) == 1:
        return parts[0]
    between = f"=_{mark}"
    head = headers.line("Content-Type", f'multipart/{kind};\r\n boundary="{between}"')
    line = f"\r\n--{between}".encode()
    return head + b"".join(line + b"\r\n" + part for part in parts) + line + b"--\r\n"


def _in_base64(data: bytes) -> bytes:
    whole = base64.b64encode(data)
    body = b"\r\n".join(whole[at : at + _LINE] for at in range(0, len(whole), _LINE))
    return headers.line("Content-Transfer-Encoding", "base64") + b"\r\n" + body + b"\r\n"
