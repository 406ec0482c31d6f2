"""Every kind of payload that Slack sends, recorded, and what it means."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.domain.messages import Address, Attachment, InboundMessage
from channels.slack.events import EVENTS, INTERACTIONS, read
from channels.slack.heard import (
    Advised,
    Commanded,
    Filled,
    Gone,
    Heard,
    Ignored,
    Opened,
    Pressed,
    Removed,
    Said,
    Stale,
    ThreadStarted,
    Typed,
    Why,
)
from channels.slack.own import Own

RECORDINGS = Path(__file__).parent.parent / "data" / "slack"
OWN = Own(user="U04CARREL00", bot="B04CARREL00", team="T04HILLS001")
NOW = datetime(2026, 2, 25, 7, 0, tzinfo=UTC)
ADA, CARL, DOT, ZOE = "U05ADA00001", "U05CARL0001", "U05DOT00001", "U0ZOE000001"
DM, ROOM, STAFF_ROOM, GROUP = "D05ADA00001", "C05STUDIES1", "G05STAFF001", "G05MPIM0001"
ASKED = "1772000011.000100"  # Ada's question in the room
OPENS = "1772000060.4400001.0f1e2d3c4b5a"


def recorded(name: str) -> Any:
    """The payload in a file."""
    return json.loads((RECORDINGS / f"{name}.json").read_text(encoding="utf-8"))


def heard(name: str) -> Heard:
    """What the recorded payload means."""
    return read(recorded(name), OWN, now=NOW)


def alone(text: str, *, key: str, at: str, user: str = ADA, **more: Any) -> InboundMessage:
    """Words said to Carrel alone at an instant of Slack's."""
    return InboundMessage(
        id=key,
        sender=Address(channel="slack", value=user),
        conversation=f"slack:{user}",
        text=text,
        sent_at=instant(at) if at else NOW,
        **more,
    )


def picked(text: str, *, key: str, at: str, **more: Any) -> InboundMessage:
    """A choice that was picked."""
    return alone(text, key=key, at=at, apart=True, **more)


def in_dm(text: str, ts: str, **more: Any) -> InboundMessage:
    """Ada's words in her direct messages."""
    return alone(text, key=f"{DM}:{ts}", at=ts, **more)


def works(message: InboundMessage, thread: str) -> Said:
    """Ada's words, and where Slack shows that Carrel works on them."""
    return Said(message=message, status_channel=DM, status_thread=thread)


def in_room(
    text: str, ts: str, *, user: str = ADA, room: str = ROOM, thread: str = "", **more: Any
) -> InboundMessage:
    """Words that others read along, said to Carrel by name unless they are not `apart`."""
    said = alone(text, key=f"{room}:{ts}", at=ts, user=user, **{"apart": True} | more)
    return below(said, room=room, thread=thread or ts)


def below(message: InboundMessage, *, room: str, thread: str) -> InboundMessage:
    """The message as said in a thread of a room."""
    return InboundMessage(
        id=message.id,
        sender=message.sender,
        conversation=f"slack:{room}/{thread}",
        text=message.text,
        sent_at=message.sent_at,
        attachments=message.attachments,
        shared=True,
        thread=thread,
        apart=message.apart,
    )


def instant(ts: str) -> datetime:
    """The instant of a `ts` of Slack's."""
    return datetime.fromtimestamp(float(ts), UTC)


def waiting(name: str, size: int, file: str) -> Attachment:
    """A file that waits at Slack."""
    return Attachment(name=name, size=size, source=f"slack:{file}")


def refused(name: str, why: str, size: int = 0) -> Attachment:
    """A file that is not taken."""
    return Attachment(name=name, size=size, refusal=why)


def passed_over(why: Why, detail: str = "") -> Ignored:
    """A payload with which nothing is done."""
    return Ignored(why=why, detail=detail)


