"""What Carrel needs of a Slack app; slack-manifest.yaml is held against these tables.

https://docs.slack.dev/reference/scopes, /reference/events and /reference/methods name the scope
that each event and each method wants.
"""

from __future__ import annotations

from collections.abc import Mapping

from channels.slack.marks import FILE_MESSAGE

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

SOCKET_SCOPE = "connections:write"  # of the app token, for Socket Mode

EVENTS: Mapping[str, str] = {
    "app_home_opened": "",
    "app_mention": "app_mentions:read",
    "app_uninstalled": "",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "tokens_revoked": "",
    "user_change": "users:read",
}
"""Events to subscribe to, and the scope that each wants; some want none."""

METHODS: Mapping[str, tuple[str, ...]] = {
    "apps.connections.open": (),  # of the app token: `SOCKET_SCOPE`
    "assistant.threads.setStatus": ("chat:write",),
    "assistant.threads.setSuggestedPrompts": ("assistant:write",),
    "auth.test": (),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.info": ("channels:read", "groups:read"),
    "conversations.open": ("im:write",),
    "files.completeUploadExternal": ("files:write",),
    "files.delete": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "views.open": (),
    "views.publish": (),
}
"""Methods of the Web API that Carrel calls, and the scopes that each wants."""

SHORTCUTS: Mapping[str, str] = {FILE_MESSAGE: "message"}
"""Shortcuts by their callback_id, and where they are offered."""

FEATURES_SCOPES: Mapping[str, str] = {"slash_commands": "commands", "shortcuts": "commands"}
"""Features of the manifest that want a scope."""
