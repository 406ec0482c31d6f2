"""Numbers and places in a row, in figures and in words."""

from __future__ import annotations

from bot.domain.picking_words import ORDINALS as FIRST_TEN

ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = [
    *FIRST_TEN,
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
MOST = 1_000_000  # what is larger counts as this


def _cardinals() -> dict[str, int]:
    tens = {word: 10 * place for place, word in enumerate(TENS, start=2)}
    both = {
        f"{ten}{mark}{ONES[one]}": value + one
        for ten, value in tens.items()
        for one in range(1, 10)
        for mark in ("-", " ")
    }
    return {word: value for value, word in enumerate(ONES)} | tens | both | {"twelve": 12}


def _ordinals() -> dict[str, int]:
    known = {word: place for place, word in enumerate(_ORDINALS, start=1)}
    for mark in ("-", " "):
        known |= {f"twenty{mark}{_ORDINALS[one]}": 21 + one for one in range(9)}
        known |= {f"thirty{mark}first": 31}
    return known | {"thirtieth": 30}


CARDINALS = _cardinals()
ORDINALS = _ordinals()


def _any_of(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


WORD = rf"(?:{_any_of(CARDINALS)})"
NUMBER = rf"(?:[0-9]{{1,12}}|{WORD})"
ORDINAL_WORD = rf"(?:{_any_of(ORDINALS)})"
ORDINAL = rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)|{ORDINAL_WORD})"
DAY_NUMBER = rf"(?:{ORDINAL}|[0-9]{{1,2}})"


def number(said: str) -> int:
    """`12`, `twelve`, `twenty-one`."""
    return CARDINALS[said] if said in CARDINALS else min(int(said), MOST)


def ordinal(said: str) -> int:
    """`5th`, `fifth`, and `5` where a day is meant."""
    return ORDINALS[said] if said in ORDINALS else int(said.rstrip("stndrh"))
