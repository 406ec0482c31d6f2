"""What a person is told when a file gives no text: what is wrong and what to do."""

from __future__ import annotations

from bot.errors import Refusal, Unreadable

UNNAMED = "The file"


def empty() -> Unreadable:
    """Nothing in it."""
    return Unreadable(
        Refusal.EMPTY, "is empty. Check that it opens on your side and send it again.", keep=False
    )


def too_large(limit_bytes: int) -> Unreadable:
    """More bytes than are taken."""
    return Unreadable(
        Refusal.TOO_LARGE,
        f"is larger than {limit_bytes // 1024 // 1024} MB. Send a smaller copy or split it.",
        keep=False,
    )


def too_many_points() -> Unreadable:
    """A picture of more points than are opened."""
    return Unreadable(
        Refusal.TOO_LARGE,
        "is a picture of too many points to open. Send a smaller copy.",
        keep=False,
    )


def locked() -> Unreadable:
    """A password is asked for."""
    return Unreadable(
        Refusal.LOCKED,
        "is locked with a password. Remove the password and send it again.",
        keep=False,
    )


def damaged() -> Unreadable:
    """Broken, or made so that no reader can open it."""
    return Unreadable(
        Refusal.DAMAGED,
        "cannot be opened; it may be damaged. Open it on your side, save it again"
        " (best as PDF) and send the new copy.",
        keep=False,
    )


def executable() -> Unreadable:
    """A program, whatever it is called."""
    return Unreadable(
        Refusal.EXECUTABLE,
        "is a program, and programs are not taken. Send a document, a picture or a text instead.",
        keep=False,
    )


def bad_archive() -> Unreadable:
    """A ZIP archive that would unpack to too much."""
    return Unreadable(
        Refusal.BAD_ARCHIVE,
        "unpacks to too many or too large files. Send the files themselves, a few at a time.",
        keep=False,
    )


def inner_archive() -> Unreadable:
    """A ZIP archive where a single file is expected, such as inside another archive."""
    return Unreadable(
        Refusal.BAD_ARCHIVE,
        "is an archive, and is not opened here. Unpack it and send the files themselves.",
        keep=False,
    )


def other_archive() -> Unreadable:
    """An archive of another kind than ZIP."""
    return Unreadable(
        Refusal.BAD_ARCHIVE,
        "is an archive of a kind that is not opened. Send the files themselves,"
        " or put them together in a ZIP archive.",
        keep=False,
    )


def too_slow() -> Unreadable:
    """Not read in time."""
    return Unreadable(
        Refusal.TOO_SLOW,
        "takes too long to read. Name the section it belongs to in the caption,"
        " or send a shorter copy.",
        keep=True,
    )


def too_big_to_read() -> Unreadable:
    """Not read in the memory allowed."""
    return Unreadable(
        Refusal.UNREADABLE,
        "needs too much memory to read. Name the section it belongs to in the caption,"
        " or send a shorter copy.",
        keep=True,
    )


def no_text(kind: str) -> Unreadable:
    """A kind of file that holds no text, such as `sound`."""
    return Unreadable(
        Refusal.UNREADABLE,
        f"is {kind}, and no text can be read from it."
        " Name the section it belongs to in the caption.",
        keep=True,
    )


def no_text_engine() -> Unreadable:
    """A picture, and the program that reads pictures is missing."""
    return Unreadable(
        Refusal.UNREADABLE,
        "is a picture, and the program that reads pictures is missing: install tesseract-ocr,"
        " or name the section in the caption.",
        keep=True,
    )


def no_place() -> Unreadable:
    """The file could not be opened, or no process could be started, on our side."""
    return Unreadable(
        Refusal.UNREADABLE,
        "could not be read just now. Send it again later,"
        " or name the section it belongs to in the caption.",
        keep=True,
    )


def about(name: str, refusal: Unreadable) -> Unreadable:
    """The refusal as a whole sentence that begins with the file's name."""
    told = f"{name or UNNAMED} {refusal.advice}"
    return Unreadable(refusal.reason, told, keep=refusal.keep)
