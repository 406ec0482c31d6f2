"""Tells by its grammar what no document can answer: work, opinions, private matters; pure."""

from __future__ import annotations

import re

from bot.domain.beyond import Beyond

_WORK = (
    "write|draft|compose|build|create|invent|make up|fill (?:in|out)|grade|mark|rate|judge|check|"
    "correct|proofread|edit|rewrite|improve|polish|shorten|summari[sz]e|translate|turn|convert|"
    "put together|prepare|design|finish|complete|fake|sign|submit|send|upload|order|book"
)
_MINE = r"(?:my|me|a|an|some|this|these|the|three|two|five|it|\d+)"
_OFFICES = (
    "president|director|chair(?:man|woman|person)?|head|boss|secretary|treasurer|manager|"
    "coordinator|administrator|founder|inventor|evaluators?|reviewers?|assessors?|graders?"
)

# First match wins. Whole clauses, so that "how do I write my statement" stays a question.
PATTERNS: tuple[tuple[Beyond, str], ...] = (
    (
        Beyond.WORK,
        rf"^(?:please |hey,? |ok,? |now |so )*(?:just )?(?:go ahead and )?(?:{_WORK}) {_MINE}\b",
    ),
    (
        Beyond.WORK,
        r"(?:^|\b(?:can|could|would|will) (?:you|u|ya) )(?:please |just )*do (?:my|it|this|that)\b",
    ),
    (
        Beyond.WORK,
        r"\b(?:can|could|would|will) (?:you|u|ya) (?:please |just |maybe |quickly )*"
        rf"(?:{_WORK}) (?:{_MINE}|on my behalf)\b",
    ),
    (Beyond.WORK, rf"\b(?:i want|i need|i'd like) you to (?:{_WORK})\b"),
    (Beyond.WORK, rf"\b(?:{_WORK}|do)\b.*\b(?:for me|on my behalf|in my (?:place|name))\b"),
    (
        Beyond.OPINION,
        r"\b(?:do|would|did|what do) (?:you|u|ya) (?:really |honestly |personally )?"
        r"(?:think|reckon|believe|feel|guess|prefer|like|recommend|suggest|pick|choose)\b",
    ),
    (Beyond.OPINION, r"\b(?:your|in your) (?:honest |personal )?(?:opinion|view|favou?rite)\b"),
    (Beyond.OPINION, r"\b(?:my|what are the|any) (?:chances|odds)\b|\bwhat are (?:my|the) odds\b"),
    (
        Beyond.OPINION,
        r"\b(?:will|would|am|are|is|did) (?:i|we|my \w+|they) (?:be )?(?:going to |likely to )?"
        r"(?:pass|win|fail|succeed)(?: it| this| the \w+| my \w+)?[?.!]*$",
    ),
    (Beyond.OPINION, r"\b(?:most fun|funniest|most interesting|easiest|nicest|coolest|toughest)\b"),
    (Beyond.OPINION, r"\bworth (?:it|the (?:trouble|money|effort|hassle|time))\b"),
    (Beyond.PRIVATE, r"\b(?:passwords?|passcodes?|pin codes?|home address(?:es)?|birthdays?)\b"),
    (
        Beyond.PRIVATE,
        rf"\bwho(?:'s| is| are| was| were| chairs?| leads?| heads?) .*\b(?:{_OFFICES})\b",
    ),
    (
        Beyond.PRIVATE,
        rf"\b(?:names?|e-?mails?|phone numbers?|addresse?s?) (?:and .*)?of (?:the|my|our|your|all)"
        rf" (?:\w+ )?(?:{_OFFICES}|graduates?|candidates?|colleagues?|applicants?)\b",
    ),
    (
        Beyond.PRIVATE,
        r"\b(?:someone|somebody|another (?:candidate|person)|my (?:colleague|coworker|co-worker|"
        r"friend|boss|supervisor|employee|staff member)|his|her|their|other (?:people|candidates))"
        r"(?:'s|s')? (?:\w+ )?(?:car|portfolio|record|grades?|scores?|results?|file|login|account|"
        r"number|status|statement|evidence)\b",
    ),
)
_COMPILED = tuple((beyond, re.compile(text, re.IGNORECASE)) for beyond, text in PATTERNS)


def beyond_documents(question: str) -> Beyond | None:
    """Why no document could answer this, or None when one might."""
    plain = " ".join(question.replace("\u2019", "'").split())
    return next((beyond for beyond, pattern in _COMPILED if pattern.search(plain)), None)
