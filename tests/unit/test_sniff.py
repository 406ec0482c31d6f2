"""What a file is follows from its bytes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.reading import sniff
from tests import samples, samples_archives, samples_binaries, samples_pictures

OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS: tuple[tuple[Callable[[], bytes], str], ...] = (
    (samples.pdf, "application/pdf"),
    (samples.encrypted_pdf, "application/pdf"),
    (samples.damaged_pdf, "application/pdf"),
    (samples.docx, OFFICE + "wordprocessingml.document"),
    (samples.pptx, OFFICE + "presentationml.presentation"),
    (samples.xlsx, OFFICE + "spreadsheetml.sheet"),
    (samples.odt, "application/vnd.oasis.opendocument.text"),
    (samples_binaries.encrypted_office, "application/x-encrypted-office"),
    (samples_binaries.installer, "application/x-executable"),
    (samples.rtf, "application/rtf"),
    (samples.html, "text/html"),
    (samples.svg, "image/svg+xml"),
    (samples.plain, "text/plain"),
    (samples.csv, "text/plain"),
    (samples.markdown, "text/plain"),
    (samples.eml, "message/rfc822"),
    (samples_pictures.photo, "image/png"),
    (samples_pictures.sideways_jpg, "image/jpeg"),
    (samples_pictures.heic, "image/heic"),
    (samples_archives.zip_archive, "application/zip"),
    (samples_archives.encrypted_zip, "application/zip"),
    (samples_binaries.exe, "application/x-executable"),
    (samples_binaries.sound, "audio/wav"),
    (samples_binaries.noise, "application/octet-stream"),
)
OLE_STREAMS = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
    ("Something else", "application/x-ole-storage"),
)
PROGRAMS = (
    b"\x7fELF\x02\x01\x01" + bytes(9),
    b"\xcf\xfa\xed\xfe" + bytes(12),
    b"\xca\xfe\xba\xbe\0\0\0\x34",
    b"#!/bin/sh\nrm -rf /\n",
    b"#! /usr/bin/env python\n",
    b"L\0\0\0\x01\x14\x02\0" + bytes(12),
    samples.archive({"META-INF/MANIFEST.MF": "Manifest-Version: 1.0", "A.class": "x"}),
)
TEXTS = (
    b"MZ is the sign of Mr Zbikowski, said the teacher.",
    b"The header %PDF-1.4 opens every file of that kind.",
    b"Subject: none of the other headers follow, so this is a note.",
    b"#1 of my list\n#2 of my list",
    b"3 < 4 and <b> is a tag",
)


@pytest.mark.parametrize(("build", "expected"), KINDS, ids=[b.__name__ for b, _ in KINDS])
def test_every_kind_is_told_by_its_bytes(build: Callable[[], bytes], expected: str) -> None:
    assert sniff.media_type(build()) == expected


@pytest.mark.parametrize(("stream", "expected"), OLE_STREAMS)
def test_old_office_files_are_told_by_their_streams(stream: str, expected: str) -> None:
    assert sniff.media_type(samples_binaries.ole(stream)) == expected


@pytest.mark.parametrize("program", PROGRAMS, ids=range(len(PROGRAMS)))
def test_programs_of_every_system_are_known(program: bytes) -> None:
    assert sniff.media_type(program) == "application/x-executable"


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_about_a_format_is_still_a_text(text: bytes) -> None:
    assert sniff.media_type(text) == "text/plain"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_is_text_in_any_common_encoding(encoding: str) -> None:
    assert sniff.media_type(samples.plain(encoding)) == "text/plain"


def test_a_page_is_html_behind_a_mark_and_a_comment() -> None:
    page = "\n<!-- saved from a browser -->\n" + samples.html().decode()

    assert sniff.media_type(page.encode("utf-16")) == "text/html"


def test_a_pdf_may_begin_late() -> None:
    assert sniff.media_type(b"\r\n\0junk\n" + samples.pdf()) == "application/pdf"


def test_a_program_in_front_of_a_pdf_is_a_program() -> None:
    assert (
        sniff.media_type(samples_binaries.exe() + b"\n" + samples.pdf())
        == "application/x-executable"
    )


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.binary(max_size=2000), st.sampled_from([b"", b"PK\x03\x04", b"MZ", b"<html", b"From: "]))
def test_any_bytes_have_a_kind(tail: bytes, head: bytes) -> None:
    assert "/" in sniff.media_type(head + tail)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.integers(min_value=0), st.binary(min_size=1, max_size=64))
def test_a_broken_ole_container_has_a_kind(place: int, junk: bytes) -> None:
    whole = bytearray(samples_binaries.encrypted_office())
    start = place % len(whole)
    whole[start : start + len(junk)] = junk

    assert "/" in sniff.media_type(bytes(whole))
