"""Pieces of mails, put together by hand so that they can be wrong."""

from __future__ import annotations

import base64

HEAD = (
    b"From: Ada Marsh <ada@example.org>\r\nTo: carrel@library.example.org\r\n"
    b"Subject: My evidence\r\nDate: Mon, 02 Nov 2026 09:30:00 +0100\r\n"
    b"Message-ID: <one@example.org>\r\nMIME-Version: 1.0\r\n"
)
PDF = b"%PDF-1.4 a made-up file\n"


def mail(part: bytes) -> bytes:
    """A mail whose root is that part."""
    return HEAD + part


def multipart(kind: str, *parts: bytes, border: str = "edge") -> bytes:
    """A part of several parts."""
    line = f"--{border}".encode()
    head = f'Content-Type: multipart/{kind}; boundary="{border}"\r\n\r\n'.encode()
    return head + b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"


def text(words: str) -> bytes:
    """A part of plain text."""
    return b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + words.encode()


def pdf(name: str) -> bytes:
    """An attached file."""
    return (
        b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
        + f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'.encode()
        + base64.b64encode(PDF)
    )
