"""What is typed into forms and sent with them -> values by the names of their fields; pure.

https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from channels.json_values import Json, part, parts, words
from channels.slack import marks
from channels.slack.entities import unescaped
from channels.slack.heard import Filled, Heard, Ignored, Typed, Why
from channels.slack.own import Own, whose
from channels.slack.payload import instant, slack_id, stamp


def filled(body: Json, own: Own, now: datetime) -> Heard:
    """What a payload of the type `view_submission` means; it does not say when it was sent."""
    form, view = _form(body), slack_id(part(body, "view"), "id")
    user = _user(body, own)
    if not (form and view and user):
        return Ignored(why=Why.UNKNOWN, detail="view_submission")
    return Filled(id=f"form:{view}", user=user, form=form, values=values(body), at=now)


def typed(body: Json, own: Own, now: datetime) -> Heard:
    """What is in a form so far, when something is typed and when it is closed.

    A closed form often comes without what was in it: that must not empty a draft.
    """
    form, view = _form(body), slack_id(part(body, "view"), "id")
    user = _user(body, own)
    found = values(body)
    if not (form and view and user and found):
        return Ignored(why=Why.INERT, detail="view")
    stamps = (stamp(action, "action_ts") for action in parts(body, "actions"))
    at = next((instant(ts) for ts in stamps if ts), now)
    return Typed(id=f"form:{view}", user=user, form=form, values=found, at=at)


def values(body: Json) -> Mapping[str, str]:
    """The fields by name; several answers of one field stand on a line each."""
    found: dict[str, str] = {}
    for block_id, elements in part(body, "view", "state", "values").items():
        mark, _, name = block_id.partition(":")
        element = part(elements, marks.ANSWER)
        if mark == marks.FIELD and name and element:
            found[name] = _answer(element)
    return found


def _user(body: Json, own: Own) -> str:
    """Whose form it is: the value of their address, with the workspace where it is not ours."""
    user = part(body, "user")
    known = slack_id(user, "id")
    return whose(known, own.home(user, "team_id")).value if known else ""


def _form(body: Json) -> str:
    view = part(body, "view")
    ours = view.get("type") == "modal" and view.get("callback_id") == marks.FORM
    return unescaped(words(view, "private_metadata")) if ours else ""


def _answer(element: Json) -> str:
    """One element's value; https://docs.slack.dev/reference/block-kit/block-elements tells each."""
    if "selected_options" in element:
        return "\n".join(
            unescaped(words(one, "value")) for one in parts(element, "selected_options")
        )
    if "selected_option" in element:
        return unescaped(words(part(element, "selected_option"), "value"))
    return words(element, "value")
