"""Commands of which somebody said only the beginning, or that they misspelt; pure."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process

# What begins a command that wants more words. Each stands in a line of the guide; what is another
# word for it stands with it.
_SAME = {
    "advise": "route",
    "choose": "elect",
    "decline": "refuse|reject",
    "unshare": "revoke|stop sharing",
    "withdraw": "take back",
    "remove": "delete",
    "ask more": "request more",
    "cut": "cut paragraph|drop paragraph",
    "back to": "go back to|go back|return to|back",
}
_ALONE = (
    "accept add also answer appeal appoint approve claim comment confirmation curate decide "
    "dismiss dossier drop erase export link mark move notice offer open preview prove rate receipt "
    "release replace retire share submit take write"
)
_VERBS = {
    **{word: word for word in _ALONE.split()},
    "look at": "look at",
    "recommend": "recommend",
    **{word: verb for verb, same in _SAME.items() for word in (verb, *same.split("|"))},
}
_VERB = "|".join(sorted(_VERBS, key=len, reverse=True))

_NOUN = (
    r"(?:the |my |a |an )?(?:submission|offer|share|set|paragraph|version|question|file|it|this"
    r"|that|statement|evidence|record|certificate|electives?|request|review|appeal)(?: #?\d+)?"
)
_NUMBERED = r"#?\d+(?: [^\s:]+){0,2}:?"
_SOMEBODY = r"\S+(?: \S+)? with(?: \S+)?"
HALF = rf"/?(?P<verb>{_VERB})(?: (?:{_NOUN}|{_NUMBERED}|{_SOMEBODY}))?"
# Followed by the name of a set, which only the program knows.
_OF_SETS = "appeal|approve|claim|comment|dossier|prove|rate|share|take back|withdraw"
HALF_OF_SET = rf"(?P<verb>{_OF_SETS}) (?P<rest>\S+(?: \S+){{0,2}})"

# Whole commands to which a garbled one is likened while a statement is written.
_WHOLE = (
    "show statement", "statements", "done", "versions", "back to the previous version",
    "pause writing", "progress", "missing", "files", "help", "next", "ready", "undo",
)  # fmt: skip
_LIKE = 75  # of 100; letters swapped or left out stay above, other words below
MOST_DOUBTFUL, MOST_LETTERS = 5, 80  # words, and characters of them
_BEGINS = re.compile(
    rf"/?(?:{_VERB})\b|(?:ok|okay|yes|yep|no|nope|sure|fine|right)\W*$", re.IGNORECASE
)
_END = re.compile(r"[.!?\u2026:;\u3002\uff01\uff1f][\"'\u201d\u2019)\]]*$")


def verb_of(said: str) -> str:
    """The verb of the guide that those words mean."""
    return _VERBS[" ".join(said.lower().split())]


def likely(text: str) -> str:
    """The whole command that the text is a misspelling of; empty when it is like none."""
    plain = re.sub(r"[^a-z0-9 ]+", " ", text.lower())
    found = process.extractOne(plain, _WHOLE, scorer=fuzz.ratio, score_cutoff=_LIKE)
    return found[0] if found else ""


def is_doubtful(text: str) -> bool:
    """Whether a few words may be a command that went wrong, and not a paragraph of a statement."""
    plain = text.strip()
    if "\n" in plain or len(plain) > MOST_LETTERS or len(plain.split()) > MOST_DOUBTFUL:
        return False
    letters = any(c.isalpha() for c in plain)
    begins = _BEGINS.match(plain) is not None
    return not letters or begins or not _END.search(plain)
