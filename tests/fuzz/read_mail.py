"""Looks for bytes that a mail's reader cannot bear: `python -m tests.fuzz.read_mail -runs=2000`.

Takes libFuzzer's options, such as `-max_total_time=60`, and a folder of mails to begin with. Needs
atheris, which not every Python has.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

atheris: Any = importlib.import_module("atheris")  # it has no types, and is not everywhere

with atheris.instrument_imports(include=["channels.email.reading"]):
    from channels.email.reading.extract import extracted
    from channels.email.reading.mail import read
    from channels.email.reading.refusal import MailReason, MailRefused


def once(raw: bytes) -> None:
    """Fails when anything but a value or a named refusal comes of the bytes."""
    try:
        mail = read(raw)
    except MailRefused as refused:
        if refused.reason is MailReason.BROKEN:
            raise
        return
    for one in mail.enclosed:
        if not one.refusal and len(extracted(raw, one.place)) != one.size:
            raise AssertionError(f"{one.place} has another size than was told")


def main() -> None:
    """Runs until the options say that it is enough."""
    atheris.Setup(sys.argv, once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
