"""What a caption or a file name says of the section: the ids it names, and what it rules out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.mentions import Place
from bot.domain.program import Program
from bot.evidence.naming import Naming, Span, find, plain
from bot.evidence.unknown_codes import unknown_codes

# Ordinary words around a hint. When a caption holds nothing but these and names of the program, a
# name in it is meant as a place to file; in a longer caption it may be what the file is about.
_AROUND = """
a add again all also am an and another as at attached attaching belongs by can certification
complete completed copy could course current doc document done draft evidence file filed final
finally finished for from goes got guess hello here here's hey hi i i'm i've is it it's latest
maybe me might my new not now of ok one or our pdf perhaps photo picture piece place please
portfolio possibly probably program put received record revised save scan scanned section send
sending set signed something stuff submit sure thank thanks that the their them these think
this those to too under unsure updated upload uploading version want which with would you
"""
_FILLER = frozenset(_AROUND.split())
_VAGUE = re.compile(
    r"\b(?:maybe|perhaps|possibly|might|unsure|could be|(?:not|no) (?:sure|certain|idea)"
    r"|(?:don'?t|do not) know|wonder|either|or)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b(?:can|could|will|would) (?:you|u)\b|\bplease\b", re.IGNORECASE)
_NOT = re.compile(
    r"(?:\bnot\b(?! (?:sure|certain|know|only|just))|n't\b(?! know)|\bnever\b|\binstead of\b"
    r"|\brather than\b|\bexcept\b|\bwithout\b)(?:\s+(?!but\b)[\w'-]+){0,3}\s*$",
    re.IGNORECASE,
)
# Such certificates show one skill; they do not complete a set.
SMALL_TRAINING = re.compile(
    r"\b(?:webinars?|workshops?|attendance|attended|seminars?|conferences?|participation"
    r"|drills?|in-?service|CEUs?|CE hours?|first aid|one-day|two-day)\b",
    re.IGNORECASE,
)
_FOLLOWS = (
    "and|as|attached|copy|draft|final|from|here|i|is|please|pdf|rev\\w*|scan|signed|that|updated"
    "|version|v?\\d+|which|with"
)
_SENTENCE = re.compile(r"[^.;!?\n]+[.;!?\n]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What people's words say of the place: sections for certain, and what narrows the choice.

    `maybe` are competencies named with doubt; `sets` are where to look, `about` sets a longer
    caption merely mentions; `forms` are kinds of section whose set was not named; `excluded`
    holds ids of sets and competencies that were ruled out; `unknown` are ids like the program's
    that do not exist.
    """

    sections: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether the words said anything."""
        return self != Named()


def hints(program: Program, text: str) -> tuple[str, ...]:
    """The section ids a caption or file name names explicitly, each once, in order."""
    return read(program, text).sections


def read(program: Program, text: str) -> Named:
    """Everything a caption or a file name says of the place."""
    clean = plain(text)
    naming = find(program, clean)
    negated = {s for s in naming.spans if _NOT.search(clean[: s.start])}
    vague = {s for s in naming.spans if _is_vague(clean, s)}
    bare = not _leftover(program, clean, naming)
    sure = [s for s in naming.competencies if s not in negated | vague]
    sets = [p for p in naming.sets if _span(p) not in negated]
    kinds = [s for s in naming.kinds if _stands_alone(program, clean, s, naming=naming)]
    certain = [s for s in kinds if s not in negated | vague]
    sections = (*(s.id for s in (*naming.paths, *sure)), *_parts(program, certain, sets))
    meant, about = _split(clean, sets, bare=bare)
    unknown = unknown_codes(program, clean)
    return Named(
        sections=_once(sections),
        maybe=_once(s.id for s in naming.competencies if s in vague - negated),
        sets=() if sections else meant or _once(_owners(program, unknown)),
        about=() if sections else about,
        forms=() if sections or not bare else _once(s.id for s in certain),
        excluded=_once(
            s.id for s in (*naming.competencies, *map(_span, naming.sets)) if s in negated
        ),
        unknown=unknown,
    )


def _owners(program: Program, unknown: Iterable[str]) -> Iterator[str]:
    """The sets whose codes those ids have, where they have any."""
    owners = {s.code: s.id for s in program.sets}
    yield from (owners[code] for id in unknown if (code := id.partition("-")[0]) in owners)


def _parts(program: Program, kinds: list[Span], sets: list[Place]) -> tuple[str, ...]:
    """Record sections by themselves; certificates and the like with each set that is named."""
    known = {s.id for s in program.sections}
    set_ids = dict.fromkeys(p.set_id for p in sets)
    ids = [k.id for k in kinds if k.id in known]
    ids += [f"{s}/{k.id}" for k in kinds for s in set_ids]
    return tuple(id for id in ids if id in known)


def _is_vague(text: str, span: Span) -> bool:
    sentence = next(m[0] for m in _SENTENCE.finditer(text) if m.end() > span.start)
    if _VAGUE.search(sentence):
        return True
    return sentence.rstrip().endswith("?") and not _ASKED.search(sentence)


def _split(text: str, sets: list[Place], *, bare: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sets that narrow the choice, and sets that are merely mentioned."""
    meant = [p for p in sets if bare or _is_place(text, p)]
    about = [p for p in sets if p not in meant]
    return _once(p.set_id for p in meant), _once(p.set_id for p in about)


def _is_place(text: str, place: Place) -> bool:
    after = re.match(r"\W{0,2}(?:set|section|portfolio|competenc\w+)\b", text[place.end :], re.I)
    return bool(after) or place.name.isupper() or place.name.endswith(" set")


def _stands_alone(program: Program, text: str, span: Span, *, naming: Naming) -> bool:
    """Whether 'resume' is the thing sent and not, say, the subject of a handout."""
    if SMALL_TRAINING.search(text):
        return False
    sentence = next(m for m in _SENTENCE.finditer(text) if m.end() > span.start)
    before = _words_outside(text, naming, start=sentence.start(), end=span.start)
    if before - _FILLER - _own_words(program):
        return False
    rest = text[span.end : sentence.end()]
    if re.match(r"\W*(?:for|of|in)\b", rest):
        tail = _words_outside(text, naming, start=span.end, end=sentence.end())
        return not tail - _FILLER - _own_words(program)
    follows = rf"\W*$|\s*[^\w\s'-]|\s+(?:{_FOLLOWS})\b"
    at_name = any(p.start - span.end in range(4) for p in naming.sets)
    return at_name or bool(re.match(follows, rest, re.IGNORECASE))


def _leftover(program: Program, text: str, naming: Naming) -> frozenset[str]:
    return _words_outside(text, naming, start=0, end=len(text)) - _FILLER - _own_words(program)


def _own_words(program: Program) -> frozenset[str]:
    names = (program.id, program.name, program.short_name)
    own = (*names, program.words.record, program.words.record_short)
    return frozenset(re.findall(r"[a-z]+", " ".join(own).lower()))


def _words_outside(text: str, naming: Naming, *, start: int, end: int) -> frozenset[str]:
    """Words of that stretch that no name of the program covers; numbers do not count."""
    covered = sorted((s.start, s.end) for s in naming.spans if s.start < end and s.end > start)
    edges = [(start, start), *covered, (end, end)]
    gaps = (text[a[1] : b[0]] for a, b in pairwise(edges))
    return frozenset(re.findall(r"[a-z][a-z']*", " ".join(gaps).lower()))


def _span(place: Place) -> Span:
    return Span(start=place.start, end=place.end, id=place.set_id)


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
