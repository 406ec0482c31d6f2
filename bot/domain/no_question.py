"""Words that reached the documents and asked them nothing: a late yes, a number, half a command."""

from __future__ import annotations

import re

MOST_WORDS = 3  # of what begins as a command does; more may be a question after all
_ANSWERS = frozenset(
    (
        "yes", "y", "yep", "yup", "yeah", "yes please", "yes thanks", "yes thank you", "do it",
        "no", "n", "nope", "no thanks", "no thank you", "not now", "ok", "okay", "k", "sure",
        "fine", "right", "go", "go ahead", "good", "great", "perfect", "thanks", "thank you", "thx",
        "please", "stop", "done", "hello", "hi", "hey", "bye", "later", "never mind", "nevermind",
    )
)  # fmt: skip
# Verbs of commands, and what people try as one. Those that are topics as well (appeal, share) are
# left out: two words about an appeal may be all that somebody asks.
_VERBS = (
    "accept add appoint approve cancel change choose claim confirm connect curate decline delete "
    "digest digests discard dismiss drop elect export flag link move mute notices notifications "
    "open pause preview rate release remove replace retire revoke send skip snooze stop subscribe "
    "test undo unlink unmute unshare unsubscribe withdraw"
)
_WORD = re.compile(r"\w+(?:['\u2019-]\w+)*")


def is_no_question(text: str) -> bool:
    """Whether nobody can answer it: a bare yes, no or number, or a few words of a command."""
    words = _WORD.findall(text.casefold())
    if not any(letter.isalpha() for letter in text) or " ".join(words) in _ANSWERS:
        return True
    begins = bool(words) and words[0] in _VERBS.split()
    return begins and len(words) <= MOST_WORDS and "?" not in text
