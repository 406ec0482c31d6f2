"""What people do in Slack, as the app hears of it."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence

from tests.slack import payloads
from tests.slack.delivery import Push
from tests.slack.payloads import COMMANDS, EVENTS, INTERACTIVE
from tests.slack.workspace import BOT, Channel, File, Json, Workspace, typed


class Doing:
    """The verbs. Each sends what Slack would send and returns at once."""

    workspace: Workspace

    def say(
        self,
        user: str,
        text: str,
        *files: File,
        channel: str = "",
        thread: str = "",
        mention: bool = False,
    ) -> Push:
        """Somebody writes: in direct messages, or in a channel. Files are shared with it."""
        at, place = self.workspace, self._place(user, channel)
        words = f"<@{BOT}> {typed(text)}" if mention else typed(text)
        more: Json = {"thread_ts": thread, "files": [at.file_object(file) for file in files]}
        if files:
            more |= {"subtype": "file_share", "display_as_bot": False}
        said = at.users_message(user, place, words, more)
        sent = [(EVENTS, payloads.message(at, place, said))] if BOT in place.members else []
        if mention and not place.im:
            sent.append((EVENTS, payloads.mention(at, place, said)))
        return self._push(*sent, channel=place.id, ts=said["ts"])

    def edit(self, user: str, ts: str, text: str, *, channel: str = "") -> Push:
        """Somebody changes what they wrote."""
        place = self._place(user, channel)
        old = copy.deepcopy(place.messages[ts])
        edited = {"user": user, "ts": self.workspace.ts()}
        place.messages[ts] |= {"text": typed(text), "edited": edited}
        body = payloads.changed(self.workspace, place, place.messages[ts], old)
        return self._push((EVENTS, body), channel=place.id, ts=ts)

    def delete(self, user: str, ts: str, *, channel: str = "") -> Push:
        """Somebody takes back what they wrote."""
        place = self._place(user, channel)
        body = payloads.deleted(self.workspace, place, place.messages.pop(ts))
        return self._push((EVENTS, body), channel=place.id, ts=ts)

    def bot_says(self, text: str, *, channel: str) -> Push:
        """Another app writes in a channel."""
        at, place = self.workspace, self.workspace.channel(channel)
        said = at.users_message(
            "U0OTHERBOT", place, text, {"bot_id": "B0OTHER", "app_id": "A0OTHER"}
        )
        return self._push((EVENTS, payloads.message(at, place, said)), ts=said["ts"])

    def press(
        self,
        user: str,
        label: str,
        *,
        channel: str = "",
        ts: str = "",
        on: Json | None = None,
    ) -> Push:
        """Somebody uses the button or the entry of a menu with that label.

        On the newest message of the app that has it, on the one of that timestamp, or on a message
        as it was once (`on`): what a screen still shows that has not been drawn anew.
        """
        at, place = self.workspace, self._place(user, channel)
        shown = on or self._with(place, label, ts)
        action = _action(at, shown["blocks"], label)
        trigger = at.trigger(user)
        body = payloads.pressed_on_message(
            at, at.user(user), place, copy.deepcopy(shown), action, trigger=trigger
        )
        return self._push((INTERACTIVE, body), channel=place.id, ts=shown["ts"])

    def press_home(self, user: str, label: str) -> Push:
        """Somebody uses a button of their home page."""
        return self._press_view(user, self.home(user), label)

    def press_form(self, user: str, label: str) -> Push:
        """Somebody uses a button of the form that is open."""
        return self._press_view(user, self.form(user), label)

    def command(self, user: str, text: str, *, name: str = "/car", channel: str = "") -> Push:
        """Somebody types a slash command."""
        at, place = self.workspace, self._place(user, channel)
        body = payloads.command(
            at, at.user(user), name=name, text=text, channel=place, trigger=at.trigger(user)
        )
        return self._push((COMMANDS, body), channel=place.id)

    def shortcut(self, user: str, callback: str, *, channel: str = "", ts: str = "") -> Push:
        """Somebody takes a shortcut, of a message where `ts` is one."""
        at, person = self.workspace, self.workspace.user(user)
        if not ts:
            own = payloads.shortcut(at, person, callback=callback, trigger=at.trigger(user))
            return self._push((INTERACTIVE, own))
        place = self._place(user, channel)
        body = payloads.shortcut_on_message(
            at, person, place, place.messages[ts], callback=callback, trigger=at.trigger(user)
        )
        return self._push((INTERACTIVE, body), channel=place.id, ts=ts)

    def open_home(self, user: str) -> Push:
        """Somebody opens the app's home page."""
        body = payloads.home_opened(self.workspace, self.workspace.user(user))
        return self._push((EVENTS, body))

    def open_messages(self, user: str) -> Push:
        """Somebody opens the app's messages tab."""
        person = self.workspace.user(user)
        return self._push((EVENTS, payloads.home_opened(self.workspace, person, tab="messages")))

    def open_assistant(self, user: str) -> Push:
        """Somebody opens the assistant's panel: `ts` is its thread."""
        at = self.workspace
        place = at.dm(user)
        root = at.own_message(place, "New Assistant Thread", {"subtype": "assistant_app_thread"})
        body = payloads.assistant_opened(at, at.user(user), root["ts"])
        return self._push((EVENTS, body), channel=place.id, ts=root["ts"])

    def home(self, user: str) -> Json:
        """The home page as somebody sees it."""
        view = self.workspace.user(user).home
        if view is None:
            raise LookupError(f"{user} has no home page")
        return view

    def form(self, user: str) -> Json:
        """The form that is open on somebody's screen."""
        views = self.workspace.user(user).views
        if not views:
            raise LookupError(f"{user} has no form open")
        return views[-1]

    def type_into(self, user: str, label: str, text: str) -> Push:
        """Somebody types into a field that tells of it, and goes on."""
        at, view = self.workspace, self.form(user)
        block = next(b for b in view["blocks"] if b.get("label", {}).get("text") == label)
        if not block.get("dispatch_action"):
            raise LookupError(f"the field {label} tells nobody what is typed")
        view["state"] = payloads.state_of(view, {label: text})
        action = payloads.used(at, block, block["element"], {"value": text})
        then = copy.deepcopy(view)  # as it is now, whatever is typed later
        body = payloads.pressed_on_view(at, at.user(user), then, action, trigger=at.trigger(user))
        return self._push((INTERACTIVE, body))

    def submit_view(self, user: str, values: Mapping[str, object | Sequence[str]]) -> Push:
        """Somebody fills in the open form, by label, and sends it."""
        at, view = self.workspace, self.form(user)
        state = payloads.state_of(view, values)
        if empty := payloads.empty_fields(view, state):
            raise ValueError(f"Slack does not send the form: {empty} must be filled in")
        at.user(user).views.remove(view)
        sent = {**view, "state": state}
        body = payloads.submitted(at, at.user(user), sent, trigger=at.trigger(user))
        return self._push((INTERACTIVE, body))

    def close_view(self, user: str) -> Push:
        """Somebody closes the open form; the app hears of it if it wished to."""
        at, view = self.workspace, self.form(user)
        at.user(user).views.remove(view)
        if not view["notify_on_close"]:
            return self._push()
        return self._push((INTERACTIVE, payloads.closed(at, at.user(user), view)))

    def deactivate(self, user: str) -> Push:
        """An account is switched off."""
        at, person = self.workspace, self.workspace.user(user)
        person.deleted = True
        told = {"id": user, "team_id": "T0001", "name": person.name, "deleted": True}
        inner = {"type": "user_change", "user": told, "cache_ts": 1, "event_ts": at.ts()}
        return self._push((EVENTS, payloads.event(at, inner)))

    def uninstall(self) -> Push:
        """The app is removed from the workspace: its token is good for nothing."""
        at = self.workspace
        at.refuses = "account_inactive"
        told = (
            {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT]}},
            {"type": "app_uninstalled"},
        )
        bodies = (payloads.event(at, {**inner, "event_ts": at.ts()}) for inner in told)
        return self._push(*((EVENTS, body) for body in bodies))

    def _press_view(self, user: str, view: Json, label: str) -> Push:
        at = self.workspace
        action = _action(at, view["blocks"], label)
        trigger = at.trigger(user)
        body = payloads.pressed_on_view(at, at.user(user), view, action, trigger=trigger)
        return self._push((INTERACTIVE, body))

    def _place(self, user: str, channel: str) -> Channel:
        return self.workspace.channel(channel) if channel else self.workspace.dm(user)

    def _with(self, place: Channel, label: str, ts: str) -> Json:
        shown = [place.messages[ts]] if ts else reversed(place.messages.values())
        for message in shown:
            if any(label == found for found in labels(message.get("blocks", ()))):
                return message
        raise LookupError(f"{place.id} shows nothing labelled {label!r}")

    def _push(self, *sent: tuple[str, Json], channel: str = "", ts: str = "") -> Push:
        raise NotImplementedError


