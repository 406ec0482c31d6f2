"""What stands below somebody's words and is not theirs: signatures, disclaimers, lists' footers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from channels.email.own_words.closing import closing_start, has_contact
from channels.email.own_words.line import plain
from channels.email.own_words.separator import is_drawn, is_rule
from channels.email.own_words.signed import signed_start
from channels.email.own_words.tables import word_set, words
from channels.email.own_words.voice import (
    is_of_the_mail,
    is_own_voice,
    is_postscript,
    is_said,
    is_sentence,
)

MOST_LINES = 200  # at the end of somebody's words that are looked at
LONGEST_SENT_FROM = 90  # characters
LONGEST_PARAGRAPH = 60  # lines of a disclaimer
LONGEST_SIGNATURE = 30  # lines below `-- `
MOST_SENTENCES = 2  # below `-- `; more are no motto
LONGEST_PLAIN_SIGNATURE = 10  # below another mark
LONGEST_FOOTER = 12  # lines
LONGEST_BANNER = 8  # lines
SHORT_LINE = 50  # characters; a longer one was wrapped and goes on
_DELIMITERS = frozenset(("--", "__", "\u2014", "\u2013", "\u2014-", "---", "___", "-- --"))
_LINK = re.compile(r"<?(?:https?://|mailto:)[^\s<>]+>?")
_CLAUSE_END = re.compile(r"[,;:!?]|\.(?=\s|$)")
_SENTENCE_END = re.compile(r"[.!?]$")
_SENTENCES = re.compile(r"(?<=[.!?])\s")


def own_end(texts: Sequence[str], *, alone: bool, name: str = "") -> int:
    """How many of the lines are somebody's own words; what is below them is none of theirs.

    The first line is not blank. Where nothing else in the mail is theirs (`alone`), it is, unless
    a program's own mark stands there. `name` is the sender's, as their mail program tells it.
    """
    above = max(0, len(texts) - MOST_LINES)
    tail = texts[above:]
    for _ in range(MOST_LINES):
        shorter = min(_shorter(tail, alone=alone and not above, name=name))
        if shorter == len(tail):
            break
        tail = tail[:shorter]
    return above + len(tail)


def own_start(texts: Sequence[str]) -> int:
    """How many lines stand above somebody's own words: a warning that their server put there."""
    first = next((at for at, text in enumerate(texts) if not plain(text)), len(texts))
    if first > LONGEST_BANNER:
        return 0
    end = _phrases_end(texts[:first], words("endings", "banners"))
    while 0 < end < first and not _SENTENCE_END.search(texts[end - 1].strip(" ]*")):
        end += 1
    return end


def _phrases_end(texts: Sequence[str], phrases: Sequence[str]) -> int:
    """The line after the last of these phrases, which may be wrapped; 0 where there is none."""
    joined = " ".join(plain(text) for text in texts)
    last = max(
        (joined.find(phrase) + len(phrase) for phrase in phrases if phrase in joined), default=0
    )
    at = length = 0
    while length < last:
        length += len(plain(texts[at])) + 1
        at += 1
    return at


def _shorter(texts: Sequence[str], *, alone: bool, name: str) -> Iterator[int]:
    yield signed_start(texts, name, alone=alone)
    for rule in _MARKED:
        yield rule(texts)
    for rule in _RULES:
        yield rule(texts) or (len(texts) if alone else 0)


def _without_blanks(texts: Sequence[str]) -> int:
    end = len(texts)
    while end and (not plain(texts[end - 1]) or (end > 1 and is_drawn(texts[end - 1]))):
        end -= 1
    return end


def _without_sent_from(texts: Sequence[str]) -> int:
    """Without `Sent from my iPhone`, which may be wrapped over two lines."""
    for count in (1, 2):
        tail = " ".join(plain(text) for text in texts[-count:])
        if count <= len(texts) and is_sent_from(tail):
            return len(texts) - count
    return len(texts)


def is_sent_from(text: str) -> bool:
    """Whether a line is what a telephone or a mail program tells of itself."""
    told = plain(text)
    if ":" in told:  # no link is without one
        told = _LINK.sub("", told)
    told = told.strip("*_-<>()[] ")
    if not told or len(told) > LONGEST_SENT_FROM:
        return False
    begins = told.startswith(words("endings", "sent_from"))
    if not begins and not told.rstrip(".!").endswith(words("endings", "sent_from_ends")):
        return False
    first = _CLAUSE_END.split(told, maxsplit=1)[0]
    if begins and " i " in first:  # as in: from my phone I could not send it
        return False
    if first == told and told.startswith("sent from my ") and len(told.split()) <= 6:
        return True
    return any(device in f" {first} " for device in words("endings", "devices"))


