"""Where a caption or file name writes a competency, a set or a kind of section, as spans of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.mentions import Place, set_names, set_places
from bot.domain.picking_words import ORDINALS
from bot.domain.program import Program
from bot.domain.sections import SectionKind
from bot.domain.when.numbers import ONES

_SET_KINDS = (SectionKind.CERTIFICATE, SectionKind.STATEMENT, SectionKind.LETTER)
# Ordinary English for the kinds of section; names of a program's own come from its pack.
_KIND_WORDS: dict[str, tuple[str, ...]] = {
    SectionKind.CERTIFICATE: (
        "certificate", "cert", "course certificate", "certificate of completion",
        "completion certificate", "course completion certificate",
        "certificate of course completion", "course completion",
    ),
    SectionKind.STATEMENT: ("statement", "learning statement", "personal statement"),
    SectionKind.LETTER: ("achievement letter", "letter of achievement"),
    "resume": ("resume", "cv", "curriculum vitae", "vita"),
    "application": ("application", "application form", "enrollment form", "enrolment form"),
    "acceptance": (
        "acceptance letter", "letter of acceptance", "acceptance",
        "admission letter", "letter of admission",
    ),
}  # fmt: skip
_CARDINALS = ONES[2:13]  # two to twelve
_NUMBERS = {word: str(n) for n, word in enumerate(_CARDINALS, 2)} | {
    word: f"{n}th" for n, word in enumerate(ORDINALS, 1)
}
_MARKER = r"(?:competency|competence|comp\.?|number|no\.?|nr\.?|item|#)"
_ONE = r"#?0?(\d{1,2})(?!\d|[-/.]\d)"
# A bare number after a name counts when nothing that could be counted follows it.
_TAIL = r"(?=\s*(?:$|[,.;:!?)&+/|-]|(?:and|please|too|also|of|for|is|as|or|but)\b))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters `start` to `end` that name `id`: a competency, a section, a kind or a set."""

    start: int
    end: int
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Everything found; a set inside a competency's name is not listed again."""

    paths: tuple[Span, ...]
    competencies: tuple[Span, ...]
    sets: tuple[Place, ...]
    kinds: tuple[Span, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """All of them."""
        sets = (Span(start=p.start, end=p.end, id=p.set_id) for p in self.sets)
        return (*self.paths, *self.competencies, *sets, *self.kinds)


def plain(text: str) -> str:
    """The text without accents, underscores, camel case, typographic dashes or an extension."""
    folded = unicodedata.normalize("NFKD", text)
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    folded = re.sub(r"[\u2010-\u2015]", "-", folded).replace("\u2019", "'")
    folded = re.sub(r"\.[A-Za-z]{2,4}\d?\s*$", "", folded)
    folded = re.sub(r"_|\+|%20", " ", folded)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", folded)


def find(program: Program, text: str) -> Naming:
    """The names in a plain text."""
    paths = tuple(_paths(program, text))
    competencies = tuple(_outside(_competencies(program, text), paths))
    taken = (*paths, *competencies)
    sets = tuple(p for p in set_places(program, text) if not _overlaps(p, taken))
    return Naming(
        paths=paths,
        competencies=competencies or tuple(_of_the_only_set(program, text, sets)),
        sets=sets,
        kinds=tuple(_outside(_kinds(program, text), taken)),
    )


def kind_phrases(program: Program) -> dict[str, str]:
    """Each phrase that names a kind of section, in lower case, with the kind or section id."""
    words = {phrase: kind for kind, phrases in _KIND_WORDS.items() for phrase in phrases}
    for kind in _SET_KINDS:
        own = getattr(program.words, kind.value).lower()
        words |= dict.fromkeys([p for p in re.split(r"[()]", own) if p.strip()], kind.value)
    for section in program.sections:
        if section.kind is SectionKind.RECORD:
            words |= {section.title.lower(): section.id, section.id: section.id}
    return {phrase.strip(): kind for phrase, kind in words.items()}


def _kinds(program: Program, text: str) -> Iterator[Span]:
    known = {s.id for s in program.sections if s.kind is SectionKind.RECORD} | set(SectionKind)
    phrases, initials = kind_phrases(program), _initials(program)
    pattern = rf"(?<![A-Za-z-])(?:(?i:{_any(phrases)})|{_any(initials)})(?![A-Za-z-])"
    for m in re.finditer(pattern, text):
        kind = initials.get(m[0]) or phrases[m[0].lower()]
        if kind in known:
            yield Span(start=m.start(), end=m.end(), id=kind)


def _initials(program: Program) -> dict[str, str]:
    """'PLS' for a personal learning statement; in capitals only, so that 'pls' stays a word."""
    own = {kind: getattr(program.words, kind.value).split("(")[0] for kind in _SET_KINDS}
    return {"".join(w[0] for w in text.split()).upper(): kind for kind, text in own.items()}


def _paths(program: Program, text: str) -> Iterator[Span]:
    names, phrases = _names(program), kind_phrases(program)
    known = {s.id for s in program.sections}
    pattern = rf"(?<![\w-])({_any(names)})\s*/\s*({_any(phrases)})(?![\w-])"
    for m in re.finditer(pattern, text, re.IGNORECASE):
        id = f"{names[m[1].lower()]}/{phrases[m[2].lower()]}"
        if id in known:
            yield Span(start=m.start(), end=m.end(), id=id)


def _competencies(program: Program, text: str) -> list[Span]:
    names = _names(program)
    codes = _any(s.code for s in program.sets)
    every = _any(names)
    between = rf"(?:\s+set)?[\s,:(-]*(?:{_MARKER}\s*)"
    patterns = (
        rf"(?<![A-Za-z0-9])(?P<set>{codes})[\s.:-]*{_MARKER}?\s*{_ONE}",
        rf"(?<![\w-])(?P<set>{every}){between}{_ONE}",
        rf"(?<![\w-])(?P<set>{every})(?:\s+set)?[\s-]+{_ONE}{_TAIL}",
        rf"(?<![\w])(?:{_MARKER}\s*)(\d{{1,2}})\s*(?:of|in|for|from|under|,|-|:|\()?\s*"
        rf"(?:the\s+|my\s+)?(?P<set>{every})(?![\w-])",
        rf"(?<![\w])(\d{{1,2}})(?:st|nd|rd|th)\s+(?:competency|one|item)\s+(?:of|in|for|from)\s+"
        rf"(?:the\s+|my\s+)?(?P<set>{every})(?![\w-])",
    )
    found: list[Span] = []
    text = _digits(text)
    for pattern in patterns:
        for m in re.finditer(pattern, text, re.IGNORECASE):
            number = next(g for g in m.groups() if g and g.isdigit())
            found += _outside(_listed(program, names[m["set"].lower()], m, number=number), found)
    return sorted(found, key=lambda s: s.start)


def _listed(program: Program, set_id: str, match: re.Match[str], *, number: str) -> list[Span]:
    """The competency found and those whose numbers follow: 'ABC 3, 4 and 5'."""
    known = {c.id for c in program.set(set_id).competencies}
    code, end = program.set(set_id).code, match.end()
    spans = [Span(start=match.start(), end=end, id=f"{code}-{int(number)}")]
    more = re.compile(rf"\s*(?:,|&|\+|/|and)\s*(?:and\s*)?{_ONE}{_TAIL}")
    while match[0].endswith(number) and (m := more.match(match.string, end)):
        end = m.end()
        spans.append(Span(start=m.start(1), end=end, id=f"{code}-{int(m[1])}"))
    return [s for s in spans if s.id in known]


def _of_the_only_set(program: Program, text: str, sets: tuple[Place, ...]) -> Iterator[Span]:
    """'competency 8' in a text that names one set means that set's."""
    m = re.search(rf"(?<!\w){_MARKER}\s*#?(\d{{1,2}})(?!\d)", _digits(text), re.IGNORECASE)
    if m and len({p.set_id for p in sets}) == 1:
        owner = program.set(sets[0].set_id)
        id = f"{owner.code}-{int(m[1])}"
        if id in {c.id for c in owner.competencies}:
            yield Span(start=m.start(), end=m.end(), id=id)


def _digits(text: str) -> str:
    """Number words as digits, padded so that every place in the text stays where it was."""

    def padded(match: re.Match[str]) -> str:
        return _NUMBERS[match[0].lower()].rjust(len(match[0]))

    return re.sub(rf"\b(?:{_any(_NUMBERS)})\b", padded, text, flags=re.IGNORECASE)


def _names(program: Program) -> dict[str, str]:
    names = {n.lower(): s.id for s in program.sets for n in set_names(s)}
    return names | {s.code.lower(): s.id for s in program.sets}


def _any(phrases: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(phrases, key=len, reverse=True))) or r"(?!)"


def _outside(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    kept = tuple(taken)
    return [s for s in spans if not _overlaps(s, kept)]


def _overlaps(span: Span | Place, others: Iterable[Span]) -> bool:
    return any(span.start < o.end and o.start < span.end for o in others)
