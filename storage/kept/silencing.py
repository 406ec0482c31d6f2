"""Takes what others were told about a person out of their messages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, select, update

from bot.domain.messages import Address
from bot.domain.people import Person
from storage.kept.held_bytes import names_in
from storage.tables import comments, gathered, handovers, outbox, statements, turns

_ROWS_AT_ONCE = 500
_SHORTEST, _LONGEST = 20, 60  # characters by which words are known to be the person's


def own_words(
    connection: Connection, person: Person, addresses: Sequence[Address]
) -> frozenset[str]:
    """How everything begins that the person asked, wrote or said, as it stands in messages."""
    found = {
        *_texts(connection, select(statements.c.paragraphs), statements.c.person_id == person.id),
        *_texts(connection, select(comments.c.text), comments.c.author_id == person.id),
    }
    asked = select(handovers.c.question, handovers.c.more)
    found.update(_texts(connection, asked, handovers.c.person_id == person.id))
    for address in addresses:
        at = (handovers.c.channel == address.channel) & (handovers.c.value == address.value)
        found.update(_texts(connection, asked, at))
        at = (turns.c.channel == address.channel) & (turns.c.value == address.value)
        found.update(_texts(connection, select(turns.c.question), at))
    lines = (line.strip()[:_LONGEST] for text in found for line in text.splitlines()[:1])
    return frozenset(json.dumps(line, ensure_ascii=False)[1:-1] for line in lines if _tells(line))


def silence(
    connection: Connection,
    person: Person,
    addresses: Sequence[Address],
    *,
    words: frozenset[str],
    gone: frozenset[str],
) -> frozenset[str]:
    """Blanks every message that names the person, quotes them, or brings bytes that are gone.

    A mail address of theirs is a name; an account's number on another channel may be any number.

    Gives the cards among them, which still stand on their channels as they were.
    """
    mails = {each.value for each in addresses if "@" in each.value} | {person.email}
    is_about = _about(person, mails, words=words, gone=gone)
    query = select(outbox.c.id, outbox.c.message, outbox.c.finished_at, outbox.c.card)
    rows = connection.execute(query.execution_options(yield_per=_ROWS_AT_ONCE))
    found = [row for row in rows if is_about(row.message, row.finished_at is not None)]
    said = {"text": f"This was about person {person.id}, who was erased; its words are gone."}
    for row in found:
        message = {**json.loads(row.message), "reply": {"blocks": [said], "choices": []}}
        text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
        own = outbox.c.id == row.id
        connection.execute(update(outbox).where(own).values(message=text, offers=False))
    _silence_gathered(connection, is_about, {"blocks": [said], "choices": []})
    return frozenset(row.card for row in found if row.card)


def _silence_gathered(
    connection: Connection, is_about: Callable[[str, bool], bool], said: dict[str, Any]
) -> None:
    """The same for what waits for digests, or was told by one."""
    query = select(gathered.c.key, gathered.c.reply, gathered.c.message)
    rows = connection.execute(query.execution_options(yield_per=_ROWS_AT_ONCE))
    found = [row.key for row in rows if is_about(row.reply, row.message != "")]
    for key in found:
        own = gathered.c.key == key
        connection.execute(update(gathered).where(own).values(reply=json.dumps(said)))


def _about(
    person: Person, mails: set[str], *, words: frozenset[str], gone: frozenset[str]
) -> Callable[[str, bool], bool]:
    """Whether a message is about the person; `sent` tells that it has left.

    A name of a single word may be any word, so it counts only as it is written, and only in what
    has left already.
    """
    called = mails | {person.name} if " " in person.name else mails
    whole = _whole(called, re.IGNORECASE)
    single = _whole({person.name}, re.NOFLAG)

    def is_about(message: str, sent: bool) -> bool:
        return bool(
            whole.search(message)
            or (sent and single.search(message))
            or any(each in message for each in words)
            or not gone.isdisjoint(names_in(message))
        )

    return is_about


def _whole(names: set[str], flags: re.RegexFlag) -> re.Pattern[str]:
    inside = (re.escape(json.dumps(name, ensure_ascii=False)[1:-1]) for name in sorted(names))
    return re.compile(rf"(?<!\w)(?:{'|'.join(inside)})(?!\w)", flags)


def _texts(connection: Connection, query: Select[Any], own: Any) -> Iterator[str]:
    for row in connection.execute(query.where(own)):
        for value in row:
            yield from (value,) if isinstance(value, str) else value


def _tells(line: str) -> bool:
    return len(line) >= _SHORTEST
