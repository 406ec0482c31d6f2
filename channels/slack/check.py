"""Whether the Slack app is set up, and what to click where it is not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from channels.checked import Check, failed
from channels.slack.access import SlackAccess
from channels.slack.calls import Calls
from channels.slack.faults import APPS, CallFailed, foreign
from channels.slack.needs import SCOPES

NETWORK = (
    "Slack cannot be reached from here: check the network, the proxy settings and"
    " https://status.slack.com, then try again."
)
NO_WAY_IN = (
    "Slack cannot tell Carrel anything yet: set an app token with connections:write (xapp-), or"
    f" the signing secret; open {APPS}, choose the app, Basic Information has both."
)


def check(access: SlackAccess, *, staff_channel: str = "", home: str = "") -> tuple[Check, ...]:
    """Everything that has to be right, looked up at Slack. Changes nothing there.

    `home` is the id of the workspace that was served first, where one was.

    For a thread that runs no event loop.
    """
    return asyncio.run(_all(access, staff_channel, home))


async def _all(access: SlackAccess, staff_channel: str, home: str) -> tuple[Check, ...]:
    calls = Calls(access)
    try:
        return tuple([one async for one in _each(calls, access, staff_channel, home)])
    finally:
        await calls.close()


async def _each(
    calls: Calls, access: SlackAccess, staff_channel: str, home: str
) -> AsyncIterator[Check]:
    try:
        answer = await calls.call("auth.test")
    except CallFailed as failure:
        yield failed("Slack's bot token", failure, away=NETWORK)
    else:
        told = f"It is {answer.get('user')} in the workspace {answer.get('team')}."
        yield Check(what="Slack's bot token", ok=True, told=told)
        if home and answer.get("team_id") != home:
            yield Check(what="Slack's workspace", ok=False, told=foreign().told)
        for one in _scopes(str(answer.headers.get("x-oauth-scopes", ""))):
            yield one
        if staff_channel:
            yield await _staff_channel(calls, staff_channel)
    yield await _way_in(calls, access)


def _scopes(header: str) -> tuple[Check, ...]:
    """One check for each scope that is missing; a single one when none is."""
    granted = {name.strip() for name in header.split(",")}
    missing = [(scope, why) for scope, why in SCOPES.items() if scope not in granted]
    if not missing:
        return (Check(what="Slack's rights", ok=True, told=f"All {len(SCOPES)} are granted."),)
    return tuple(
        Check(
            what=f"Slack's right {scope}",
            ok=False,
            told=f"Carrel needs it: {why[0].lower()}{why[1:]} Open {APPS}, choose the app, OAuth &"
            f" Permissions, Scopes, add {scope}, then Reinstall to Workspace.",
        )
        for scope, why in missing
    )


async def _way_in(calls: Calls, access: SlackAccess) -> Check:
    what = "Slack's app token"
    if not access.app_token:
        signed = bool(access.signing_secret)
        told = "It is set: Slack may send signed requests." if signed else NO_WAY_IN
        return Check(what="Slack's signing secret", ok=signed, told=told)
    try:
        await calls.call("apps.connections.open", token=access.app_token)
    except CallFailed as failure:
        return failed(what, failure, away=NETWORK)
    return Check(what=what, ok=True, told="Socket Mode can be used.")


async def _staff_channel(calls: Calls, channel: str) -> Check:
    what = f"Slack's channel {channel}"
    try:
        answer = await calls.call("conversations.info", channel=channel)
    except CallFailed as failure:
        return _no_channel(what, failure)
    found = answer["channel"]
    if found.get("is_archived"):
        told = "It is archived: name another channel, or open it again in Slack."
        return Check(what=what, ok=False, told=told)
    if not found.get("is_member"):
        return Check(what=what, ok=False, told=_invite(str(found.get("name"))))
    return Check(what=what, ok=True, told=f"Carrel is in #{found.get('name')}.")


def _no_channel(what: str, failure: CallFailed) -> Check:
    if failure.code == "channel_not_found":
        told = f"Slack does not show it to Carrel. If its id is right, it is private: {_INVITE}"
        return Check(what=what, ok=False, told=told)
    return failed(what, failure, away=NETWORK)


_INVITE = "open it in Slack and type /invite with the app's name."


def _invite(name: str) -> str:
    return f"Carrel is not in #{name}: {_INVITE}"
