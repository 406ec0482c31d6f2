"""Takes the words out of a message that is not to be kept; its row tells that it came."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, Table, select, update

from bot.domain.messages import InboundMessage
from storage.tables import inbox, outbox

_NOTHING_SAID = {"text": "", "attachments": [], "thread": "", "answers": ""}
_NOTHING_WRITTEN = {"sha256": "", "tag": "", "subject": ""}
_GONE = {"blocks": [{"text": "What stood here was forgotten."}], "choices": []}


def empty_said(connection: Connection, message: InboundMessage) -> None:
    """Nothing of what it says is left in the inbox; the same mail is known again all the same."""
    own = (inbox.c.channel == message.sender.channel, inbox.c.vendor_id == message.id)
    for row in connection.execute(select(inbox.c.id, inbox.c.message).where(*own)).all():
        said = {**json.loads(row.message), **_NOTHING_SAID}
        if said.get("envelope"):
            said["envelope"] = {**said["envelope"], **_NOTHING_WRITTEN}
        _put(connection, inbox, row.id, said)


def empty_asked(connection: Connection, key: str) -> None:
    """Nor in what its person was asked about it."""
    found = select(outbox.c.id, outbox.c.message).where(outbox.c.key == key)
    for row in connection.execute(found).all():
        _put(connection, outbox, row.id, {**json.loads(row.message), "reply": _GONE})


def _put(connection: Connection, table: Table, row: int, message: dict[str, Any]) -> None:
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    connection.execute(update(table).where(table.c.id == row).values(message=text))
