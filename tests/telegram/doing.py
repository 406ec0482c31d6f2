"""What people do in Telegram, as the bot hears of it."""

from __future__ import annotations

import copy
import mimetypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.telegram import payloads
from tests.telegram.formatting import fitted
from tests.telegram.keyboards import awaits, buttons
from tests.telegram.updates import Push
from tests.telegram.world import Chat, File, Json, World


class Doing:
    """The verbs. Each sends what Telegram would send and returns at once.

    `chat` is a group; 0 is the private chat of the one who does it.
    """

    world: World

    def say(
        self,
        user: int,
        text: str,
        *files: File | Path,
        chat: int = 0,
        reply_to: int = 0,
        topic: int = 0,
        album: bool = False,
        photo: bool = False,
        **more: Any,
    ) -> Push:
        """Somebody writes. Each file has a message of its own; the first has the text.

        In private what is said replies to the newest message where the bot forces that.
        With `album` they are sent together, with `photo` as photos. `more` stands in each message
        as it is (`forward_origin`, `sender_chat`).
        """
        place = self._spoken_in(user, chat)
        reply_to = reply_to or (0 if chat else _awaiting(place))
        group = {"media_group_id": f"{self.world.number():016}"} if album else {}
        thread = payloads.in_thread(place, topic, reply_to)
        sent: list[File | None] = [_file(file, photo=photo) for file in files]
        said = []
        for words, file in zip([text, *[""] * len(sent)], sent or [None], strict=False):
            held = {**thread, **group, **_words(words, caption=file is not None), **more}
            if file:
                held |= payloads.media(self.world, file)
            said.append(self._said(user, place, held))
        return self._heard(place, said)

    def command(self, user: int, name: str, rest: str = "", *, chat: int = 0) -> Push:
        """Somebody picks a command of the bot's; in a group it carries the bot's name."""
        name = f"/{name.lstrip('/')}" + (f"@{self.world.username}" if chat else "")
        return self.say(user, f"{name} {rest}".strip(), chat=chat)

    def mention(self, user: int, text: str, *files: File | Path, chat: int, **more: Any) -> Push:
        """Somebody writes in a group to the bot by its name."""
        return self.say(user, f"@{self.world.username} {text}", *files, chat=chat, **more)

    def give(self, user: int, kind: str, value: Any, *, chat: int = 0, **more: Any) -> Push:
        """Somebody sends something else: `give(5, "location", {...})`."""
        place = self._spoken_in(user, chat)
        return self._heard(place, [self._said(user, place, {kind: value, **more})])

    def press(
        self,
        user: int,
        label: str,
        *,
        chat: int = 0,
        post: int = 0,
        on: Json | None = None,
        seen: bool = True,
    ) -> Push:
        """Somebody presses the button with that label.

        On the newest message of the bot's that has it, on the one of that id, or on a message as
        it was once (`on`): what a screen still shows that has not been drawn anew. Without `seen`
        the message is so old that the bot is told nothing but its id.
        """
        at, place = self.world, self.world.chat(chat or user)
        shown = on or self._with(place, label, post)
        data = next(one for one in buttons(shown) if one["text"] == label)["callback_data"]
        told = copy.deepcopy(shown) if seen else payloads.inaccessible(shown)
        body = payloads.callback(at, at.people[user], told, data)
        return self._push({"callback_query": body}, chat=place.id, ids=(shown["message_id"],))

    def forge(self, user: int, data: str, *, chat: int, post: int, seen: bool = True) -> Push:
        """A client of somebody's own presses a button that it made up, below any message.

        Without `seen` the bot is told no more of the message than its id.
        """
        at, place = self.world, self.world.chat(chat)
        shown = place.messages[post]
        told = copy.deepcopy(shown) if seen else payloads.inaccessible(shown)
        body = payloads.callback(at, at.people[user], told, data)
        return self._push({"callback_query": body}, chat=chat, ids=(post,))

    def edit(self, user: int, id: int, text: str, *, chat: int = 0) -> Push:
        """Somebody changes what they wrote."""
        place = self.world.chat(chat or user)
        place.messages[id] |= {**_words(text, caption=False), "edit_date": self.world.date()}
        body = copy.deepcopy(place.messages[id])
        return self._push({"edited_message": body}, chat=place.id, ids=(id,))

    def delete(self, chat: int, id: int) -> None:
        """Somebody removes a message; the bot hears nothing of that."""
        self.world.chat(chat).messages.pop(id)

    def bot_says(self, text: str, *, chat: int) -> Push:
        """Another bot writes."""
        at, place = self.world, self.world.chat(chat)
        other = {"id": 700_000_002, "is_bot": True, "first_name": "Other", "username": "other_bot"}
        made = payloads.message(at, place, other, **_words(text, caption=False))
        return self._heard(place, [at.keep(place, made)])

    def block(self, user: int) -> Push:
        """Somebody blocks the bot."""
        self.world.people[user].blocked = True
        return self._standing(user, user, old="member", new="kicked")

    def unblock(self, user: int) -> Push:
        """And lets it speak again."""
        self.world.people[user].blocked = False
        return self._standing(user, user, old="kicked", new="member")

    def deactivate(self, user: int) -> None:
        """Somebody deletes their account."""
        self.world.people[user].deactivated = True

    def add_to(self, chat: int, *, by: int) -> Push:
        """Somebody takes the bot into a group."""
        place = self.world.chat(chat)
        place.bot = "member"
        first = self._standing(by, chat, old="left", new="member")
        second = self.give(by, "new_chat_members", [payloads.bot(self.world)], chat=chat)
        return Push(updates=first.updates + second.updates, chat=chat, ids=second.ids)

    def kick(self, chat: int, *, by: int) -> Push:
        """Somebody removes the bot from a group."""
        self.world.chat(chat).bot = "kicked"
        return self._standing(by, chat, old="member", new="kicked")

    def migrate(self, chat: int, to: int) -> Push:
        """A group becomes a supergroup, which has another id and begins to count anew."""
        at, old = self.world, self.world.chats[chat]
        new = Chat(to, "supergroup", title=old.title, members=set(old.members))
        at.chats[to] = new
        someone = payloads.user(at.people[min(old.members)])
        left = payloads.message(at, old, someone, migrate_to_chat_id=to)
        came = payloads.message(at, new, someone, migrate_from_chat_id=chat)
        old.moved_to = to
        return self._push({"message": left}, {"message": came}, chat=to)

    def _standing(self, who: int, chat: int, *, old: str, new: str) -> Push:
        at, place = self.world, self.world.chat(chat)
        bot = payloads.bot(at)
        told = {
            "chat": payloads.chat(at, place),
            "from": payloads.user(at.people[who]),
            "date": at.date(),
            "old_chat_member": payloads.member(bot, old),
            "new_chat_member": payloads.member(bot, new),
        }
        return self._push({"my_chat_member": told}, chat=chat)

    def _spoken_in(self, user: int, chat: int) -> Chat:
        """Where somebody speaks; who writes to the bot in private has started it."""
        if not chat:
            self.world.people[user].started = True
        return self.world.chat(chat or user)

    def _said(self, user: int, place: Chat, held: Json) -> Json:
        at = self.world
        return at.keep(place, payloads.message(at, place, payloads.user(at.people[user]), **held))

    def _heard(self, place: Chat, said: Sequence[Json]) -> Push:
        """The bot hears it, where it is and nobody blocked it."""
        deaf = place.bot != "member" or any(
            self.world.people[one].blocked for one in place.members if place.type == "private"
        )
        sent = () if deaf else tuple({"message": copy.deepcopy(one)} for one in said)
        return self._push(*sent, chat=place.id, ids=tuple(one["message_id"] for one in said))

    def _with(self, place: Chat, label: str, post: int) -> Json:
        shown = [place.messages[post]] if post else list(reversed(place.messages.values()))
        for message in shown:
            if any(one["text"] == label for one in buttons(message)):
                return message
        offered = [one["text"] for message in shown for one in buttons(message)]
        raise LookupError(f"{place.id} shows nothing labelled {label!r}: there is {offered}")

    def _push(self, *bodies: Json, chat: int = 0, ids: tuple[int, ...] = ()) -> Push:
        raise NotImplementedError


def _awaiting(place: Chat) -> int:
    """The newest message, if what is typed next replies to it as in people's clients; else 0."""
    newest = max(place.messages, default=0)
    return newest if newest and awaits(place.messages[newest]) else 0


def _file(given: File | Path, *, photo: bool) -> File:
    if isinstance(given, Path):
        kind = mimetypes.guess_type(given.name)[0] or "application/octet-stream"
        given = File(given.name, given.read_bytes(), mimetype=kind)
    if photo:
        given.kind = "photo"
    return given


def _words(text: str, *, caption: bool) -> Json:
    words, entities = fitted(text, [])
    if caption:
        return {"caption": words, "caption_entities": entities}
    return {"text": words, "entities": entities}
