"""Which lines of a mail are quoted, and where the mail that it answers or passes on begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from channels.email.own_words import separator
from channels.email.own_words.credit import Sure, credit_ending
from channels.email.own_words.header_block import block_end
from channels.email.own_words.line import Line, Mark, plain
from channels.email.own_words.own_mail import own_mail_end

MOST_RULES = 6  # lines between older words and the person's


class Kind(Enum):
    """What a line is."""

    OWN = auto()
    BLANK = auto()
    QUOTE = auto()
    CREDIT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """A mail's lines, parted: of each line before `end` its kind; below it are older words.

    `passed_on` tells that these are to be read all the same, since somebody forwards them.
    """

    kinds: tuple[Kind, ...]
    end: int
    passed_on: bool = False


def parted(lines: Sequence[Line], *, forward: bool, ours: frozenset[str]) -> Parted:
    """Where the person's lines end. `ours` are addresses whose words are nobody's own here.

    Older words that nothing of the person stands above are theirs, in doubt: they may have
    answered below, or passed it on with no word. Only what we wrote ourselves is surely not.
    """
    kinds = [_kind(line) for line in lines]
    below = _first_below(kinds)
    at, answered = 0, False
    while at < len(lines):
        line = lines[at]
        if separator.heads_forwarded(line.text) and not _is_credited(kinds[:at]):
            return Parted(kinds=tuple(kinds[:at]), end=at, passed_on=True)
        skipped = kinds[at] is Kind.BLANK or (
            kinds[at] is Kind.QUOTE and line.mark is not Mark.HISTORY
        )
        start, end = (at, at) if skipped else _older(lines, at, kinds=kinds, below=below)
        if start == end:
            at += 1
            continue
        alone = end == at + 1 and not separator.heads_original(line.text)
        known = line.mark is Mark.HISTORY or (not alone and _is_ours(lines, start, ours))
        if known and Kind.OWN not in kinds[:start] and (ours_to := own_mail_end(lines, end)):
            kinds[start:ours_to] = [Kind.CREDIT] * (ours_to - start)
            at = ours_to  # nothing is above our mail: an answer may stand below it
            answered = True
            continue
        if known or answered or Kind.OWN in kinds[:start]:
            return Parted(kinds=tuple(kinds[:start]), end=start, passed_on=forward)
        if forward:
            return Parted(kinds=tuple(kinds[:start]), end=start, passed_on=True)
        if alone:
            kinds[start:end] = [Kind.CREDIT] * (end - start)
        at = end
    return Parted(kinds=tuple(kinds), end=len(lines))


def _kind(line: Line) -> Kind:
    if line.depth:
        return Kind.QUOTE
    return Kind.OWN if plain(line.text) else Kind.BLANK


def _is_credited(kinds: Sequence[Kind]) -> bool:
    """Whether the last lines are quoted, so that what follows among them is quoted too."""
    last = next((kind for kind in reversed(kinds) if kind is not Kind.BLANK), Kind.BLANK)
    return last in (Kind.QUOTE, Kind.CREDIT)


def _first_below(kinds: Sequence[Kind]) -> list[Kind]:
    """For each line, the kind of the first below it that is not blank."""
    found = [Kind.BLANK] * len(kinds)
    for at in range(len(kinds) - 2, -1, -1):
        found[at] = kinds[at + 1] if kinds[at + 1] is not Kind.BLANK else found[at + 1]
    return found


def _older(
    lines: Sequence[Line], at: int, *, kinds: list[Kind], below: Sequence[Kind]
) -> tuple[int, int]:
    """The lines that head older words if one of them is `at`; an empty range if none does.

    A credit with a quotation below it heads no more than that, and is only told as a `CREDIT`.
    """
    line = lines[at]
    if line.mark is Mark.HISTORY or separator.asks_above(line.text):
        return at, at + 1
    if separator.heads_original(line.text):
        return at, max(at + 1, _block_below(lines, at + 1))
    end = block_end(lines, at, ruled=_is_ruled(lines, at))
    if end > at:
        return _above_rules(lines, at), end
    barred = at + 2 < len(lines) and any(
        one.text.startswith("| ") for one in lines[at + 1 : at + 3]
    )
    quoted = below[at] is Kind.QUOTE
    start, told = credit_ending(lines, at, quoted=quoted or barred)
    if told is Sure.NOT:
        return at, at
    if quoted or below[at] is Kind.BLANK:
        kinds[start : at + 1] = [Kind.CREDIT] * (at + 1 - start)
        return at, at
    return start, at + 1


def _block_below(lines: Sequence[Line], at: int) -> int:
    top = at
    while at < len(lines) and at - top < MOST_RULES and not plain(lines[at].text):
        at += 1
    return block_end(lines, at, ruled=True) if at < len(lines) else at


def _is_ruled(lines: Sequence[Line], at: int) -> bool:
    return _above_rules(lines, at) < at


def _above_rules(lines: Sequence[Line], at: int) -> int:
    """The first of the rules that stand above a line, if only blank lines lie between."""
    first = at
    top = max(0, at - MOST_RULES)
    while at > top and (not plain(lines[at - 1].text) or separator.is_rule(lines[at - 1].text)):
        at -= 1
        first = at if separator.is_rule(lines[at].text) else first
    return first


def _is_ours(lines: Sequence[Line], at: int, ours: frozenset[str]) -> bool:
    """Whether what follows was written by us."""
    head = " ".join(plain(line.text) for line in lines[at : at + 3])
    return any(address in head for address in ours)
