"""Messages come out of the queues as they went in."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.messages import (
    Address,
    Attachment,
    Bar,
    Bullets,
    Chart,
    OutboundMessage,
    Paragraph,
    Quotation,
    Reply,
)
from bot.ports import UnitOfWork
from storage.database import open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.contract.examples import NOW, inbound
from tests.contract.work import LEASE, must_claim, receive


def test_a_message_comes_out_as_it_went_in(unit: UnitOfWork) -> None:
    message = replace(
        inbound(text="Grüße \0 ' OR 1=1; -- 😀"),
        attachments=(Attachment(name="a/b.pdf", size=3, sha256="ab"), Attachment(name="", size=0)),
    )
    receive(unit, message)

    assert must_claim(unit).item == message


words = st.text(st.characters(codec="utf-8"), max_size=12)
blocks = st.one_of(
    st.builds(Paragraph, text=words),
    st.builds(Bullets, items=st.lists(words, max_size=3).map(tuple)),
    st.builds(Quotation, text=words, document=words, heading=words, dated=words),
    st.builds(
        Chart,
        title=words,
        bars=st.lists(
            st.builds(Bar, label=words, done=st.integers(0, 20), total=st.just(20), note=words),
            max_size=2,
        ).map(tuple),
        footer=words,
        alt=words,
    ),
)


@given(parts=st.lists(blocks, max_size=5).map(tuple))
@settings(max_examples=60, deadline=None)
def test_every_reply_comes_out_of_the_outbox_as_it_went_in(parts: tuple[Paragraph, ...]) -> None:
    message = OutboundMessage(
        key="k",
        to=Address(channel="talk", value="ada"),
        conversation="c",
        reply=Reply(blocks=parts),
    )
    with open_database("sqlite://") as database, SqlUnitOfWork(database.engine) as unit:
        unit.outbox.add(message, due=NOW)
        claimed = unit.outbox.claim(now=NOW, lease_seconds=LEASE, channels=["talk"])

    assert claimed is not None
    assert claimed.item == message
