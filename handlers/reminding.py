"""Reminders that people set themselves: asked about, read back, then kept."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from bot.domain.limits import LONGEST_REMINDER
from bot.domain.mentions import mentions
from bot.domain.messages import Reply
from bot.domain.program import Program
from bot.domain.when.outcome import Either, NotMet, Outcome, Unmet, When
from bot.domain.when.resolve import later_by
from bot.domain.when.sentence import is_weak, topic_of
from bot.domain.when.stamp import STAMP, instant_at
from bot.errors import Refused
from bot.evidence.hints import hints
from bot.knowledge.dates import when_asked
from bot.phrases import reminders
from bot.phrases import reminding as phrases
from bot.usecases import set_reminder
from bot.usecases.end_reminder import end_reminder
from handlers import reminder_answers as answers
from handlers.command import NUMBER, TEXT
from handlers.deadline_named import dated
from handlers.replied import choices_above
from handlers.request import NotMine, Request

_YOU = r"(?:(?:can|could|will|would) you (?:please )?|please )?"
_ASKED = "what|how|where|which|who|whom|whose|why|when|whether|if"  # a question to be answered now
REMIND = (
    rf"/?{_YOU}(?:remind ?(?:me|us)|(?:do not|don.?t) let me forget|wake me(?: up)?"
    r"|(?:(?:set|create|make|add)(?: me| up)?(?: a| another)?(?: new)?|new) reminder)"
    rf"(?:\b(?! (?:about |of |again )*(?:{_ASKED})\b)[:,]?\s*(?P<text>.+))?"
)
ANOTHER = rf"another time(?: than {STAMP})?\s*:\s*{TEXT}"
ANOTHER_ALONE = r"/?(?:(?:at )?(?:another|a different|some other) time|not then)"
NONE = r"no reminders?"
REMINDER = r"(?:a )?reminder\b(?![ -]?#?\d{1,9}\b(?! ?[:.h]| ?[ap]m|/))[:,]? (?P<text>.+)"
LIST = (
    r"/?(?:(?:show|list|cancel|delete|remove|move|change) )?(?:me )?(?:all )?(?:a |my |the )?"
    r"reminders?|(?:what|which) reminders (?:do i have|have i(?: set)?|did i set|are (?:there|set))"
    r"|(?:do i have|have i) (?:any|some) reminders(?: set)?|what are my reminders"
)
_ONE = rf"(?:my |the )?reminder[ -]?{NUMBER}"
CANCEL = rf"(?:cancel|delete|remove|drop|forget|stop) {_ONE}"
MOVE = (
    rf"(?:move|change|reschedule|postpone|shift|push|delay|put off) {_ONE}(?: back| off| out)?"
    r"(?: (?P<by>(?:by|for)\b)?(?:(?:to|until|till)\b)?\s*(?P<text>.+))?"
)
LONGEST_TIME = 60  # characters of a time that is said alone
_FOR = re.compile(r"(?:for|again)\s+", re.IGNORECASE)
_MARKS = "\"'\u201c\u201d\u201e :;,.-"
_ANOTHER = re.compile(ANOTHER, re.IGNORECASE | re.DOTALL)
_EXACT = re.compile(rf"{STAMP}(?P<of> of)?\s*:\s*{TEXT}", re.IGNORECASE | re.DOTALL)


def remind(request: Request) -> tuple[Reply, ...]:
    """`remind me next Friday about TECH-8`: read back, and kept only after a yes."""
    person, text = request.actor(), " ".join(request.args.get("text", "").split())
    text = _FOR.sub("", text, count=1) if _FOR.match(text) else text
    if not text:
        return (phrases.how(),)
    if len(text) > answers.MOST_LETTERS:  # before anything looks for a time in it
        raise Refused(phrases.too_long())
    if exact := _EXACT.fullmatch(text):
        return (_exactly(request, exact),)
    found, outcome = when_asked(
        dated(request, text),
        now=request.now,
        zone=person.zone,
        usual=request.desk.program.notices.at,
    )
    if outcome is None and text.endswith("?"):
        raise NotMine
    if len(found.topic) > LONGEST_REMINDER:
        raise Refused(phrases.too_long())
    return (_told(request, found.topic, outcome),)


def perhaps(request: Request) -> tuple[Reply, ...]:
    """`reminder tomorrow 10:00 submit`; without a time it is said of something else."""
    if request.person is None:
        raise NotMine
    zone, usual = request.person.zone, request.desk.program.notices.at
    text = " ".join(request.args["text"].split())
    if len(text) > answers.MOST_LETTERS:
        raise NotMine
    if when_asked(dated(request, text), now=request.now, zone=zone, usual=usual)[1] is None:
        raise NotMine
    return remind(request)


def is_time_alone(request: Request) -> bool:
    """Whether the words of somebody known are a time still to come, and nothing else."""
    text = request.text.strip()
    if request.person is None or not text or len(text) > LONGEST_TIME or is_weak(text.casefold()):
        return False
    return isinstance(answers.when_said(request, text), When)


def time_alone(request: Request) -> tuple[Reply, ...]:
    """`tomorrow`: whoever says it may want to be reminded then."""
    return (_told(request, "", answers.when_said(request, request.text)),)


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
    topic, stamp = request.args["text"].strip(), request.args.get("stamp", "")
    return (phrases.ask_instead(topic, stamp) if stamp else phrases.ask_time(topic),)


def another_alone(request: Request) -> tuple[Reply, ...]:
    """`another time`, of what was read back just now."""
    request.actor()
    above = choices_above(request.uow, request.message)
    says = next((one.says for one in above if one.label == phrases.ANOTHER), "")
    found = _ANOTHER.fullmatch(says)
    if found is None:
        return (phrases.another_of_which(),)
    return another_time(replace(request, args={k: v for k, v in found.groupdict().items() if v}))


def instead(request: Request) -> tuple[Reply, ...]:
    """`instead of 2026-11-27 09:00 remind me about TOPIC: at 10`: that day unless one is said."""
    said, stamp = request.args["text"], request.args["stamp"]
    topic, _, words = said.rpartition(": ")
    found, _ = answers.on_that_day(request, words, stamp=stamp)
    if not topic or found is None:
        return (phrases.ask_instead(topic or said, stamp),)
    return (_told(request, topic.strip(), found),)


def none(request: Request) -> tuple[Reply, ...]:
    """`no reminder`, as the answer to what was read back."""
    request.actor()
    return (phrases.none_set(),)


def overview(request: Request) -> tuple[Reply, ...]:
    """`reminders`."""
    person = request.actor()
    hushed = request.uow.wishes.of(person).hushed
    until = {one.matter: one.until for one in hushed if one.until and one.until > request.now}
    own = [reminders.as_snoozed(one, until) for one in request.uow.reminders.of(person)]
    own.sort(key=lambda one: one.at)
    return (reminders.listed(own, person, now=request.now),)


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
        return (reminders.was_moved(kept.reminder, person, new=kept.new),)
    local = old.at.astimezone(person.zone)
    found = _by(request, old.at, words) if request.args.get("by") else None
    found = found or answers.when_said(request, words)
    if isinstance(found, When) and found.clock_only and old.at > now:
        found = answers.when_said(request, f"{local:%Y-%m-%d} {words}") or found
    match found:
        case When():
            return (phrases.moved_back(old, found, person, now=now),)
        case Either():
            return (phrases.which_move(old.number, found, person.zone),)
        case Unmet():
            return (phrases.ask_move(old, person.zone, why=phrases.unmet(found)),)
    why = f"I do not understand {words!r} as a time."
    return (phrases.ask_move(old, person.zone, why=why),)


def _by(request: Request, at: datetime, words: str) -> Outcome | None:
    """So much later than it is set for, or than now where it was told already."""
    start = max(at, request.now)
    return later_by(words, since=start, zone=request.actor().zone, now=request.now)


def _exactly(request: Request, exact: re.Match[str]) -> Reply:
    """A time in figures; behind its `of` may be said another time, which is no topic."""
    stamp, text = exact["stamp"], exact["text"]
    if exact["of"]:
        found, _ = answers.on_that_day(request, text, stamp=stamp)
        if answers.is_time(found, text):
            return _told(request, "", found)
        text = topic_of(text)
    return _told(request, text, When(at=_instant(replace(request, args=exact.groupdict()))))


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
