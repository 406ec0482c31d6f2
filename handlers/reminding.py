"""Reminders that people set themselves: asked about, read back, then kept."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from bot.domain.limits import LONGEST_REMINDER
from bot.domain.mentions import mentions
from bot.domain.messages import Choice, Reply
from bot.domain.program import Program
from bot.domain.when.outcome import Either, NotMet, Outcome, Unmet, When
from bot.domain.when.stamp import STAMP, instant_at
from bot.errors import Refused
from bot.evidence.hints import hints
from bot.knowledge.dates import when, when_asked
from bot.phrases import reminders
from bot.phrases import reminding as phrases
from bot.usecases import set_reminder
from bot.usecases.end_reminder import end_reminder
from handlers.command import NUMBER, TEXT
from handlers.request import NotMine, Request

_YOU = r"(?:(?:can|could|will|would) you (?:please )?|please )?"
_ASKED = "what|how|where|which|who|whom|whose|why|when|whether|if"  # a question to be answered now
REMIND = (
    rf"/?{_YOU}(?:remind me|(?:(?:set|create|make|add)(?: me| up)?(?: a| another)?(?: new)?|new)"
    " reminder)"
    rf"(?:\b(?! (?:about |of |again )*(?:{_ASKED})\b)[:,]?\s*(?P<text>.+))?"
)
SET = rf"set reminder {STAMP}\s*:\s*{TEXT}"
ANOTHER = rf"another time\s*:\s*{TEXT}"
NONE = r"no reminders?"
LIST = (
    r"/?(?:(?:show|list|cancel|delete|remove|move|change) )?(?:me )?(?:all )?(?:a |my |the )?"
    r"reminders?"
)
_ONE = rf"(?:my |the )?reminder[ -]?{NUMBER}"
CANCEL = rf"(?:cancel|delete|remove|drop|forget|stop) {_ONE}"
MOVE = (
    rf"(?:move|change|reschedule|postpone|shift) {_ONE}"
    r"(?: (?:to|until|till|by|for)?\s*(?P<text>.+))?"
)
_FOR = re.compile(r"(?:for|again)\s+", re.IGNORECASE)
_SET = re.compile(SET, re.IGNORECASE | re.DOTALL)
_MARKS = "\"'\u201c\u201d\u201e :;,.-"
MOST_LETTERS = 600  # of an answer: a reminder with a word or two around it
_EXACT = re.compile(rf"{STAMP}\s*:\s*{TEXT}", re.IGNORECASE | re.DOTALL)
_REMIND_AT = re.compile(r"remind me [^:]+(?::[0-9]{2}[^:]*)?: (?P<text>.+)", re.DOTALL)
_MOVE_TO = re.compile(r"move reminder (?P<number>[0-9]{1,9}) to (?P<stamp>.+)")
_INSTEAD = re.compile(
    r"^(?:no|nope|better|rather|make (?:it|that)|or)\b[,:\s]*"
    r"|[\s,]+(?:instead|rather|better|please)[\s.!]*$",
    re.IGNORECASE,
)


def remind(request: Request) -> tuple[Reply, ...]:
    """`remind me next Friday about TECH-8`: read back, and kept only after a yes."""
    person, text = request.actor(), " ".join(request.args.get("text", "").split())
    text = _FOR.sub("", text, count=1) if _FOR.match(text) else text
    if not text:
        return (phrases.how(),)
    if exact := _EXACT.fullmatch(text):
        at = _instant(replace(request, args=exact.groupdict()))
        return (_told(request, exact["text"], When(at=at)),)
    found, outcome = when_asked(
        text, now=request.now, zone=person.zone, usual=request.desk.program.notices.at
    )
    if outcome is None and text.endswith("?"):
        raise NotMine
    if len(found.topic) > LONGEST_REMINDER:
        raise Refused(phrases.too_long())
    return (_told(request, found.topic, outcome),)


def keep(request: Request) -> tuple[Reply, ...]:
    """`set reminder 2026-11-27 09:00: TECH-8`: kept at once."""
    person, text = request.actor(), request.args["text"].strip()
    at = _instant(request)
    wish = set_reminder.Wish(text=text, at=at, section=_section(request, text))
    kept = set_reminder.set_reminder(request.uow, person, wish, now=request.now)
    return (reminders.was_set(kept.reminder, person, new=kept.new, now=request.now),)


def another_time(request: Request) -> tuple[Reply, ...]:
    """`another time: TOPIC`."""
    request.actor()
    return (phrases.ask_time(request.args["text"].strip()),)


def none(request: Request) -> tuple[Reply, ...]:
    """`no reminder`, as the answer to what was read back."""
    request.actor()
    return (phrases.none_set(),)


def overview(request: Request) -> tuple[Reply, ...]:
    """`reminders`."""
    person = request.actor()
    return (reminders.listed(request.uow.reminders.of(person), person, now=request.now),)


def cancel(request: Request) -> tuple[Reply, ...]:
    """`cancel reminder 2`."""
    person = request.actor()
    ended = end_reminder(request.uow, person, request.number(), now=request.now)
    return (reminders.cancelled(ended, person.zone, now=request.now),)


def move(request: Request) -> tuple[Reply, ...]:
    """`move reminder 2 to Monday at 10`; at once where the time is said in figures."""
    person, now = request.actor(), request.now
    old = set_reminder.own_reminder(request.uow, person, request.number())
    words = request.args.get("text", "").strip()
    if not words:
        return (phrases.ask_move(old, person.zone),)
    if re.fullmatch(STAMP, words.rstrip(" ."), re.IGNORECASE):
        at = _instant(replace(request, args={"stamp": words.rstrip(" .")}))
        kept = set_reminder.move_reminder(request.uow, person, old.number, at, now=now)
        return (reminders.was_moved(old.number, kept.reminder, person, new=kept.new),)
    local = old.at.astimezone(person.zone)
    found = _when(request, words)
    if isinstance(found, When) and found.clock_only and old.at > now:
        found = _when(request, f"{local:%Y-%m-%d} {words}") or found
    match found:
        case When():
            return (phrases.moved_back(old, found, person, now=now),)
        case Either():
            return (phrases.which_move(old.number, found, person.zone),)
        case Unmet():
            return (phrases.ask_move(old, person.zone, why=phrases.unmet(found)),)
    why = f"I do not understand {words!r} as a time."
    return (phrases.ask_move(old, person.zone, why=why),)


def answered(request: Request, choices: tuple[Choice, ...]) -> Choice | None:
    """What words mean that answer a question about a reminder, whose choices these are.

    They say a time, or what is to be said where only that is missing. None when they are neither.
    """
    text = request.text.strip()
    if request.person is None or not choices or not text or len(text) > MOST_LETTERS:
        return None
    says = _answered(request, text, choices[0].says)
    return Choice(label=text, says=says) if says else None


def _answered(request: Request, text: str, asked: str) -> str:
    """The words for the answer; `asked` are those of the question's first choice."""
    if kept := _SET.fullmatch(asked):
        if kept["text"] == phrases.NAMELESS:
            return "" if text.endswith("?") else f"remind me {kept['stamp']}: {text}"
        day = f"{kept['stamp'][:10]} "
        found, words = _said_again(request, text)
        same_day = isinstance(found, When) and found.clock_only
        return f"remind me {day if same_day else ''}{words}: {kept['text']}" if found else ""
    moved, topic = _MOVE_TO.fullmatch(asked), _REMIND_AT.fullmatch(asked)
    if moved is None and topic is None:
        return ""
    found, words = _said_again(request, text)
    if found is None:
        return ""
    if moved:
        return f"move reminder {moved['number']} to {words}"
    return f"remind me {words}: {topic['text']}" if topic else ""


