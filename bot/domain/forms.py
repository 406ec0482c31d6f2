"""A form: what somebody fills in where a channel can show one, and the words it stands for."""

from __future__ import annotations

from dataclasses import dataclass

# Kinds of forms: what a key begins with, before the number or the set that it is about.
STATEMENT = "statement"
RATE = "rate"
DECIDE = "decide"
MORE = "more"
ANSWER = "answer"
ASK_STAFF = "ask-staff"
CONNECT = "connect"
LINK = "link"

VERSION = "version"  # the name by which a draft keeps the version that it was made from
LONGEST_TITLE = 24  # characters: no channel cuts a title so short


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of several answers: `value` is what is kept, `label` what people read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A place to fill in: one of `options`, several of them with `many`, or else words.

    `value` is what stands there at first (several options: one a line), `longest` how many
    characters fit.
    """

    name: str
    label: str
    hint: str = ""
    options: tuple[Option, ...] = ()
    many: bool = False
    value: str = ""
    longest: int = 3_000
    lines: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form for one person. `key` names what it is about and is given back with the answers.

    `keeps_draft` says that what is typed is worth keeping when the form is closed unfinished.
    """

    key: str
    title: str
    intro: str
    fields: tuple[Field, ...]
    submit: str
    keeps_draft: bool = False


def form_key(kind: str, subject: int | str = "", version: int | None = None) -> str:
    """The key of a form of that kind about a number or a set's id, or about neither.

    With the `version` of what the form was made from, where its words take that version's place.
    """
    about = f"{kind}:{subject}" if subject else kind
    return about if version is None else f"{about}:{version}"


def draft_key(key: str) -> str:
    """The key under which a form's draft is kept: the same for every version."""
    return ":".join(key.split(":")[:2])


def version_in(key: str) -> str:
    """The version that a form with that key was made from; empty when it names none."""
    return ":".join(key.split(":")[2:])


def short_title(words: str) -> str:
    """The words as a form's title: of too many the last ones, which say what it is."""
    said = words.split()
    while len(said) > 1 and len(" ".join(said)) > LONGEST_TITLE:
        said = said[1:]
    title = " ".join(said)
    return title[:1].upper() + title[1:]
