"""A sentence such as `to call Bob at noon on Monday`: which words are the time, which the topic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.domain.when.draft import Draft, merged
from bot.domain.when.scan import Line, at_end, line_of, scan, whole
from bot.domain.when.spans import BEFORE, SPAN

# One word that may as well be of the topic: `enjoy the sun`, `have lunch`.
_WEAK = re.compile(
    r"(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)\.?|(?:early |late )?(?:morning|evening"
    r"|afternoon|night)|breakfast|lunch ?(?:time)?|noon|now|daily|weekly|monthly|yearly|weekdays?"
    r"|later|before|first thing|[0-9]{1,2} ?[hmsap]|halloween|christmas|new year"
)
# What is to be done, and when that is: `the day before the exam on 3 December`.
_BEFORE_THAT = re.compile(
    rf"(?<![\w'-])(?P<span>(?:{SPAN}|the (?:day|week|night|evening)) (?:{BEFORE}|after))"
    r" (?=(?:the|my|our) )"
)
_PURPOSE = re.compile(r"\b(?:to|about|that)\b", re.IGNORECASE)
# What a time in the midst of a sentence begins with.
_PLAIN = re.compile(
    r"(?:(?:on|in|at|by|next|this|every|each|within|until|tomorrow|tonight|today|the day after)\b)"
)
_MOST_FURTHER = 4  # times that are looked for behind the first one
_AND = re.compile(r",? (?:and|or|&) (?:then )?|, (?=[a-z0-9])")
_ALSO_HOUR = re.compile(
    r"[0-9]{1,2}(?:[:.][0-9]{2})?(?: ?[ap]m)?(?=[.!?]{0,3}$|[,:]| (?:to|about)\b)"
)
_QUOTED = re.compile(r"[\"\u201c\u201e](?P<text>[^\"\u201c\u201d\u201e]{1,600})[\"\u201d\u201c]")
# What begins with a run of marks looks at each run once: people may type thousands of them.
_COLON = re.compile(r"(?<!\s)\s*:(?=\s|$)\s*")
_LEAD = re.compile(
    r"[\s,;:-]*(?:\b(?:to|about|that|of|for|regarding|re)\b(?=[\s:]|$))?[\s,;:-]*", re.I
)
_TRAILS = re.compile(r"(?:[\s,;:-]|\s(?:on|at|by|in))*$", re.IGNORECASE)  # of a short text
_PLEASE = re.compile(r"(?<![\s,])[\s,]+(?:please|pls|thanks|thank you)[\s.!?]*$", re.IGNORECASE)
# What is to be done from one number to another: `read pages 9 to 12`.
_RANGE = re.compile(r"(?:[0-9]{1,2}|five|ten|twenty) (?:to|till) [a-z0-9]+", re.IGNORECASE)
_DO = re.compile(r"[\s,;:-]*(?:i (?:have|need|want) )?to\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be said again, and when; `draft` is None where no time was understood.

    `words` are those of the time as they were typed.
    """

    topic: str
    draft: Draft | None = None
    words: str = ""


def asked(text: str) -> Asked:
    """The time and the topic of what follows `remind me`; a text in quotes is taken as it is."""
    text = _PLEASE.sub("", text.strip())
    quoted = _QUOTED.search(text)
    if quoted and (draft := whole(_without(text, quoted)) or _none_said(text, quoted)):
        topic, words = quoted["text"].strip(), _without(text, quoted)
        return Asked(topic=topic, draft=draft if draft != Draft() else None, words=words)
    found = _at_colon(text) or _around(text)
    return found or Asked(topic=topic_of(text))


def topic_of(said: str) -> str:
    """The topic without what leads to it."""
    lead = _LEAD.match(said)
    return said[lead.end() if lead else 0 :].strip(" \t\n,;:")


def _without(text: str, quoted: re.Match[str]) -> str:
    rest = f"{text[: quoted.start()]} {text[quoted.end() :]}"
    rest = re.sub(r"\b(?:to|about|of|that|saying|with)\s*(?=$|[\s,:]+$|\s{2})", " ", rest)
    return " ".join(rest.split()).strip(" ,;:.!")


def _none_said(text: str, quoted: re.Match[str]) -> Draft | None:
    """Whether nothing but the text in quotes was said."""
    return None if _without(text, quoted) else Draft()


