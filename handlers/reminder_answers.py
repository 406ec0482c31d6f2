"""Words that answer a question about a reminder: yes, no, another time, or of what."""

from __future__ import annotations

import re
from datetime import datetime

from bot.domain.messages import Choice
from bot.domain.when.outcome import NotMet, Outcome, Unmet, When
from bot.domain.when.sentence import is_weak
from bot.domain.when.stamp import STAMP, instant_at
from bot.errors import Refused
from bot.knowledge.dates import when
from bot.phrases import reminding as phrases
from handlers.command import TEXT
from handlers.deadline_named import dated
from handlers.reminder_pending import is_question
from handlers.replied import choices_above
from handlers.request import Request
from handlers.yes import YES

MOST_LETTERS = 600  # of an answer: a reminder with a word or two around it
SET = rf"set reminder {STAMP}\s*:\s*{TEXT}"
INSTEAD = rf"instead of {STAMP} remind me about {TEXT}"
_SET = re.compile(SET, re.IGNORECASE | re.DOTALL)
_INSTEAD_OF = re.compile(
    rf"(?P<head>instead of {STAMP} remind me about (?P<text>.+): )in 1 hour", re.DOTALL
)
_REMIND_AT = re.compile(r"remind me [^:]+(?::[0-9]{2}[^:]*)?: (?P<text>.+)", re.DOTALL)
_MOVE_TO = re.compile(r"move reminder (?P<number>[0-9]{1,9}) to (?P<stamp>.+)")
_LEADS = re.compile(
    r"^(?:(?:no|nope|better|rather|or|actually|sorry|oh|wait|i meant?"
    r"|(?:make|change|move|set|let.?s (?:make|say)) (?:it|that)(?: to| for)?|let.?s say"
    r"|how about|what about)\b[,:\s]*)+",
    re.IGNORECASE,
)
_TRAILS = re.compile(r"[\s,]+(?:instead|rather|better|please|then)[\s.!?]*$", re.IGNORECASE)
_HOUR = re.compile(r"[0-9]{1,2}[.!]?")
_YES = YES | frozenset(
    (
        "ok", "okay", "k", "sure", "correct", "right", "that's right", "fine", "that's fine",
        "do that", "perfect", "great", "good", "sounds good", "looks good", "go ahead",
        "confirm", "confirmed", "agreed", "absolutely", "of course", "please do",
        "set it", "exactly", "that's correct",
    )
)  # fmt: skip
_NO = frozenset(
    ("cancel", "cancel it", "cancel that", "never mind", "nevermind", "forget it", "don't", "stop")
)
_THANKS = frozenset(("thanks", "thank you", "thx", "many thanks", "thank you very much"))
_MARKS = re.compile(r"[\s,.!;/]+")
_POLITE = re.compile(r"(?:^(?:yes|please) | (?:please|pls|thanks|thank you|thx)$)")


def plain_answer(request: Request) -> str:
    """The words for `ok` or `cancel` below such a question; empty where it is no answer to one.

    Thanks are no yes: what is not kept yet is read back once more.
    """
    said = _short(request.text)
    if request.person is None or not said:
        return ""
    choices = choices_above(request.uow, request.message)
    no = next((one.says for one in choices if one.says in (phrases.NO, phrases.KEEP_ALL)), "")
    if not no or said in _NO:
        return no
    if choices[0].label != phrases.YES:
        return ""
    return choices[0].says if said in _YES else _once_more(choices[0].says)


def answered(request: Request, choices: tuple[Choice, ...]) -> Choice | None:
    """What words mean that answer a question about a reminder, whose choices these are.

    They say a time, or what is to be said where only that is missing. None when they are neither.
    """
    text = request.text.strip()
    if request.person is None or not choices or not text or len(text) > MOST_LETTERS:
        return None
    says = _answered(request, text, choices[0].says)
    return Choice(label=text, says=says) if says else None


def said_again(request: Request, text: str) -> tuple[Outcome | None, str]:
    """The time of an answer such as `no, make it 10 instead`, and its words."""
    words = " ".join(_TRAILS.sub("", _LEADS.sub("", text)).split())
    led = words != " ".join(text.split())
    words = f"at {words}" if led and _HOUR.fullmatch(words) else words
    return when_said(request, words), words


def on_that_day(request: Request, text: str, *, stamp: str) -> tuple[Outcome | None, str]:
    """The same; a time of day alone is one of the stamp's day."""
    found, words = said_again(request, text)
    if isinstance(found, When) and found.clock_only:
        words = f"{stamp[:10]} {words}"
        found = when_said(request, words)
    return found, words


def when_said(request: Request, words: str) -> Outcome | None:
    """The time that the words say to the person, and nothing else."""
    zone, usual = request.actor().zone, request.desk.program.notices.at
    said = dated(request, " ".join(words.split())).text
    return when(said, now=request.now, zone=zone, usual=usual)


def instant(request: Request, stamp: str) -> datetime:
    """The instant of a stamp on the person's clock; `Refused` where there is none such."""
    try:
        return instant_at(stamp, request.actor().zone)
    except NotMet as not_met:
        raise Refused(phrases.unmet(Unmet(why=not_met.why))) from not_met


def is_time(found: Outcome | None, words: str) -> bool:
    """Whether the words are a time, and not what somebody may want to be reminded of: `lunch`."""
    return found is not None and not is_weak(words)


def _answered(request: Request, text: str, asked: str) -> str:
    """The words for the answer; `asked` are those of the question's first choice."""
    anything = "" if is_question(text) else f"remind me {text}"
    if asked == phrases.SOON:
        return anything
    if kept := _SET.fullmatch(asked):
        return _of_stamp(request, text, stamp=kept["stamp"], topic=kept["text"])
    around = _around(asked)
    if around is None:
        return ""
    found, words = said_again(request, text)
    if not found:
        return anything if around[1] == f": {phrases.NAMELESS}" else ""
    return words.join(around)


def _around(asked: str) -> tuple[str, str] | None:
    """What stands before and behind the time in the words of a choice; None where there is none."""
    if instead := _INSTEAD_OF.fullmatch(asked):
        return instead["head"], ""
    if moved := _MOVE_TO.fullmatch(asked):
        return f"move reminder {moved['number']} to ", ""
    topic = _REMIND_AT.fullmatch(asked)
    return ("remind me ", f": {topic['text']}") if topic else None


def _of_stamp(request: Request, text: str, *, stamp: str, topic: str) -> str:
    """An answer to what was read back, or to the question of what at that time."""
    if topic == phrases.NAMELESS:
        return "" if is_question(text) else f"remind me {stamp} of: {text}"
    found, words = on_that_day(request, text, stamp=stamp)
    return f"remind me {words}: {topic}" if found else ""


def _once_more(asked: str) -> str:
    """The words that ask again what a yes would do."""
    if kept := _SET.fullmatch(asked):
        return f"remind me {kept['stamp']}: {kept['text']}"
    if moved := _MOVE_TO.fullmatch(asked):
        return f"move reminder {moved['number']} to {moved['stamp'].replace(' ', ' at ', 1)}"
    return ""


def _short(text: str) -> str:
    """A short answer without marks and politeness; empty when it is none."""
    if len(text) > 40:
        return ""
    plain = " ".join(_MARKS.split(text.casefold().replace("\u2019", "'"))).strip()
    bare = plain if plain in _THANKS | YES else _POLITE.sub("", plain)
    known = bare in _YES or bare in _NO or bare in _THANKS
    return bare if known else ""
