"""What a mail is about, in one line."""

from __future__ import annotations

import re

from bot.domain.filenames import printable
from bot.domain.messages import Block, Bullets, OutboundMessage, Paragraph, Quotation, Reply

LONGEST = 69  # characters; with its name it stays one line
LONGEST_ANSWERED = 200  # characters of somebody else's subject
SHORTEST_CLAUSE = 12  # characters; what is shorter tells nothing alone
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")
_WEEKDAYS = "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
_NO_WEEKDAY = "".join(f"(?<!{day})" for day in _WEEKDAYS)  # it stays together with its date
_CLAUSE_END = re.compile(rf"{_NO_WEEKDAY}[,;:](?=\s)|\s\(")
_PHRASE_END = re.compile(r"\s(?=(?:until|from|since|because|so that|if|when|which|who)\s)")
_ANSWERING = re.compile(r"^(?:re\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)


def subject_of(message: OutboundMessage) -> str:
    """That of the mail it answers, or else its first sentence."""
    answered = _ANSWERING.sub("", printable(message.subject)).strip()
    if not answered:
        return first_sentence(message.reply)
    return f"Re: {_cut(answered, LONGEST_ANSWERED)}"


def first_sentence(reply: Reply) -> str:
    """What the reply is about: its first sentence, or of a long one the first clauses."""
    words = next((text for block in reply.blocks if (text := _first_words(block))), "")
    first = _SENTENCE_END.split(words, maxsplit=1)[0].rstrip(" .:;")
    return _shortened(first) or "A message from Carrel"


def _shortened(sentence: str) -> str:
    """As many whole clauses as fit; of a first one that does not fit, as many words."""
    if len(sentence) <= LONGEST:
        return sentence
    ends = [found.start() for found in _CLAUSE_END.finditer(sentence)]
    whole = [end for end in ends if SHORTEST_CLAUSE <= end <= LONGEST]
    if not whole:
        whole = [one.start() for one in _PHRASE_END.finditer(sentence, SHORTEST_CLAUSE, LONGEST)]
    return sentence[: whole[-1]] if whole else _cut(sentence, LONGEST)


def _cut(words: str, longest: int) -> str:
    if len(words) <= longest:
        return words
    cut = words[: longest - 2]
    return (cut.rpartition(" ")[0] or cut[:-1]).rstrip(" ,;:") + "..."


def _first_words(block: Block) -> str:
    match block:
        case Paragraph():
            return printable(block.text)
        case Bullets():
            return printable(" ".join(block.items[:1]))
        case Quotation():
            return printable(block.heading)
        case _:
            return ""