def _at_colon(text: str) -> Asked | None:
    """`next Friday: TOPIC`, `about TOPIC: next Friday`."""
    marks = list(_COLON.finditer(text))
    for mark in marks[:1]:
        if draft := whole(text[: mark.start()]):
            topic, words = text[mark.end() :].strip(), text[: mark.start()].strip()
            return Asked(topic=topic, draft=draft, words=words)
    for mark in marks[-1:]:
        if draft := whole(text[mark.end() :]):
            topic, words = topic_of(text[: mark.start()]), text[mark.end() :].strip()
            return Asked(topic=topic, draft=draft, words=words)
    return None


def _around(text: str) -> Asked | None:
    line = line_of(text)
    return (
        _before_that(text, line)
        or _at_start(text, line)
        or _at_end(text, line)
        or _amid(text, line)
    )


def _before_that(text: str, line: Line) -> Asked | None:
    """`an hour before the call on Friday at 10`: the time is counted from that of the call."""
    lead = _BEFORE_THAT.search(line.text)
    if lead is None:
        return None
    rest = text[line.places[lead.end()] :]
    inner = line_of(rest)
    found = _at_end(rest, inner) or _amid(rest, inner)
    if scan(inner, 0)[1].any or found is None or found.draft is None or not found.draft.has_day:
        return None
    if _PURPOSE.search(rest[: rest.find(found.words)]):  # the time is that of something else
        return None
    before, words = text[: line.places[lead.start()]], f"{lead['span']} {found.words}"
    draft = whole(words)
    if draft is None or _around(before.strip() or "-") is not None:
        return None
    topic = f"{text[: line.places[lead.end()]]}{found.topic}" if before.strip() else found.topic
    return Asked(topic=topic_of(topic), draft=draft, words=words)


def _at_start(text: str, line: Line) -> Asked | None:
    """`tomorrow at 9 about TOPIC`; what is to be done may have its own hour: `... at noon`."""
    end, draft = scan(line, 0)
    if not draft.any:
        return None
    further = _further(line, end)
    draft = replace(draft, several=True) if further > end else draft
    rest = text[line.places[further] :]
    words, topic = text[: line.places[end]], topic_of(rest)
    if _DO.match(rest) and draft.clock is None:
        behind = _at_end(rest, line_of(rest)) or _amid(rest, line_of(rest))
        both = merged(draft, behind.draft) if behind and behind.draft else None
        ranges = behind is not None and _RANGE.fullmatch(behind.words.strip(" .!?"))
        if both and behind and behind.draft and not behind.draft.has_day and not ranges:
            return Asked(topic=behind.topic, draft=both, words=f"{words} {behind.words}")
    return Asked(topic=topic, draft=draft, words=words.strip())


def _at_end(text: str, line: Line) -> Asked | None:
    """`call Bob at noon on Monday`."""
    for start in line.starts():
        if not start:
            continue
        end, draft = scan(line, start)
        if not draft.any or is_weak(line.text[start:end]):
            continue
        further = _further(line, end)
        if at_end(line, further):
            draft = replace(draft, several=True) if further > end else draft
            return _cut(text, line, start, further, draft=draft)
    return None


def _amid(text: str, line: Line) -> Asked | None:
    """`call Bob on Monday about TOPIC`."""
    for start in line.starts():
        if not start or not _PLAIN.match(line.text, start):
            continue
        end, draft = scan(line, start)
        if draft.any and (draft.has_day or draft.clock) and not is_weak(line.text[start:end]):
            return _cut(text, line, start, end, draft=draft)
    return None


def _further(line: Line, end: int) -> int:
    """Where the times end that are said behind the first one: `... and tuesday`, `... and 17`."""
    for _ in range(_MOST_FURTHER):
        if not (mark := _AND.match(line.text, end)):
            break
        hour = _ALSO_HOUR.match(line.text, mark.end())
        place, draft = scan(line, mark.end())
        if not (draft.any or hour):
            break
        end = max(place, hour.end() if hour else 0)
    return end


def _cut(text: str, line: Line, start: int, end: int, *, draft: Draft) -> Asked:
    before, words, behind = _parts(text, line.places[start], line.places[end])
    trail = _TRAILS.search(before)
    before = before[: trail.start()] if trail else before
    topic = topic_of(" ".join(part for part in (before, behind.strip(" ,;.!?)")) if part))
    return Asked(topic=topic, draft=draft, words=words)


def _parts(text: str, start: int, end: int) -> Iterator[str]:
    yield text[:start].strip()
    yield text[start:end].strip()
    yield text[end:].strip()


def is_weak(said: str) -> bool:
    """Whether the words of a time may as well be of a topic: `lunch`, `Halloween`."""
    return _WEAK.fullmatch(said.strip(" .,")) is not None
