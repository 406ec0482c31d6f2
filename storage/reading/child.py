"""The process that reads one file: the file comes in on stdin, a report goes out on stdout."""

from __future__ import annotations

import os
import sys
import time
import traceback
from pathlib import Path
from typing import NoReturn

from bot.errors import Unreadable
from storage.reading import archive, formats, refusals, report, sniff
from storage.reading.confine import confine
from storage.reading.report import Order, Report
from storage.reading.source import Source

_SHARE_OF_TIME = 0.8  # of the parent's patience, for OCR; the rest is for the report


def main(order_text: str) -> NoReturn:
    """Reads, reports and ends; whatever goes wrong inside becomes a report too, if it can."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # libraries that print must not print into the report
    order = report.order(order_text)
    deadline = time.monotonic() + _SHARE_OF_TIME * order.limits.seconds
    confine(order.limits)
    answers.write(report.encoded(_answer(order, deadline)))
    answers.close()
    os._exit(0)  # nothing is left to tidy up: spare the time that libraries take to unload


def _answer(order: Order, deadline: float) -> Report:
    try:
        return _done(order, sys.stdin.buffer.read(order.limits.file_bytes), deadline)
    except Unreadable as error:
        return report.refusal(error)
    except MemoryError:
        return report.refusal(refusals.too_big_to_read())
    except BaseException:  # libraries written in Rust panic with a BaseException
        traceback.print_exc()
        return report.refusal(refusals.damaged())


def _done(order: Order, data: bytes, deadline: float) -> Report:
    if order.verb == report.UNPACK:
        return Report(members=archive.unpack(data, Path.cwd(), order.limits))
    source = Source(
        data=data,
        media_type=sniff.media_type(data),
        limits=order.limits,
        languages=order.languages,
        deadline=deadline,
    )
    return Report(reading=formats.read(source))
