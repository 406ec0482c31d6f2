"""Puts other words for a name or an e-mail address into what other people wrote."""

from __future__ import annotations

import json
import re
from typing import Any

from sqlalchemy import Connection, select, update

from bot.domain.people import Person
from storage.kept.addressed import inside_json, mentioning
from storage.tables import form_drafts, held_mails, inbox


def unname(connection: Connection, person: Person, nobody: Person) -> None:
    """`nobody` stands in place of the person in the messages and drafts of others.

    A name of a single word stays: it may be anybody's, or no name at all.
    """
    names = [(person.email, nobody.email)]
    if " " in person.name:
        names.append((person.name, nobody.name))
    for old, new in names:
        whole = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)", re.IGNORECASE)
        _in_messages(connection, old, whole, new)
        _in_held(connection, old, whole, new)
        _in_drafts(connection, old, whole, new)


def _in_messages(connection: Connection, old: str, whole: re.Pattern[str], new: str) -> None:
    for row in mentioning(connection, inbox, old):
        own = inbox.c.id == row.id
        text = _rewritten(row.message, whole, new)
        connection.execute(update(inbox).where(own).values(message=text))


def _in_held(connection: Connection, old: str, whole: re.Pattern[str], new: str) -> None:
    found = held_mails.c.message.icontains(inside_json(old), autoescape=True)
    for row in connection.execute(select(held_mails).where(found)).all():
        own = held_mails.c.code_hash == row.code_hash
        text = _rewritten(row.message, whole, new)
        connection.execute(update(held_mails).where(own).values(message=text))


def _in_drafts(connection: Connection, old: str, whole: re.Pattern[str], new: str) -> None:
    values = form_drafts.c["values"]
    found = select(form_drafts).where(values.icontains(inside_json(old), autoescape=True))
    for row in connection.execute(found).all():
        own = (form_drafts.c.person_id == row.person_id) & (form_drafts.c.form == row.form)
        text = _rewritten(row._mapping["values"], whole, new)
        connection.execute(update(form_drafts).where(own).values({values: text}))


def _rewritten(text: str, old: re.Pattern[str], new: str) -> str:
    said = _replaced(json.loads(text), old, new)
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _replaced(value: Any, old: re.Pattern[str], new: str) -> Any:
    """The same JSON with other words in its texts; its keys stay."""
    match value:
        case str():
            return old.sub(new, value)
        case list():
            return [_replaced(each, old, new) for each in value]
        case dict():
            return {key: _replaced(each, old, new) for key, each in value.items()}
        case _:
            return value
