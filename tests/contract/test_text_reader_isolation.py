"""A hostile file cannot stop the bot, reach a secret or leave a process behind."""

from __future__ import annotations

import os
import select
import socket
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.errors import Refusal
from bot.ports import TextReader
from storage.reading.limits import MEBIBYTE, Limits
from storage.reading.reader import LocalTextReader
from tests import samples, samples_archives, samples_pictures
from tests.sentences import SENTENCE
from tests.uploads import Build, read, refusal


@pytest.fixture(scope="module")
def reader() -> TextReader:
    """The reader with its ordinary limits."""
    return LocalTextReader()


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder where programs are found, empty."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def play_tesseract(folder: Path, script: str) -> None:
    """Puts a program of our own in tesseract's place; what it prints is seen in the picture."""
    lines = (
        f"#!{sys.executable}",
        "import os, socket, subprocess, sys",
        "def see(text): print(*('block_num', 'par_num', 'line_num', 'conf', 'text'), sep='\\t');"
        " print(1, 1, 1, 99, text, sep='\\t')",
        script,
    )
    program = folder / "tesseract"
    program.write_text("\n".join(lines))
    program.chmod(0o755)


def test_what_takes_too_long_is_stopped() -> None:
    error = refusal(LocalTextReader(Limits(seconds=0.01)), samples.pdf())

    assert (error.reason, error.keep) == (Refusal.TOO_SLOW, True)


def test_what_needs_too_much_memory_is_stopped() -> None:
    reader = LocalTextReader(Limits(memory_bytes=400 * MEBIBYTE))

    assert refusal(reader, samples_archives.office_bomb(90 * MEBIBYTE)).reason in Refusal


def test_a_child_that_cannot_start_is_no_reason_to_stop(
    reader: TextReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")

    assert refusal(reader, samples.pdf()).keep


@pytest.mark.parametrize("last_words", ["echo garbage", "echo '{}'", "kill -SEGV $$"])
def test_a_child_that_answers_nonsense_or_crashes_is_a_refusal(
    reader: TextReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last_words: str
) -> None:
    child = tmp_path / "python"
    child.write_text(f"#!/bin/sh\n{last_words}\n")
    child.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(child))

    assert refusal(reader, samples.pdf()).reason is Refusal.DAMAGED


def test_reading_does_not_depend_on_the_current_folder(
    reader: TextReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert SENTENCE in read(reader, samples.docx()).text


def test_nothing_is_left_behind(
    reader: TextReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = tmp_path / "upload"
    upload.write_bytes(samples.docx())
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(passing))
    reader.read(upload, name="file")

    assert list(passing.iterdir()) == []


def test_many_threads_may_read_at_once(reader: TextReader) -> None:
    with ThreadPoolExecutor(4) as threads:
        readings = list(threads.map(lambda _: read(reader, samples.html()), range(8)))

    assert len({reading.text for reading in readings}) == 1


@pytest.mark.usefixtures("programs")
@pytest.mark.parametrize(
    "build", [samples_pictures.photo, samples_pictures.heic, samples.scanned_pdf]
)
def test_without_a_text_engine_a_picture_is_kept_and_the_advice_says_what_to_do(
    reader: TextReader, build: Build
) -> None:
    error = refusal(reader, build())

    assert error.keep
    assert "install tesseract-ocr" in error.advice
    assert "caption" in error.advice


@pytest.mark.usefixtures("programs")
def test_without_a_text_engine_the_typed_pages_are_read(reader: TextReader) -> None:
    reading = read(reader, samples.mixed_pdf())

    assert SENTENCE in reading.text
    assert "install tesseract-ocr" in reading.note


def test_programs_that_help_see_no_secret(
    reader: TextReader, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARREL_SECRET", "hunter2")
    play_tesseract(programs, "see(' '.join(os.environ) + ' '.join(os.environ.values()))")
    text = read(reader, samples_pictures.photo()).text

    assert "TMPDIR" in text
    assert "CARREL" not in text
    assert "hunter2" not in text


def test_programs_that_help_reach_no_network(reader: TextReader, programs: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        play_tesseract(
            programs,
            "network = os.readlink('/proc/self/ns/net')\n"
            f"try: socket.create_connection({server.getsockname()!r}, 5)\n"
            "except OSError: see('unreachable ' + network)\n"
            "else: see('reached ' + network)",
        )
        outcome, network = read(reader, samples_pictures.photo()).text.split()

    if network == str(Path("/proc/self/ns/net").readlink()):
        pytest.skip("this system lets nobody have a network of their own")
    assert outcome == "unreachable"


def test_no_process_outlives_its_file(reader: TextReader, programs: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    listening = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    play_tesseract(
        programs,
        f"out = open({str(pipe)!r}, 'w'); print('alive', file=out, flush=True)\n"
        "nothing = subprocess.DEVNULL\n"
        "subprocess.Popen(['/bin/sleep', '300'], stdin=nothing, stdout=out, stderr=nothing)\n"
        "see('word')",
    )
    read(reader, samples_pictures.photo())

    assert os.read(listening, 100) == b"alive\n"
    assert select.select([listening], [], [], 10)[0] == [listening]
    assert os.read(listening, 100) == b""  # the end: nobody holds the other side any more
    os.close(listening)


def test_a_text_engine_that_hangs_is_stopped(programs: Path) -> None:
    play_tesseract(programs, "sys.stdin.read(); os.execv('/bin/sleep', ['sleep', '300'])")

    assert (
        refusal(LocalTextReader(Limits(seconds=2)), samples_pictures.photo()).reason
        is Refusal.TOO_SLOW
    )


def test_a_picture_is_kept_when_the_text_engine_fails(reader: TextReader, programs: Path) -> None:
    play_tesseract(programs, "see('x'); sys.exit(1)")

    assert refusal(reader, samples_pictures.photo()).keep
