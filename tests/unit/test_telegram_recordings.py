"""Every kind of message that people send at Telegram, recorded, and what it means."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from aiogram.enums import ContentType
from aiogram.types import Update
from aiogram.types.base import TelegramObject

from channels.telegram.attached import KINDS
from channels.telegram.content import SERVICE, UNUSABLE
from channels.telegram.heard import Advised, Heard, Why
from tests.unit.recorded_telegram import (
    ADA,
    NAMES,
    advised,
    alone,
    heard,
    passed_over,
    recorded,
    refused,
    sent,
)
from tests.unit.test_telegram_recordings_groups import IN_GROUPS
from tests.unit.test_telegram_recordings_others import OTHERS

# Telegram still sends these, for bots that are older than what replaced them.
FORMER = {"thumb", "all_members_are_administrators"}
FORMER |= {"new_chat_member", "new_chat_participant", "left_chat_participant"}
TOO_LARGE = (
    "It is larger than the 20 MB that I can take here: send a smaller copy or parts of it, or send "
    "it on Slack."
)
RICH = (
    "A message that is laid out like a page cannot be read here. Send its words as an ordinary "
    "message, or send it as a file."
)

WORDS: dict[str, Heard] = {
    "text": alone("What is due next?", 1),
    "text_entities": alone(
        "\U0001f44b\U0001f3fd Hi see the page (https://example.org/a?b=1&c=2), https://example.org"
        " and @ada_lind \U0001f600 today",
        2,
    ),
    "text_mention_alone": alone("help", 3),
    "start_code": alone("/start K7QW-2M9D", 4, apart=True),
    "start": alone("/start", 5, apart=True),
    "command": alone("/write_statement for set 2", 6, apart=True),
    "command_lines": alone("/ask May Dot have\none more week?", 7, apart=True),
    "path_no_command": alone("/home/ada is where it lies", 8),
    "reply_to_carrel": alone("The second", 9, answers="41"),
    "reply_to_carrel_quote": alone("2", 10, answers="41"),
    "reply_to_herself": alone("I mean this", 11),
    "reply_elsewhere": alone("Is this for me?", 12),
    "private_topic": alone("And in here?", 13),
    "forwarded": alone("The deadline is in May.", 14),
    "forwarded_channel": alone("New rules & dates", 15),
    "via_bot": alone("Sun, 21 degrees", 16),
    "scheduled_offline": alone("progress", 17),
}
FILES: dict[str, Heard] = {
    "photo": sent("photo-20.jpg", 152_003, "AgACAgIAAxkBAlarge", 20),
    "photo_caption": sent(
        "photo-21.jpg",
        161_003,
        "AgACAgIAAxkBBlarge",
        21,
        text="\U0001f393 Signed for section 3",
    ),
    "live_photo": sent("photo-22.jpg", 99_123, "AgACAgIAAxkBCstill", 22),
    "album_1": sent(
        "Essay one.pdf",
        81_234,
        "BQACAgIAAxkBAlbumA",
        23,
        text="Two essays for set 1",
        batch="13579000000001",
    ),
    "album_2": sent("Essay two.pdf", 71_234, "BQACAgIAAxkBAlbumB", 24, batch="13579000000001"),
    "document": sent("Certificate.pdf", 92_582, "BQACAgIAAxkBDoc0001", 25),
    "document_odd_name": sent("r&dfdp <final> .exe", 512, "BQACAgIAAxkBDoc0002", 26),
    "document_nameless": sent("document-27.pdf", 4_096, "BQACAgIAAxkBDoc0003", 27),
    "document_bare": sent("document-28", 0, "BQACAgIAAxkBDoc0004", 28),
    "document_too_large": refused("Recording.mov", 20_971_521, TOO_LARGE, 29),
    "document_just_fits": sent("Recording.mov", 20_971_520, "BQACAgIAAxkBDoc0006", 30),
    "document_huge": refused("Lecture.mkv", 3_900_000_000, TOO_LARGE, 31, text="for set 1"),
    "voice": sent("voice-32.ogg", 40_121, "AwACAgIAAxkBVoice01", 32),
    "audio": sent("audio-33.m4a", 3_200_111, "CQACAgIAAxkBAudio01", 33),
    "audio_named": sent("Talk of Dot.mp3", 3_200_111, "CQACAgIAAxkBAudio02", 34),
    "video": sent("video-35.mp4", 9_100_111, "BAACAgIAAxkBVideo01", 35, text="At the fair"),
    "video_note": sent("video-note-36.mp4", 812_001, "DQACAgIAAxkBNote0001", 36),
    "animation": sent("steps.gif.mp4", 70_012, "CgACAgIAAxkBAnim001", 37),
    "forwarded_document": sent("Letter.pdf", 3_001, "BQACAgIAAxkBFwd0001", 38),
    "paid_media": refused(
        "paid-media-39",
        0,
        "It is shown only to those who pay for it: send the file itself.",
        39,
        text="my certificate",
    ),
}
UNUSED: dict[str, Heard] = {
    "sticker": advised("A sticker", 50),
    "location": advised("A place on the map", 51),
    "venue": advised("A place on the map", 52),
    "contact": advised("A contact", 53),
    "poll": advised("A poll", 54),
    "dice": advised("A throw of the dice", 55),
    "story": advised("A story", 56),
    "game": advised("A game", 57),
    "checklist": advised("A checklist", 58),
    "giveaway": advised("A giveaway", 59),
    "giveaway_winners": advised("A giveaway", 60),
    "rich_message": Advised(chat=ADA, post=61, words=RICH),
    "invoice": advised("An invoice", 62),
    "unsupported": advised("That", 63),
}
# Telegram itself tells these, in a chat that somebody has with Carrel.
TOLD: dict[str, Heard] = {
    "pinned": passed_over(Why.SYSTEM, "pinned_message"),
    "pinned_inaccessible": passed_over(Why.SYSTEM, "pinned_message"),
    "web_app_data": passed_over(Why.SYSTEM, "web_app_data"),
    "auto_delete_timer": passed_over(Why.SYSTEM, "message_auto_delete_timer_changed"),
    "users_shared": passed_over(Why.SYSTEM, "users_shared"),
    "chat_background_set": passed_over(Why.SYSTEM, "chat_background_set"),
    "write_access_allowed": passed_over(Why.SYSTEM, "write_access_allowed"),
}
ALONE = WORDS | FILES | UNUSED | TOLD


@pytest.mark.parametrize("name", ALONE)
def test_what_is_sent_to_carrel_alone_has_its_meaning(name: str) -> None:
    assert heard(name) == ALONE[name]


def test_every_recording_has_a_meaning_that_was_written_down() -> None:
    assert sorted([*ALONE, *IN_GROUPS, *OTHERS]) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_recording_is_an_update_as_telegram_s_library_knows_it(name: str) -> None:
    unknown = set(fields_unknown(Update.model_validate(recorded(name))))

    assert unknown <= FORMER


def test_every_kind_of_content_that_telegram_s_library_knows_has_its_place() -> None:
    kinds = {kind.value for kind in ContentType}
    read = {"text", "photo", "live_photo", "paid_media", "rich_message", *KINDS}
    moved = {"migrate_to_chat_id", "migrate_from_chat_id"}

    assert kinds - {"any", "unknown"} == read | moved | SERVICE | set(UNUSABLE)


def fields_unknown(value: object) -> Iterator[str]:
    """The names of all fields that the library does not know."""
    if isinstance(value, TelegramObject):
        yield from value.model_extra or {}
        for name in type(value).model_fields:
            yield from fields_unknown(getattr(value, name))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from fields_unknown(one)