def _without_delimited(texts: Sequence[str]) -> int:
    """Without what stands below `-- `, which nothing but a signature does."""
    at = list(texts).index("-- ") if "-- " in texts else len(texts)
    below = texts[at + 1 :]
    return len(texts) if len(below) >= LONGEST_SIGNATURE or is_letter(below) else at


def is_letter(marked: Sequence[str]) -> bool:
    """Whether what a program marks as a signature is somebody's own words all the same."""
    if any(map(is_postscript, marked)):
        return True
    return sum(map(is_said, marked)) > MOST_SENTENCES and not has_contact(marked)


def _without_signature(texts: Sequence[str]) -> int:
    """Without what stands below another mark, if it reads like a signature."""
    tail = range(max(0, len(texts) - 2 * LONGEST_PLAIN_SIGNATURE), len(texts))
    for at in tail:
        mark, below = texts[at].strip(), texts[at + 1 :]
        drawn = mark in _DELIMITERS or (is_rule(mark) and has_contact(below))
        if drawn and _is_brief(below, mark) and not _announces(texts[:at]):
            return at
    return len(texts)


def _is_brief(below: Sequence[str], mark: str) -> bool:
    """Whether lines may be a signature: few and short, and no sentences below a mere dash."""
    filled = [text for text in below if plain(text)]
    if len(filled) > LONGEST_PLAIN_SIGNATURE or any(len(text) > 160 for text in filled):
        return False
    spoken = any(map(is_own_voice, filled[:1])) and mark != "--"  # below it some call it theirs
    if spoken or any(map(is_said, filled[:1])) or any(map(is_postscript, filled)):
        return False
    if any(map(is_said, filled[:-1])):  # the last may be a motto
        return False
    return mark == "--" or not any(_SENTENCE_END.search(text.strip()) for text in filled[:-1])


def _announces(above: Sequence[str]) -> bool:
    """Whether the last words tell that something follows."""
    return next((plain(text)[-1] for text in reversed(above) if plain(text)), "") == ":"


def _without_footer(texts: Sequence[str]) -> int:
    """Without a list's footer below a rule."""
    tail = range(len(texts) - 1, max(-1, len(texts) - 1 - LONGEST_FOOTER), -1)
    for at in tail:
        if is_rule(texts[at]) or texts[at].strip() in _DELIMITERS:
            below = " ".join(plain(text) for text in texts[at + 1 :])
            if not any(map(is_own_voice, texts[at + 1 :])) and any(
                phrase in below for phrase in words("endings", "list_footers")
            ):
                return at
    return len(texts)


def _without_disclaimer(texts: Sequence[str]) -> int:
    """Without a last paragraph that a firm's server added, and what heads it."""
    if texts and plain(texts[-1]).strip("*_-: ") in word_set("endings", "disclaimer_heads"):
        return len(texts) - 1 if len(texts) > 1 else len(texts)
    start = len(texts)
    while start and plain(texts[start - 1]) and len(texts) - start < LONGEST_PARAGRAPH:
        start -= 1
    begun = _disclaimer_line(texts[start:])
    if begun is None or is_own_voice(" ".join(texts[start + begun :])):
        return len(texts)
    return start + begun


def _disclaimer_line(paragraph: Sequence[str]) -> int | None:
    """The line of a paragraph that its disclaimer begins on; a short line above is not its own.

    None where there is none, or a sentence of something else stands on that line before it.
    """
    joined = " ".join(plain(text) for text in paragraph)
    found = [at for phrase in words("endings", "disclaimers") if (at := joined.find(phrase)) >= 0]
    if not found:
        return None
    at, length = 0, len(plain(paragraph[0]))
    while length < min(found):
        at += 1
        length += 1 + len(plain(paragraph[at]))
    while at and len(paragraph[at - 1]) >= SHORT_LINE and not _is_apart(paragraph[at - 1]):
        at -= 1
    begun = " ".join(plain(text) for text in paragraph[:at])
    *before, _ = _SENTENCES.split(joined[len(begun) : min(found)])
    return at if all(map(is_of_the_mail, filter(None, before))) else None


def _is_apart(above: str) -> bool:
    """Whether a line is a whole sentence of something else than the mail."""
    return is_sentence(above) and not is_of_the_mail(above)


_MARKED: tuple[Callable[[Sequence[str]], int], ...] = (
    _without_blanks,
    _without_sent_from,
    _without_delimited,
)
_RULES: tuple[Callable[[Sequence[str]], int], ...] = (
    _without_signature,
    _without_footer,
    _without_disclaimer,
    closing_start,
)
