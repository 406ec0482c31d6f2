"""What Carrel needs of a Slack app, as doctor tells it; slack-manifest.yaml asks for the same."""

from __future__ import annotations

from collections.abc import Mapping

SCOPES: Mapping[str, str] = {
    "app_mentions:read": "It hears who mentions it in a channel.",
    "assistant:write": "It offers a few things to say when somebody begins a conversation.",
    "channels:history": "It goes on in threads of public channels where it was asked.",
    "channels:read": "It checks that it is in the staff channel, where that is public.",
    "chat:write": "It answers, and shows that it works on an answer.",
    "commands": "It answers its slash command, and the shortcut on messages.",
    "files:read": "It takes files that people give it.",
    "files:write": "It gives people their progress picture, letters and archives.",
    "groups:history": "It goes on in threads of private channels where it was asked.",
    "groups:read": "It checks that it is in the staff channel, where that is private.",
    "im:history": "It hears what is said to it in direct messages.",
    "im:write": "It begins direct messages: reminders, decisions, replies.",
    "mpim:history": "It goes on in threads of group conversations where it was asked.",
    "users:read": "It notices that an account was switched off.",
}
"""Scopes of the bot token, and why it needs each."""
