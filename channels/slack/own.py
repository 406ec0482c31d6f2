"""Who Carrel is at Slack, and who is at home where it is."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.messages import Address
from channels.json_values import Json, part, parts
from channels.slack.payload import address, slack_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Carrel's own ids at Slack: its user (U...), its bot (B...) and its workspace (T...)."""

    user: str
    bot: str = ""
    team: str = ""

    def is_for_another(self, body: Json) -> bool:
        """Whether a body tells of another workspace; one that names none may be ours.

        In shared channels `team_id` can be the other side's: `authorizations` name those for whom
        an event is meant. https://docs.slack.dev/apis/events-api
        """
        meant = {slack_id(one, "team_id") for one in parts(body, "authorizations")} - {""}
        team = slack_id(body, "team_id") or slack_id(part(body, "team"), "id")
        meant = meant or {team} - {""}
        return bool(self.team and meant) and self.team not in meant

    def home(self, value: Json, *keys: str) -> str:
        """The other workspace that the first usable key names; empty for a member of ours.

        An organisation's id (E...) does not say which workspace: the next key is asked.
        """
        named = (slack_id(value, key) for key in keys)
        team = next((one for one in named if one.startswith("T")), "")
        return team if self.team and team != self.team else ""


def whose(user: str, home: str) -> Address:
    """Where a person is reached; somebody of another workspace is nobody who is known here."""
    return address(f"{home}-{user}" if home else user)


def user_of(address: Address) -> str:
    """Slack's own id of somebody, whichever workspace they are of."""
    return address.value.rpartition("-")[2]
