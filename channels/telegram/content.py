"""What a message of Telegram's can be beside words and files.

https://core.telegram.org/bots/api#message; a test knows when Telegram's library knows more.
"""

from __future__ import annotations

from collections.abc import Mapping

from channels.json_values import Json
from channels.telegram import words

# What somebody sends and Carrel can do nothing with, as the beginning of a sentence.
UNUSABLE: Mapping[str, str] = {
    "checklist": "A checklist",
    "contact": "A contact",
    "dice": "A throw of the dice",
    "game": "A game",
    "giveaway": "A giveaway",
    "giveaway_winners": "A giveaway",
    "invoice": "An invoice",
    "location": "A place on the map",
    "poll": "A poll",
    "sticker": "A sticker",
    "story": "A story",
    "venue": "A place on the map",
}
# What Telegram itself tells of a chat; nobody said it.
SERVICE = frozenset(
    {
        "boost_added",
        "channel_chat_created",
        "chat_background_set",
        "chat_owner_changed",
        "chat_owner_left",
        "chat_shared",
        "checklist_tasks_added",
        "checklist_tasks_done",
        "community_chat_added",
        "community_chat_joined",
        "community_chat_removed",
        "connected_website",
        "delete_chat_photo",
        "direct_message_price_changed",
        "forum_topic_closed",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_reopened",
        "general_forum_topic_hidden",
        "general_forum_topic_unhidden",
        "gift",
        "gift_upgrade_sent",
        "giveaway_completed",
        "giveaway_created",
        "group_chat_created",
        "left_chat_member",
        "managed_bot_created",
        "message_auto_delete_timer_changed",
        "new_chat_members",
        "new_chat_photo",
        "new_chat_title",
        "paid_message_price_changed",
        "passport_data",
        "pinned_message",
        "poll_option_added",
        "poll_option_deleted",
        "proximity_alert_triggered",
        "refunded_payment",
        "successful_payment",
        "suggested_post_approval_failed",
        "suggested_post_approved",
        "suggested_post_declined",
        "suggested_post_paid",
        "suggested_post_refunded",
        "supergroup_chat_created",
        "unique_gift",
        "user_shared",
        "users_shared",
        "video_chat_ended",
        "video_chat_participants_invited",
        "video_chat_scheduled",
        "video_chat_started",
        "web_app_data",
        "write_access_allowed",
    }
)


def service(message: Json) -> str:
    """What Telegram itself tells in this message; empty when a person sent it."""
    return next((key for key in message if key in SERVICE and message[key] is not None), "")


def advice(message: Json) -> str:
    """What whoever sent neither words nor files is told."""
    if message.get("rich_message"):
        return words.RICH
    return words.unusable(next((what for key, what in UNUSABLE.items() if key in message), "That"))
