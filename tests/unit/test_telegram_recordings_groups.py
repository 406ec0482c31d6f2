"""What is said in groups at Telegram, recorded, and what it means."""

from __future__ import annotations

import pytest

from bot.domain.messages import Address
from channels.telegram.heard import Advised, Heard, Moved, Why
from tests.unit.recorded_telegram import (
    CARL,
    FORUM,
    GROUP,
    SMALL,
    advised,
    heard,
    in_room,
    passed_over,
    waiting,
)

NOT_ADDRESSED = passed_over(Why.NOT_ADDRESSED)
ANONYMOUS = (
    "I cannot know who you are while you write in the name of a group or a channel. Write to me as "
    "yourself, or talk to me alone."
)
BECAME_SUPER = Moved(
    room=Address(channel="telegram", value="-440011"),
    to=Address(channel="telegram", value="-1001234500004"),
)

ADDRESSED: dict[str, Heard] = {
    "group_mention": in_room("what does a certificate cost?", 100),
    "group_mention_emoji": in_room(
        "\U0001f468\u200d\U0001f469\u200d\U0001f467\U0001d54f Carl, ask it knows \U0001f600",
        101,
        user=CARL,
    ),
    "group_text_mention": in_room("when is it due?", 102),
    "group_mention_alone": in_room("help", 103),
    "group_mention_caption": in_room(
        "\U0001f4c4 for set 2",
        106,
        attachments=(waiting("photo-106.jpg", 99_001, "AgACAgIAAxkBGphoto"),),
    ),
    "group_command": in_room("when due", 107),
    "group_command_bare": in_room("help costs", 108),
    "group_reply": in_room("And for two sets?", 112, user=CARL, reply="41", apart=False),
    "group_reply_mention": in_room("and for three?", 113, reply="41"),
    "group_reply_sticker": advised("A sticker", 115, chat=GROUP),
    "group_mention_to_others": in_room("help", 117, chat=SMALL, user=CARL),
    "topic_mention": in_room("help", 120, chat=FORUM, topic="#77"),
    "topic_reply": in_room(
        "For all?", 122, chat=FORUM, topic="#77", user=CARL, reply="119", apart=False
    ),
    "topic_general": in_room("help", 123, chat=FORUM),
    "topic_general_reply": in_room("Sure?", 124, chat=FORUM, reply="119", apart=False),
    "anonymous_admin": Advised(chat=GROUP, post=130, words=ANONYMOUS),
    "as_channel": Advised(chat=GROUP, post=132, words=ANONYMOUS),
}
TO_OTHERS: dict[str, Heard] = {
    "group_mention_in_code": NOT_ADDRESSED,
    "group_mention_other": NOT_ADDRESSED,
    "group_command_other_bot": NOT_ADDRESSED,
    "group_command_unknown": NOT_ADDRESSED,
    "group_talk": NOT_ADDRESSED,
    "group_reply_other_bot_command": NOT_ADDRESSED,
    "group_reply_to_others": NOT_ADDRESSED,
    "topic_talk": NOT_ADDRESSED,
    "anonymous_admin_talk": NOT_ADDRESSED,
    "automatic_forward": NOT_ADDRESSED,
}
NOBODY_SAID: dict[str, Heard] = {
    "other_bot": passed_over(Why.BOT),
    "own_message": passed_over(Why.BOT),
    "new_chat_members": passed_over(Why.SYSTEM, "new_chat_members"),
    "left_chat_member": passed_over(Why.SYSTEM, "left_chat_member"),
    "new_chat_title": passed_over(Why.SYSTEM, "new_chat_title"),
    "forum_topic_created": passed_over(Why.SYSTEM, "forum_topic_created"),
    "video_chat_started": passed_over(Why.SYSTEM, "video_chat_started"),
    "boost_added": passed_over(Why.SYSTEM, "boost_added"),
    "migrate_to": BECAME_SUPER,
    "migrate_from": BECAME_SUPER,
}
IN_GROUPS = ADDRESSED | TO_OTHERS | NOBODY_SAID


@pytest.mark.parametrize("name", ADDRESSED)
def test_what_is_said_to_carrel_in_a_group_is_heard(name: str) -> None:
    assert heard(name) == ADDRESSED[name]


@pytest.mark.parametrize("name", TO_OTHERS)
def test_what_is_said_to_others_is_passed_over(name: str) -> None:
    assert heard(name) == TO_OTHERS[name]


@pytest.mark.parametrize("name", NOBODY_SAID)
def test_what_no_person_said_to_carrel_is_no_message(name: str) -> None:
    assert heard(name) == NOBODY_SAID[name]
