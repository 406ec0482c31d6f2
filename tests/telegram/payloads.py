"""People, chats, files, messages and updates in the shapes of https://core.telegram.org/bots/api."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from tests.telegram.world import Chat, File, Json, Person, World, bad

_EDGES = (90, 320, 800, 1280, 2560)  # pixels of a photo's sizes, by their longer edge
KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "my_chat_member",
)


def user(person: Person) -> Json:
    """A person, as others see them."""
    first, _, last = person.name.partition(" ")
    found = {"id": person.id, "is_bot": False, "first_name": first, "last_name": last}
    return kept({**found, "username": person.username, "language_code": "en"})


def bot(at: World) -> Json:
    """The bot, as others see it."""
    return {"id": at.bot, "is_bot": True, "first_name": at.bot_name, "username": at.username}


def me(at: World) -> Json:
    """The bot, as it sees itself."""
    may = dict.fromkeys(
        ("supports_inline_queries", "can_connect_to_business", "has_main_web_app"), False
    )
    groups = {"can_join_groups": at.joins_groups, "can_read_all_group_messages": at.reads_groups}
    return {**bot(at), **groups, **may}


def chat(at: World, one: Chat) -> Json:
    """A chat, as it stands in a message."""
    if one.type != "private":
        told: Json = {"id": one.id, "title": one.title, "type": one.type}
        return {**told, "is_forum": True} if one.forum else told
    person = user(at.people[one.id])
    names: Json = {
        name: person[name] for name in ("first_name", "last_name", "username") if name in person
    }
    return {**names, "id": one.id, "type": "private"}


def message(at: World, place: Chat, sender: Json, **more: Any) -> Json:
    """A new message; `more` is what it holds."""
    return {
        "message_id": at.message_id(place),
        "from": sender,
        "chat": chat(at, place),
        "date": at.date(),
        **kept(more),
    }


def replied(place: Chat, id: int) -> Json:
    """The message that is replied to, without what it itself replies to."""
    return {name: value for name, value in place.messages[id].items() if name != "reply_to_message"}


def in_thread(place: Chat, topic: int, reply_to: int) -> Json:
    """Where a message of a supergroup stands: in its topic, or below the first of a thread.

    A message of a topic that replies to nothing else replies to the notice that the topic began.
    """
    found: Json = {}
    if reply_to:
        found["reply_to_message"] = replied(place, reply_to)
    if topic:
        found |= {"message_thread_id": topic, "is_topic_message": True}
        found.setdefault("reply_to_message", place.topics[topic])
    elif reply_to and place.type == "supergroup":
        above = place.messages[reply_to]
        found["message_thread_id"] = above.get("message_thread_id", reply_to)
    return found


def document(file: File) -> Json:
    """A file that was sent as such, or sound or film."""
    told: Json = {"file_id": file.id, "file_unique_id": file.unique, "file_size": file.size}
    if file.kind in ("voice", "video_note"):
        return {**told, "duration": 3, **({"length": 240} if file.kind == "video_note" else {})}
    own: Json = {"file_name": file.name, "mime_type": file.mimetype}
    if file.kind == "audio":
        own["duration"] = 3
    if file.kind in ("video", "animation"):
        own |= {"duration": 3, "width": 640, "height": 480}
    return kept({**told, **own})


def photo(at: World, file: File) -> list[Json]:
    """The sizes of a photo, smallest first; Telegram makes each a JPEG of its own."""
    try:
        with Image.open(io.BytesIO(file.data)) as opened:
            whole = opened.convert("RGB")
    except OSError as broken:
        raise bad("IMAGE_PROCESS_FAILED") from broken
    if sum(whole.size) > 10_000 or max(whole.size) > 20 * min(whole.size):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    longest = max(whole.size)
    edges = [edge for edge in _EDGES if edge < longest] + [min(longest, _EDGES[-1])]
    return [_size(at, file, whole, edge) for edge in edges]


def media(at: World, file: File) -> Json:
    """What a message with the file holds."""
    if file.kind == "photo":
        return {"photo": photo(at, file)}
    told = {file.kind: document(at.add_file(file))}
    return {**told, "document": told["animation"]} if file.kind == "animation" else told


def member(sender: Json, status: str) -> Json:
    """Somebody's standing in a chat."""
    return {"user": sender, "status": status, **({"until_date": 0} if status == "kicked" else {})}


def callback(at: World, person: Person, shown: Json, data: str) -> Json:
    """Somebody's press of a button."""
    id = f"{at.number():019}"
    at.callbacks[id] = False
    told = {"id": id, "from": user(person), "message": shown}
    return {**told, "chat_instance": f"-{abs(shown['chat']['id'])}4242", "data": data}


def inaccessible(shown: Json) -> Json:
    """What is told of a message that the bot cannot see any more."""
    return {"chat": shown["chat"], "message_id": shown["message_id"], "date": 0}


def kept(given: Json) -> Json:
    """What there is of it."""
    return {name: value for name, value in given.items() if value not in (None, "", [], ())}


def _size(at: World, file: File, whole: Image.Image, edge: int) -> Json:
    drawn = whole.copy()
    drawn.thumbnail((edge, edge))
    out = io.BytesIO()
    drawn.save(out, "JPEG")
    own = File(f"{edge}.jpg", out.getvalue(), kind="photo", claims=file.claims)
    own.served = file.served
    at.add_file(own)
    told = {"file_id": own.id, "file_unique_id": own.unique, "file_size": own.size}
    return {**told, "width": drawn.width, "height": drawn.height}