def _said_again(request: Request, text: str) -> tuple[Outcome | None, str]:
    """The time of an answer such as `no, Monday at 10 instead`, and its words."""
    words = " ".join(_INSTEAD.sub("", text).split())
    return _when(request, words), words


def _told(request: Request, topic: str, outcome: Outcome | None) -> Reply:
    person, now = request.actor(), request.now
    topic = topic.rstrip(" .!?") or topic
    if topic == phrases.NAMELESS or not topic.strip(_MARKS):
        topic = ""
    match outcome:
        case When() if topic:
            return phrases.read_back(topic, outcome, person, now=now)
        case When():
            return phrases.ask_topic(outcome, person.zone)
        case Either():
            return phrases.which(topic, outcome, person.zone)
        case Unmet():
            return phrases.ask_time(topic, why=phrases.unmet(outcome))
    return phrases.ask_time(topic)


def _when(request: Request, words: str) -> Outcome | None:
    zone, usual = request.actor().zone, request.desk.program.notices.at
    return when(words, now=request.now, zone=zone, usual=usual)


def _instant(request: Request) -> datetime:
    try:
        return instant_at(request.args["stamp"], request.actor().zone)
    except NotMet as not_met:
        raise Refused(phrases.unmet(Unmet(why=not_met.why))) from not_met


def _section(request: Request, text: str) -> str:
    """The one section or set that the words of a candidate's reminder name; empty for none."""
    if request.candidate is None:
        return ""
    return section_in(request.desk.program, text)


def section_in(program: Program, text: str) -> str:
    """The one section or set that a text names."""
    sections = hints(program, text) or mentions(program, text).competencies
    named = sections or mentions(program, text).sets
    return named[0] if len(named) == 1 else ""
