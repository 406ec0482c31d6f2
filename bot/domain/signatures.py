"""What surely stands below a name and is said by nobody: titles, places, telephones; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST_TITLES = 3  # lines directly below a name
MOST_LINES = 8  # with telephones and addresses
LONGEST_LINE = 70  # characters of a title
LONGEST_CONTACT = 140
MOST_WORDS = 8  # of a title
LONGEST_NAME = 4  # words
FEWEST_DIGITS = 7  # of a telephone
MARKS = " \t-\u2013\u2014~*_/"
PARTED = re.compile(r"\s*[,|(\u2022\u00b7]\s*|\s+[-\u2013\u2014]+\s+")
_TITLED = re.compile(
    r"(?:co-?)?(?:librar(?:y|ies|ians?)|directors?|managers?|coordinators?|coordination|heads?"
    r"|supervisors?|specialists?|technicians?|assistants?|associates?|clerks?|evaluators?"
    r"|administrators?|archivists?|archives?|professors?|teachers?|trainers?|interns?|trustees?"
    r"|officers?|secretary|consultants?|analysts?|engineers?|services|departments?|dept"
    r"|universit(?:y|ies)|college|school|institutes?|council|museum|mls|mlis|msls|phd"
    r"|bibliot\w*|könyvtár\w*|kirjasto\w*|knihovn\w*|библиотек\w*|.*(?:図書館|图书馆|도서관).*)",
    re.IGNORECASE,
)
# What takes back, changes or orders something; a title with such a word is none for sure.
_SAYING = (
    "a about add after again all also an and/or another answer any approve as ask assign"
    " before both but call can cancel cancelled change check choose close confirm delete deny"
    " disregard do does don't done draft each either erase every except export file files"
    " find first for forget from get give go has have he help her him his hold how i if ignore"
    " incomplete instead is it its join keep kidding later leave let link list maybe me mind"
    " move my need needs neither never new next no none nope nor not now off on once only or"
    " other our pause pending perhaps please postpone put question rate reject rejected remind"
    " remove rename replace reply restore return revoke second see send set she show skip"
    " sorry start stop submit swap take tell that their them then these they third this those"
    " to today tomorrow tonight undo unless until update upload us use wait was we were what"
    " when where which who why will withdraw with without would write wrong yes yet you your"
    " approved declined decline false joking nevermind really ready complete visit led wrote"
    " taught ran made built gave held"
)
_SAID = frozenset(_SAYING.split())
_JOINING = "and at de del der des di du for für im in la le of the van von y zu &"
_PARTICLES = frozenset(_JOINING.split())
_PRONOUNS = re.compile(
    r"\(?(?:she|he|they)(?:/(?:she|her|hers|he|him|his|they|them|theirs))+\)?", re.I
)
_MAIL = re.compile(r"<?(?:mailto:)?[^\s@<>,]{1,64}@[^\s@<>,]{1,100}\.\w{2,}>?")
_SITE = re.compile(r"<?(?:https?://|www\.)[\w.-]+(?:/[\w-]{1,30}){0,2}/?>?(?=[\s|,]|$)")
_PHONE = re.compile(r"\+?\(?\d[\d ()./\-\u2013]{6,}\d(?!\w)(?:,? (?:x|ext\.?) ?\d{1,5})?")
_DATE = re.compile(r"(?:19|20)\d\d\D|\d{1,2}([./-])\d{1,2}\1")
_LABEL = re.compile(
    r"(?:tel|telephone|phone|ph|mobile|mob|cell|fax|office|direct|work|home|e-?mail|web|website"
    r"|t|m|p|e|f|o|w|c)[.:]*",
    re.IGNORECASE,
)
_NAMED = r"[^\W\d_][\w.'\u2019-]*"
_STREET = re.compile(
    rf"(?:\d{{1,5}}[A-Za-z]? (?:{_NAMED} ){{1,4}}(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr"
    r"|boulevard|blvd|way|square|sq|place|pl|court|ct)|p\.? ?o\.? box \d+)\b\.?"
    rf"(?:, ?{_NAMED}(?: {_NAMED}){{0,2}}(?: \d{{4,6}})?){{0,3}}",
    re.IGNORECASE,
)
_TOWN = re.compile(rf"{_NAMED}(?: {_NAMED}){{0,2}},? [A-Z]{{2}},? \d{{5}}(?:-\d{{4}})?")


def is_signature(below: Sequence[str]) -> bool:
    """Whether every line below a name, or below a formula, is surely a part of a signature.

    Titles stand directly below it; what follows a blank line is a postscript, unless it only
    tells how to reach somebody. In doubt it is not one.
    """
    filled = [line for line in below if line.strip(MARKS)]
    if len(filled) > MOST_LINES:
        return False
    gap = next((at for at, line in enumerate(below) if not line.strip(MARKS)), len(below))
    titles = [line for line in below[:gap] if not is_contact(line)]
    reached = all(is_contact(line) for line in below[gap:] if line.strip(MARKS))
    return reached and len(titles) <= MOST_TITLES and all(map(is_title, titles))


def is_contact(line: str) -> bool:
    """Whether a line tells how or where to reach somebody, and nothing besides."""
    plain = line.strip(" \t*_")
    if not plain or len(plain) > LONGEST_CONTACT:
        return False
    if _STREET.fullmatch(plain) or _TOWN.fullmatch(plain):
        return not has_doubt(plain)
    rest = _PHONE.sub(_without_phone, _SITE.sub(" | ", _MAIL.sub(" | ", plain)))
    if rest == plain:
        return False
    left = " ".join(word for word in rest.split() if not _LABEL.fullmatch(word)).strip(" |,;()<>")
    return not left or is_title(left.replace("| |", "|"))


def is_title(line: str) -> bool:
    """Whether a line is made of titles and institutions: `Head of Services, County Library`."""
    plain = line.strip(MARKS)
    if _PRONOUNS.fullmatch(plain):
        return True
    words = [word.strip(".,;()|") for word in plain.split()]
    if len(plain) > LONGEST_LINE or len(words) > MOST_WORDS or re.search(r"[\d?!:;.]$|\d", plain):
        return False
    if (
        has_doubt(plain)
        or (words[:1] and words[0].endswith("ed"))
        or any(w[:1].islower() and w not in _PARTICLES for w in words)
    ):
        return False
    parts = [part.strip(" )").split() for part in PARTED.split(plain)]
    told = bool(words) and words[0].endswith("ed")  # as in: Organised Library Services
    return not told and any(_is_titled(part) for part in parts if part)


def is_like_a_name(line: str) -> bool:
    """Whether it may be anybody's name: up to four words with capital letters, and no doubt."""
    words = line.strip(MARKS).split()
    if not 0 < len(words) <= LONGEST_NAME or re.search(r"[\d?!:]", line) or has_doubt(line):
        return False
    return not any(word[0].islower() and word not in _PARTICLES for word in words)


def has_doubt(line: str) -> bool:
    """Whether a word of the line takes back, changes or orders something."""
    told = (word.strip(".,;:!?()|\"'") for word in line.replace("\u2019", "'").lower().split())
    return any(word in _SAID or word.endswith("n't") for word in told)


def _is_titled(words: Sequence[str]) -> bool:
    return bool(_TITLED.fullmatch(words[0].strip(".")) or _TITLED.fullmatch(words[-1].strip(".")))


def _without_phone(found: re.Match[str]) -> str:
    """Nothing of a telephone; a date, years and a mere number stay."""
    told = found[0]
    digits = re.sub(r"\D", "", told)
    return told if told == digits or len(digits) < FEWEST_DIGITS or _DATE.match(told) else " | "