def options_of(blocks: Sequence[Json]) -> list[Json]:
    """Every button and every entry of a menu, in reading order."""
    return [option for _, _, option in _options(blocks)]


def labels(blocks: Sequence[Json]) -> list[str]:
    """Everything that can be pressed or picked, in reading order."""
    return [option["text"]["text"] for _, _, option in _options(blocks)]


def _action(at: Workspace, blocks: Sequence[Json], label: str) -> Json:
    for block, element, option in _options(blocks):
        if option["text"]["text"] == label:
            if element is option:
                chosen = {"value": element["value"]} if "value" in element else {}
                return payloads.used(at, block, element, chosen)
            picked = {"text": option["text"], "value": option["value"]}
            return payloads.used(at, block, element, {"selected_option": picked})
    raise LookupError(f"there is nothing labelled {label!r}: there is {labels(blocks)}")


def _options(blocks: Sequence[Json]) -> Iterator[tuple[Json, Json, Json]]:
    """Each with its block and its element, which for a button is itself."""
    for block in blocks:
        inside = block.get("elements", []) if block["type"] == "actions" else []
        for element in [*inside, *([block["accessory"]] if "accessory" in block else [])]:
            if element["type"] == "button":
                yield block, element, element
            for option in payloads.options(element):
                yield block, element, option
