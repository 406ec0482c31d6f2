"""The methods that speak: each as https://core.telegram.org/bots/api#available-methods says."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping
from typing import Any

from tests.telegram import payloads
from tests.telegram.formatting import fitted, parsed, units
from tests.telegram.keyboards import keyboard
from tests.telegram.world import ApiError, Chat, File, Json, World, bad

LONGEST_TEXT = 4096  # UTF-16 units after entities are read
LONGEST_CAPTION = 1024
LARGEST_UPLOAD = 50 * 2**20
LARGEST_PHOTO = 10 * 2**20
ACTIONS = frozenset(
    (
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    )
)
_UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
Params = Mapping[str, Any]
Method = Callable[[World, Params], Any]


def send_message(at: World, given: Params) -> Json:
    """sendMessage."""
    place = _place(at, given)
    text, entities = _words(given, "text", most=LONGEST_TEXT)
    if not text:
        raise bad("message text is empty")
    return _posted(at, place, given, text=text, entities=entities)


def send_photo(at: World, given: Params) -> Json:
    """sendPhoto, of bytes that come along."""
    place, file = _place(at, given), _upload(given, "photo", most=LARGEST_PHOTO)
    text, entities = _words(given, "caption", most=LONGEST_CAPTION)
    sizes = payloads.photo(at, file)
    return _posted(at, place, given, photo=sizes, caption=text, caption_entities=entities)


def send_document(at: World, given: Params) -> Json:
    """sendDocument, of bytes that come along."""
    place, file = _place(at, given), _upload(given, "document", most=LARGEST_UPLOAD)
    text, entities = _words(given, "caption", most=LONGEST_CAPTION)
    told = payloads.document(at.add_file(file))
    return _posted(at, place, given, document=told, caption=text, caption_entities=entities)


def edit_text(at: World, given: Params) -> Json:
    """editMessageText."""
    message = _own(at, given)
    if "text" not in message:
        raise bad("there is no text in the message to edit")
    text, entities = _words(given, "text", most=LONGEST_TEXT)
    if not text:
        raise bad("message text is empty")
    return _changed(at, message, given, text=text, entities=entities)


def edit_caption(at: World, given: Params) -> Json:
    """editMessageCaption."""
    message = _own(at, given)
    if "text" in message:
        raise bad("there is no caption in the message to edit")
    text, entities = _words(given, "caption", most=LONGEST_CAPTION)
    return _changed(at, message, given, caption=text, caption_entities=entities)


def edit_markup(at: World, given: Params) -> Json:
    """editMessageReplyMarkup."""
    return _changed(at, _own(at, given), given)


def delete(at: World, given: Params) -> bool:
    """deleteMessage."""
    place = at.chat(needed(given, "chat_id"))
    if place.messages.pop(needed(given, "message_id"), None) is None:
        raise bad("message to delete not found")
    return True


def answer_callback(at: World, given: Params) -> bool:
    """answerCallbackQuery: each press once."""
    id = str(needed(given, "callback_query_id"))
    if at.callbacks.get(id, True):
        raise bad("query is too old and response timeout expired or query ID is invalid")
    if units(given.get("text", "")) > 200:
        raise bad("MESSAGE_TOO_LONG")
    at.callbacks[id] = True
    at.answered.append(dict(given))
    return True


def chat_action(at: World, given: Params) -> bool:
    """sendChatAction."""
    at.writable(needed(given, "chat_id"))
    if needed(given, "action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    return True


def needed(given: Params, name: str) -> Any:
    """The parameter, which the method cannot do without."""
    if given.get(name) in (None, ""):
        raise bad(f"{'chat_id is empty' if name == 'chat_id' else f'parameter {name} is needed'}")
    return given[name]


def _place(at: World, given: Params) -> Chat:
    return at.writable(needed(given, "chat_id"))


def _words(given: Params, name: str, *, most: int) -> tuple[str, list[Json]]:
    """Text and entities of what is said; raises `ApiError`."""
    said, mode = str(given.get(name) or ""), str(given.get("parse_mode") or "").lower()
    if mode not in ("", "html"):
        raise bad("unsupported parse_mode")
    entities = given.get("caption_entities" if name == "caption" else "entities") or []
    text, found = parsed(said) if mode else fitted(said, list(entities))
    if units(text) > most:
        raise bad("message caption is too long" if name == "caption" else "message is too long")
    return text, found


def _upload(given: Params, name: str, *, most: int) -> File:
    sent = needed(given, name)
    if isinstance(sent, str) and sent.startswith("attach://"):
        sent = given.get(sent.removeprefix("attach://"))
    if not isinstance(sent, File):
        raise bad("wrong file identifier/HTTP URL specified")
    if not sent.data:
        raise bad("file must be non-empty")
    if len(sent.data) > most:
        raise ApiError(413, "Request Entity Too Large")
    sent.kind = name
    sent.mimetype = mimetypes.guess_type(sent.name)[0] or sent.mimetype
    return sent


def _posted(at: World, place: Chat, given: Params, **told: Any) -> Json:
    shown = keyboard(given.get("reply_markup"))
    topic = given.get("message_thread_id") or 0
    if topic and topic not in place.topics:
        raise bad("message thread not found")
    thread = payloads.in_thread(place, topic, _replied(place, given))
    made = payloads.message(at, place, payloads.bot(at), **thread, **told, reply_markup=shown)
    return at.keep(place, made)


def _replied(place: Chat, given: Params) -> int:
    """The message that is replied to, 0 for none or when it is gone and that does not matter."""
    wanted = given.get("reply_parameters") or {}
    id = int(wanted.get("message_id") or given.get("reply_to_message_id") or 0)
    if not id or id in place.messages:
        return id
    if not wanted.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")
    return 0


def _own(at: World, given: Params) -> Json:
    """A message of the bot's that can be changed."""
    place, id = _place(at, given), int(needed(given, "message_id"))
    message = place.messages.get(id)
    if message is None:
        raise bad("message to edit not found")
    if message["from"]["id"] != at.bot or (place.id, id) in at.frozen:
        raise bad("message can't be edited")
    return message


def _changed(at: World, message: Json, given: Params, **told: Any) -> Json:
    wanted = payloads.kept({**told, "reply_markup": keyboard(given.get("reply_markup"))})
    parts = (*told, "reply_markup")
    if {name: message[name] for name in parts if name in message} == wanted:
        raise bad(_UNCHANGED)
    for name in parts:
        message.pop(name, None)
    message.update(wanted, edit_date=at.date())
    return message


METHODS: Mapping[str, Method] = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_markup,
    "deleteMessage": delete,
    "answerCallbackQuery": answer_callback,
    "sendChatAction": chat_action,
}
