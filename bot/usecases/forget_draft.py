"""Forget what was typed into a form once it has arrived; what was typed since stays."""

from __future__ import annotations

from collections.abc import Collection

from bot.domain.form_text import paragraphs_in
from bot.domain.forms import RATE, form_key
from bot.domain.people import Person
from bot.domain.statement import Paragraphs
from bot.ports import UnitOfWork


def forget_text(uow: UnitOfWork, person: Person, key: str, *, arrived: Paragraphs) -> None:
    """Drops the draft of a statement when it is the text that arrived."""
    if paragraphs_in(uow.drafts.kept(person, key)) == arrived:
        uow.drafts.drop(person, key)


def forget_ratings(uow: UnitOfWork, person: Person, number: int, *, left: Collection[str]) -> None:
    """Drops the draft of ratings when nothing in it is left to rate."""
    key = form_key(RATE, number)
    typed = {name.partition(":")[2] for name in uow.drafts.kept(person, key)}
    if typed.isdisjoint(left):
        uow.drafts.drop(person, key)
