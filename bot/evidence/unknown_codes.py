"""Ids like the program's that do not exist: a number too high, a slip of the hand."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from bot.domain.program import Program

_CODE_LIKE = re.compile(
    r"(?<![A-Za-z0-9-])(?P<code>[A-Za-z]{2,8})(?P<dash>[- ]?)(?P<number>\d{1,3})"
    r"(?![A-Za-z0-9]|[-/.]\d)"
)


def unknown_codes(program: Program, text: str) -> tuple[str, ...]:
    """Codes like the program's that name no competency, as ids: 'SOIL-44', 'SIOL-4'.

    A code of the program counts with any number, another word in capitals only when one slip of
    the hand makes a code of the program of it.
    """
    known = {c.id for s in program.sets for c in s.competencies}
    codes = {s.code for s in program.sets}
    found = []
    for m in _CODE_LIKE.finditer(text):
        code = m["code"].upper()
        sure = m["dash"] != " " or m["code"].isupper()
        like = m["code"].isupper() and m["dash"] != " " and _slips(code, codes)
        if (code in codes and sure) or like:
            found.append(f"{code}-{int(m['number'])}")
    return tuple(dict.fromkeys(id for id in found if id not in known))


def _slips(code: str, codes: Iterable[str]) -> bool:
    """Whether one letter wrong, missing, too many or swapped with the next makes it a code."""
    return any(OSA.distance(code, one, score_cutoff=1) == 1 for one in codes if len(one) > 2)
