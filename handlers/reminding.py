"""Reminders that people set themselves: asked about, read back, then kept."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.limits import LONGEST_REMINDER
from bot.domain.mentions import mentions
from bot.domain.messages import Reply
from bot.domain.program import Program
from bot.domain.when.outcome import Either, Outcome, Unmet, When
from bot.domain.when.sentence import is_weak, topic_of
from bot.domain.when.stamp import STAMP
from bot.errors import Refused
from bot.evidence.hints import hints
from bot.knowledge.dates import when_asked
from bot.phrases import reminders
from bot.phrases import reminding as phrases
from bot.usecases import set_reminder
from bot.usecases.see_reminders import not_told
from handlers import reminder_answers as answers
from handlers.command import TEXT
from handlers.deadline_named import dated
from handlers.reminder_pending import pending
from handlers.replied import choices_above
from handlers.request import NotMine, Request

_YOU = r"(?:(?:can|could|will|would) you (?:please )?|please )?"
_ASKED = "what|how|where|which|who|whom|whose|why|when|whether|if"  # a question to be answered now
REMIND = (
    rf"/?{_YOU}(?:(?:remind|ping|nudge) ?(?:me|us)|(?:do not|don.?t) let me forget|wake me(?: up)?"
    r"|i(?: would|.?d)? (?:want|like|need|wish) (?:you to remind me|to be reminded)"
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
LONGEST_TIME = 60  # characters of a time that is said alone
_FOR = re.compile(r"(?:for|again)\s+", re.IGNORECASE)
_WHEN = re.compile(r"when\b", re.IGNORECASE)
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
    said = dated(request, text)
    found, outcome = when_asked(
        said.text,
        now=request.now,
        zone=person.zone,
        usual=request.desk.program.notices.at,
    )
    if outcome is None and text.endswith("?"):
        raise NotMine
    topic, outcome = _completed(request, said.said(found.topic), outcome)
    if len(topic) > LONGEST_REMINDER:
        raise Refused(phrases.too_long())
    return (_told(request, topic, outcome),)


def _completed(request: Request, topic: str, outcome: Outcome | None) -> tuple[str, Outcome | None]:
    """With what is asked in what these words reply to, where they say only what that lacks."""
    if not request.message.answers or (topic.strip(_MARKS) and outcome is not None):
        return topic, outcome
    open_one = pending(request)
    if outcome is None and open_one.stamp:
        return topic, When(at=answers.instant(request, open_one.stamp))
    if not topic.strip(_MARKS) and open_one.topic:
        return open_one.topic, outcome
    return topic, outcome


def perhaps(request: Request) -> tuple[Reply, ...]:
    """`reminder tomorrow 10:00 submit`; without a time it is said of something else."""
    if request.person is None:
        raise NotMine
    zone, usual = request.person.zone, request.desk.program.notices.at
    text = " ".join(request.args["text"].split())
    if len(text) > answers.MOST_LETTERS:
        raise NotMine
    if when_asked(dated(request, text).text, now=request.now, zone=zone, usual=usual)[1] is None:
        raise NotMine
    return remind(request)


def is_time_alone(request: Request) -> bool:
    """Whether the words of somebody known are a time still to come, and nothing else."""
    text = request.text.strip()
    if request.person is None or not text or len(text) > LONGEST_TIME or is_weak(text.casefold()):
        return False
    if _WHEN.match(text):  # `when my subscription ends` asks for the day
        return False
    return isinstance(answers.when_said(request, text), When)


def time_alone(request: Request) -> tuple[Reply, ...]:
    """`tomorrow`: whoever says it may want to be reminded then."""
    return (_told(request, "", answers.when_said(request, request.text)),)


def keep(request: Request) -> tuple[Reply, ...]:
    """`set reminder 2026-11-27 09:00: TECH-8`: kept at once."""
    person, text = request.actor(), request.args["text"].strip()
    at = answers.instant(request, request.args["stamp"])
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
    untold = not_told(request.uow, person, own, now=request.now)
    return (reminders.listed(own, person, now=request.now, untold=untold),)


def _exactly(request: Request, exact: re.Match[str]) -> Reply:
    """A time in figures; behind its `of` may be said another time, which is no topic."""
    stamp, text = exact["stamp"], exact["text"]
    if exact["of"]:
        found, _ = answers.on_that_day(request, text, stamp=stamp)
        if answers.is_time(found, text):
            return _told(request, "", found)
        text = topic_of(text)
    return _told(request, text, When(at=answers.instant(request, stamp)))


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
