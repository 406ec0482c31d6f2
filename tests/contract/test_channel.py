"""What holds for every channel, tried at its own wire; a rig tells what makes no sense for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.domain.messages import Address, Block, Choice, InboundMessage, OutboundMessage, Paragraph
from bot.domain.messages import Reply as Said
from bot.errors import DeliveryFailed, Unfetched
from tests.contract.rigs.mail import MailRig
from tests.contract.rigs.rig import LARGEST, LIMITED_FOR, Rig
from tests.contract.rigs.slack import SlackRig
from tests.contract.rigs.telegram import TelegramRig
from tests.contract.rigs.terminal import TerminalRig

RIGS: dict[str, Callable[[Path], Rig]] = {
    "terminal": TerminalRig,
    "slack, Socket Mode": lambda _: SlackRig(by_http=False),
    "slack, signed requests": lambda _: SlackRig(by_http=True),
    "telegram, long polling": lambda _: TelegramRig(by_webhook=False),
    "telegram, webhook": lambda _: TelegramRig(by_webhook=True),
    "e-mail": MailRig,
}
CANNOT = {"terminal": TerminalRig.cannot, "e-mail": MailRig.cannot}
MARKS = (
    "*bold* _slanted_ ~gone~ `code` <!channel> <@U0ADA> & &amp; > a <b@example.org> :smile: @here"
)
SENTENCES = 900  # of a long text
# The server that vendors call is the test's own and goes on until the rig is closed.
OF_TESTS = ("Server.serve", "uvicorn", "_accept_connection")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test for every channel but those whose rig says why it makes no sense there."""
    if "rig" in metafunc.fixturenames:
        test = metafunc.function.__name__
        able = [name for name in RIGS if test not in CANNOT.get(name, {})]
        metafunc.parametrize("rig", able, indirect=True)


@pytest.fixture
async def rig(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Rig]:
    """Each channel with its vendor."""
    made = await asyncio.to_thread(RIGS[request.param], tmp_path)
    try:
        yield made
    finally:
        await made.close()


class Desk:
    """Keeps what is handed over, once; or fails to."""

    def __init__(self, *, broken: bool = False) -> None:
        self.all: list[InboundMessage] = []
        self.broken = broken

    async def __call__(self, message: InboundMessage) -> bool:
        """Keeps it."""
        if self.broken:
            raise OSError("the disk is full")
        fresh = message.id not in {known.id for known in self.all}
        self.all.append(message)
        return fresh


def said(
    rig: Rig, *blocks: Block, choices: tuple[Choice, ...] = (), key: str = "k1", **more: Any
) -> OutboundMessage:
    """A message to Ada on the rig's channel."""
    nowhere = Address(channel="", value="")
    reply = Said(blocks=blocks or (Paragraph(text="Hello."),), choices=choices)
    return rig.message(OutboundMessage(key=key, to=nowhere, conversation="", reply=reply, **more))


async def test_text_arrives_with_a_stable_id_and_an_address_to_answer(rig: Rig) -> None:
    desk = Desk()
    await rig.listening(desk)

    first = await rig.say("how far am I & what is <missing>?")
    await rig.say("another")
    one, *_, other = desk.all

    assert one.text == "how far am I & what is <missing>?"
    assert one.id != other.id
    assert one.conversation == str(one.sender) == other.conversation
    assert not one.shared
    assert one.sent_at.utcoffset() is not None
    assert rig.acknowledged(first)


async def test_the_same_message_again_has_the_same_id(rig: Rig) -> None:
    desk = Desk()
    await rig.listening(desk)

    first = await rig.say("do not count me twice")
    await rig.again(first)

    assert len(desk.all) == 2
    assert len({message.id for message in desk.all}) == 1


async def test_a_file_arrives_with_name_size_and_bytes(rig: Rig, tmp_path: Path) -> None:
    desk = Desk()
    path = tmp_path / "my notes.txt"
    path.write_bytes(b"what I did")
    await rig.listening(desk)

    await rig.say("for TECH-1", path)
    (message,) = desk.all
    (attachment,) = message.attachments

    assert (message.text, attachment.name, attachment.size) == ("for TECH-1", "my notes.txt", 10)
    assert await rig.bytes_of(attachment, tmp_path) == b"what I did"


async def test_a_file_that_is_too_large_is_named_and_not_taken(rig: Rig, tmp_path: Path) -> None:
    desk = Desk()
    path = tmp_path / "film.txt"
    path.write_bytes(b"x" * (LARGEST + 1))
    await rig.listening(desk)

    await rig.say("", path)
    (attachment,) = desk.all[0].attachments

    assert (attachment.name, attachment.sha256) == ("film.txt", "")
    with pytest.raises(Unfetched) as caught:
        await rig.bytes_of(attachment, tmp_path)
    assert not caught.value.again
    assert str(caught.value).startswith("It ")


