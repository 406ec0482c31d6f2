"""Who and what is there in Telegram, and what the bot has said there."""

from __future__ import annotations

from tests.telegram.payloads import message, user
from tests.telegram.world import Chat, Json, Person, World


class Peopling:
    """People, groups and topics come to be."""

    world: World

    def add_person(
        self, id: int, name: str = "", *, username: str = "", started: bool = True
    ) -> Person:
        """Somebody has an account; without `started` the bot may not write to them."""
        person = Person(id, name or f"Person {id}", username, started=started)
        self.world.people[id] = person
        return person

    def add_group(
        self, id: int, *members: int, title: str = "", kind: str = "supergroup", bot: str = "member"
    ) -> Chat:
        """A group (`group` or `supergroup`), with the bot in it."""
        chat = Chat(id, kind, title or f"Group {id}", set(members), bot=bot)
        self.world.chats[id] = chat
        return chat

    def add_topic(self, chat: int, name: str, *, by: int) -> int:
        """A group becomes a forum, if it was none, and gets a topic; its thread's id."""
        at, place = self.world, self.world.chats[chat]
        place.forum = True
        who = user(at.people[by])
        told = message(at, place, who, forum_topic_created={"name": name, "icon_color": 7322096})
        told |= {"message_thread_id": told["message_id"], "is_topic_message": True}
        place.topics[told["message_id"]] = at.keep(place, told)
        return int(told["message_id"])

    def posted(self, chat: int, *, topic: int = 0) -> list[Json]:
        """What the bot's messages there say now, oldest first; a person's id: in private."""
        found = list(self.world.chat(chat).messages.values())
        own = [one for one in found if one["from"]["id"] == self.world.bot]
        return [one for one in own if not topic or one.get("message_thread_id") == topic]