SAID: dict[str, Heard] = {
    "message_im": works(in_dm("What is due next?", "1772000001.000100"), "1772000001.000100"),
    "message_im_thread": works(
        in_dm("And after that?", "1772000002.000100", thread="1772000001.000100"),
        "1772000001.000100",
    ),
    "message_im_entities": works(
        in_dm(
            "Connect ada@example.org, see the page (https://example.org/a?b=1&c=2) and"
            " example.org; @U05CARL0001 and @dot in #studies say @here R&D <soon>, by 25 Feb 2026,"
            " @staff, +1 555 0100",
            "1772000003.000100",
        ),
        "1772000003.000100",
    ),
    "message_im_files": works(
        in_dm(
            "Two certificates for section 3",
            "1772000004.000100",
            attachments=(
                waiting("Certificate.pdf", 92_582, "F05CERT0001"),
                waiting("R&D.jpg", 1_048_576, "F05PHOTO001"),
            ),
        ),
        "1772000004.000100",
    ),
    "message_im_file_alone": works(
        in_dm(
            "",
            "1772000005.000100",
            attachments=(waiting("audio_message.m4a", 40_121, "F05VOICE001"),),
        ),
        "1772000005.000100",
    ),
    "message_im_files_refused": works(
        in_dm(
            "Six more",
            "1772000006.000100",
            attachments=(
                refused(
                    "Plan", "It is kept outside Slack: download it there, and send the file itself."
                ),
                refused("file", "It is not at Slack any more: send it again."),
                refused(
                    "file", "It is hidden by the limits of this Slack workspace: send it again."
                ),
                refused(
                    "Notes",
                    "It is a canvas that stands only in Slack: save it as PDF, and send that.",
                    512,
                ),
                refused("secret.pdf", "It cannot be opened from here: send the file itself.", 10),
                waiting("file", 0, "F05LATER001"),
            ),
        ),
        "1772000006.000100",
    ),
    "message_im_me": works(in_dm("is nearly done", "1772000007.000100"), "1772000007.000100"),
    "message_im_forwarded": Advised(
        user=ADA,
        words="A message that is passed on cannot be read here. Say it in your own words, or send "
        "its file itself.",
    ),
    "app_mention": Said(message=in_room("what does a certificate cost?", ASKED)),
    "message_channel_mention": Said(message=in_room("what does a certificate cost?", ASKED)),
    "app_mention_thread": Said(
        message=in_room(
            "Carl, ask it knows & tells",
            "1772000013.000200",
            user=DOT,
            thread="1772000010.000100",
        )
    ),
    "app_mention_alone": Said(message=in_room("help", "1772000014.000200", user=DOT)),
    "message_channel_thread": Said(
        message=in_room("And for two sets?", "1772000016.000100", thread=ASKED, apart=False),
        follows=True,
    ),
    "message_thread_broadcast": Said(
        message=in_room(
            "We settled it.", "1772000017.000100", user=CARL, thread=ASKED, apart=False
        ),
        follows=True,
    ),
    "message_group_file": Said(
        message=in_room(
            "file this",
            "1772000018.000100",
            room=STAFF_ROOM,
            attachments=(waiting("Second.pdf", 2_048, "F05CERT0002"),),
        )
    ),
    "message_mpim_thread": Said(
        message=in_room(
            "Thank you both",
            "1772000019.000100",
            user=DOT,
            room=GROUP,
            thread="1772000009.000100",
            apart=False,
        ),
        follows=True,
    ),
    "message_connect": Said(
        message=in_room("Good day", "1772000020.000100", user=f"T0OTHERORG1-{ZOE}")
    ),
    "message_action": Said(
        message=alone(
            "",
            key="shortcut:1772000091.4400001.aa11bb22cc33",
            at="1772000091.100200",
            attachments=(waiting("signed.pdf", 4_096, "F05SIGNED01"),),
            apart=True,
        )
    ),
    "message_action_no_files": Advised(
        user=ADA,
        words="There is no file in that message, so nothing was filed. Choose a message that has "
        "one, or send the file here.",
    ),
    "slash_command": Commanded(
        message=alone("next", key="slash:1772000093.4400001.0a0b0c0d0e0f", at="", apart=True),
        trigger="1772000093.4400001.0a0b0c0d0e0f",
    ),
    "slash_command_empty": Commanded(
        message=alone("help", key="slash:1772000093.4400001.0a0b0c0d0e0f", at="", apart=True),
        trigger="1772000093.4400001.0a0b0c0d0e0f",
    ),
}

DONE: dict[str, Heard] = {
    "app_home_opened": Opened(user=ADA),
    "app_home_opened_messages": ThreadStarted(user=ADA, channel=DM, thread=""),
    "app_uninstalled": Removed(reason="it was removed from the workspace"),
    "assistant_thread_started": ThreadStarted(user=ADA, channel=DM, thread="1772000044.000100"),
    "block_actions_form": Typed(
        id="form:V05FORM0001",
        user=ADA,
        form="decide:3",
        values={"outcome": "", "sections": "", "reason": "Two pages"},
        at=instant("1772000082.100200"),
    ),
    "block_actions_stale": Stale(user=ADA, channel=DM),
    "tokens_revoked": Removed(reason="its token was taken back"),
    "user_change_deleted": Gone(user=DOT),
    "view_closed_with_values": Typed(
        id="form:V05FORM0001",
        user=ADA,
        form="decide:3",
        values={"outcome": "", "sections": "", "reason": "Two pages"},
        at=NOW,
    ),
    "view_submission": Filled(
        id="form:V05FORM0001",
        user=ADA,
        form="decide:3",
        values={
            "outcome": "more",
            "sections": "1\n2",
            "reason": "Two pages are missing.\nSend them & we go on.",
        },
        at=NOW,
    ),
}

