"""What Carrel itself says to people at Slack, for every module that has something to tell there."""

from __future__ import annotations

from bot.domain.limits import in_megabytes

# Below or in place of what was pressed, asked or said.
IN_PRIVATE = "I answer you in our direct messages."
CHOSEN_ALREADY = "That was chosen already."
STALE = (
    "That button is from an earlier version of me and does nothing any more."
    " Say in words what you want, or say help."
)
FORWARDED = (
    "A message that is passed on cannot be read here. Say it in your own words, or send its file "
    "itself."
)
NO_FILES = (
    "There is no file in that message, so nothing was filed. Choose a message that has one, or "
    "send the file here."
)
WORKING = "is looking into it\u2026"  # Slack puts the app's name before it

# Of messages and pages that are too long.
GOES_ON = "\u2026\n(The message itself has the rest.)"
CARD_SHORTENED = "This is shortened here. Carrel tells all of it in a direct message."
PAGE_SHORTENED = "There is more than fits here. Ask for it in the Messages tab."

# Why a file of somebody's is not taken.
ACCESS_DENIED = "It cannot be opened from here: send the file itself."
ASK_AGAIN = "It could not be fetched from Slack, several times: send it again later."
BROKEN = "It arrived incomplete from Slack, several times: send it again."
CANVAS = "It is a canvas that stands only in Slack: save it as PDF, and send that."
DELETED = "It is not at Slack any more: send it again."
ELSEWHERE = "It is kept outside Slack: download it there, and send the file itself."
HIDDEN = "It is hidden by the limits of this Slack workspace: send it again."
LIST = "It is a list that stands only in Slack: save it as a file, and send that."
NO_ID = "It cannot be found at Slack: send it again."
NO_RIGHT = (
    "It could not be fetched: the app lacks Slack's right files:read, which whoever runs Carrel"
    " must add (carrel doctor tells how). Send it again after that."
)
POST = "It is a post that stands only in Slack: save it as PDF, and send that."
STRAYED = "It would have to be fetched from a server that is not Slack's: send the file itself."

# Why a file is not given.
NOT_KEPT = "its bytes are not kept any more"
NOT_TAKEN = "Slack did not take it"
TOO_LARGE_TO_GIVE = "it is larger than Slack takes"


def chosen(label: str) -> str:
    """What stands in the place of choices once one was picked."""
    return f"Chosen: {label}"


def too_many(most: int) -> str:
    """Why the files beyond `most` of one message are not taken."""
    return f"It came with more than {most} files: send it again in another message."


def too_large(largest: int) -> str:
    """Why a file of more than `largest` bytes is not taken."""
    return f"It is larger than {in_megabytes(largest)}: send a smaller copy or parts of it."


def not_given(name: str, why: str) -> str:
    """What stands in the place of a file; `why` is the middle of a sentence."""
    return (
        f"I could not give you the file {name} here: {why}. Ask me for it again later, or on"
        " another channel."
    )