async def test_own_and_other_programs_words_are_not_heard(rig: Rig) -> None:
    desk = Desk()
    await rig.listening(desk)

    await rig.channel.send(said(rig))
    await rig.other_bot_says("I am a program too")
    await rig.say("I am not")

    assert [message.text for message in desk.all] == ["I am not"]


async def test_what_could_not_be_kept_is_not_acknowledged(rig: Rig) -> None:
    desk = Desk(broken=True)
    await rig.listening(desk)

    first = await rig.say("do not lose me")
    lost = not rig.acknowledged(first)
    desk.broken = False
    await rig.again(first)

    assert lost
    assert {message.text for message in desk.all} == {"do not lose me"}


async def test_what_is_sent_reaches_the_recipient(rig: Rig) -> None:
    await rig.listening(Desk())

    receipt = await rig.channel.send(said(rig, Paragraph(text="Two of nine are filed.")))

    assert receipt
    assert "Two of nine are filed." in "".join(rig.shown())


async def test_a_long_text_arrives_whole_and_in_order(rig: Rig) -> None:
    words = [f"Sentence {number} tells something." for number in range(SENTENCES)]
    await rig.listening(Desk())

    await rig.channel.send(said(rig, Paragraph(text=" ".join(words))))

    assert " ".join(" ".join(rig.shown()).split()) == " ".join(words)


async def test_marks_of_every_kind_arrive_as_they_are(rig: Rig) -> None:
    await rig.listening(Desk())

    await rig.channel.send(said(rig, Paragraph(text=MARKS)))

    assert MARKS in " ".join("".join(rig.shown()).split())


async def test_choices_are_offered_with_their_labels(rig: Rig) -> None:
    offered = tuple(Choice(label=f"Set {n}", says=f"choose set {n}") for n in range(8))
    await rig.listening(Desk())

    await rig.channel.send(said(rig, choices=offered))

    text = "".join(rig.shown())
    assert [choice.label for choice in offered if choice.label not in text] == []


async def test_a_picked_choice_says_its_words(rig: Rig) -> None:
    desk = Desk()
    await rig.listening(desk)

    await rig.channel.send(
        said(rig, choices=(Choice(label="Yes & go", says="submit Technology <1>"),))
    )
    await rig.pick("Yes & go")

    (message,) = desk.all
    assert message.text == "submit Technology <1>"
    assert message.conversation == str(message.sender)


async def test_the_answer_stands_in_the_thread(rig: Rig) -> None:
    desk = Desk()
    await rig.listening(desk)
    receipt, *_ = await rig.channel.send(said(rig))

    below, *_ = await rig.channel.send(
        said(rig, Paragraph(text="Below it."), key="k2", thread=receipt)
    )

    assert below != receipt
    assert rig.shown()[-1] == "Below it."


async def test_a_newer_card_takes_the_place_of_the_older(rig: Rig) -> None:
    await rig.listening(Desk())
    old = said(rig, Paragraph(text="waits"), card="submission:1")
    (receipt,) = await rig.channel.send(old)

    newer = said(rig, Paragraph(text="is decided"), key="k2", card="submission:1", replaces=receipt)

    assert await rig.channel.send(newer) == (receipt,)
    assert rig.shown() == ["is decided"]


async def test_a_limit_is_told_with_the_time_the_vendor_names(rig: Rig) -> None:
    await rig.listening(Desk())
    rig.trouble("limited")

    with pytest.raises(DeliveryFailed) as caught:
        await rig.channel.send(said(rig))

    assert (caught.value.permanent, caught.value.retry_after) == (False, LIMITED_FOR)


async def test_nobody_at_the_address_is_final(rig: Rig) -> None:
    await rig.listening(Desk())
    rig.trouble("gone")

    with pytest.raises(DeliveryFailed) as caught:
        await rig.channel.send(said(rig))

    assert (caught.value.permanent, caught.value.gone) == (True, True)


async def test_a_network_that_is_down_is_worth_another_try(rig: Rig) -> None:
    await rig.listening(Desk())
    await asyncio.to_thread(rig.trouble, "down")

    with pytest.raises(DeliveryFailed) as caught:
        await rig.channel.send(said(rig))

    assert not caught.value.permanent
    assert not caught.value.gone


async def test_listening_ends_when_cancelled_and_leaves_no_task(rig: Rig) -> None:
    before = asyncio.all_tasks()
    await rig.listening(Desk())
    await rig.channel.send(said(rig))

    await rig.hush()
    await rig.channel.close()
    await rig.channel.close()

    left = asyncio.all_tasks() - before
    assert [task for task in left if not any(name in repr(task) for name in OF_TESTS)] == []