PASSED_OVER: dict[str, Heard] = {
    "app_context_changed": passed_over(Why.INERT, "app_context_changed"),
    "app_rate_limited": passed_over(Why.LIMITED, "app_rate_limited"),
    "assistant_thread_context_changed": passed_over(Why.INERT, "assistant_thread_context_changed"),
    "block_actions_link": passed_over(Why.INERT, "block_actions"),
    "block_actions_menu_undone": passed_over(Why.INERT, "block_actions"),
    "message_action_unknown": passed_over(Why.UNKNOWN, "message_action"),
    "message_assistant_root": passed_over(Why.SYSTEM, "assistant_app_thread"),
    "message_bot": passed_over(Why.BOT),
    "message_bot_classic": passed_over(Why.BOT, "bot_message"),
    "message_changed": passed_over(Why.EDITED, "message_changed"),
    "message_channel": passed_over(Why.NOT_ADDRESSED),
    "message_channel_join": passed_over(Why.SYSTEM, "channel_join"),
    "message_deleted": passed_over(Why.DELETED, "message_deleted"),
    "message_empty": passed_over(Why.EMPTY),
    "message_im_bad_ts": passed_over(Why.MALFORMED, "message"),
    "message_own": passed_over(Why.OWN),
    "message_own_file": passed_over(Why.OWN, "file_share"),
    "message_slackbot": passed_over(Why.BOT),
    "reaction_added": passed_over(Why.UNKNOWN, "reaction_added"),
    "shortcut_global": passed_over(Why.UNKNOWN, "shortcut"),
    "tokens_revoked_person": passed_over(Why.INERT, "tokens_revoked"),
    "url_verification": passed_over(Why.UNKNOWN, "url_verification"),
    "user_change": passed_over(Why.INERT, "user_change"),
    "view_closed": passed_over(Why.INERT, "view"),
    "view_submission_foreign": passed_over(Why.UNKNOWN, "view_submission"),
}

# label, message, channel, ts, lasting
PRESSED: dict[str, tuple[str, InboundMessage, str, str, bool]] = {
    "block_actions_button": (
        "R&D",
        picked(
            "set r&d",
            key=f"pressed:{DM}:1772000061.000100:{ADA}:94c6cc9aa833",
            at="1772000062.100200",
        ),
        DM,
        "1772000061.000100",
        False,
    ),
    "block_actions_button_thread": (
        "Help",
        below(
            picked(
                "help",
                key=f"pressed:{ROOM}:1772000063.000100:{DOT}:106a5842fc5f",
                at="1772000064.100200",
                user=DOT,
            ),
            room=ROOM,
            thread=ASKED,
        ),
        ROOM,
        "1772000063.000100",
        False,
    ),
    "block_actions_menu": (
        "Section 4",
        picked(
            "section 4",
            key=f"pressed:{DM}:1772000065.000100:{ADA}:392b19828a45",
            at="1772000066.100200",
            thread="1772000001.000100",
        ),
        DM,
        "1772000065.000100",
        False,
    ),
    "block_actions_card": (
        "Claim",
        picked(
            "claim 3",
            key=f"pressed:{STAFF_ROOM}:1772000067.000100:{CARL}:1772000068.100200",
            at="1772000068.100200",
            user=CARL,
        ),
        STAFF_ROOM,
        "1772000067.000100",
        True,
    ),
    "block_actions_home": (
        "What is missing?",
        picked("missing", key=f"pressed:home:{ADA}:1772000074.100200", at="1772000074.100200"),
        "",
        "",
        True,
    ),
}

MEANINGS = {**SAID, **DONE, **PASSED_OVER}


@pytest.mark.parametrize(("name", "meaning"), MEANINGS.items(), ids=MEANINGS)
def test_a_recorded_payload_means_this(name: str, meaning: Heard) -> None:
    assert heard(name) == meaning


@pytest.mark.parametrize("name", PRESSED)
def test_a_recorded_press_says_this(name: str) -> None:
    pressed = heard(name)

    assert isinstance(pressed, Pressed)
    assert (
        pressed.label,
        pressed.message,
        pressed.channel,
        pressed.ts,
        pressed.lasting,
    ) == PRESSED[name]
    assert pressed.trigger == OPENS
    assert bool(pressed.blocks) == bool(pressed.channel)


def test_every_recording_has_its_meaning_told() -> None:
    files = {path.stem for path in RECORDINGS.glob("*.json")}

    assert files == MEANINGS.keys() | PRESSED.keys()


def test_every_kind_of_payload_that_is_understood_is_recorded() -> None:
    bodies = [recorded(path.stem) for path in RECORDINGS.glob("*.json")]
    events = {body["event"]["type"] for body in bodies if body.get("type") == "event_callback"}
    others = {body.get("type", "command") for body in bodies}

    assert events >= EVENTS.keys()
    assert others >= INTERACTIONS.keys()


def test_a_mention_in_a_channel_is_one_message_though_slack_tells_it_twice() -> None:
    assert heard("app_mention") == heard("message_channel_mention")


def test_blocks_of_a_pressed_message_are_as_they_were_sent() -> None:
    pressed = heard("block_actions_button")

    assert isinstance(pressed, Pressed)
    assert pressed.blocks[0]["elements"][0]["elements"][0]["text"] == "R&D or not?"
