"""A mailbox that holds very many mails already: none of them is fetched, now or at a new start.

`CARREL_TEST_SCALE` is how many there are.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from tests.mail.dovecot import Dovecot
from tests.mail.liar import Liar
from tests.mail.reader import Reader, mail, processed, put

MANY = int(os.environ.get("CARREL_TEST_SCALE", "2000"))


async def test_of_a_full_mailbox_only_what_is_new_is_taken(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    old = (mail("long ago", number=n) for n in range(MANY))
    await asyncio.to_thread(dovecot.put, old)
    reader = Reader.of(dovecot, tmp_path)
    async with reader.reading():
        assert f"{MANY:,} mails lay in the mailbox" in reader.told[-1][1]
        await put(dovecot, "first")
        await reader.until(processed(dovecot, 1))
    await put(dovecot, "second")
    async with reader.reading():
        await reader.until(processed(dovecot, 2))
        place = reader.places.place(reader.access.name)

    assert reader.texts == ["first", "second"]
    assert reader.again == []
    assert dovecot.count() == MANY
    assert place
    assert place.next_uid == MANY + 3


async def test_of_a_full_mailbox_nothing_old_is_asked_for(tmp_path: Path) -> None:
    liar = Liar.of(mail("long ago", number=n) for n in range(MANY))
    async with liar.serving():
        reader = liar.reader(tmp_path)
        async with reader.reading():
            pass
        liar.folders["INBOX"][MANY + 1] = mail("new")
        async with reader.reading():
            await reader.until(lambda: reader.kept)

    assert liar.said.count("BODY.PEEK[]") == 1
    assert liar.said.count("RFC822.SIZE") == 1
    assert reader.texts == ["new"]
