"""How Carrel gets into a Slack workspace, and which servers it trusts with that."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from pathlib import Path

from yarl import URL

from channels.certificates import certificates

SLACK_API = "https://slack.com/api/"
HOSTS = ("slack.com", "slack-files.com")  # Slack's own, with all below them


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackAccess:
    """Secrets of one Slack app; they are never shown, not even by `repr`.

    `bot_token` begins with xoxb-. With an `app_token` (xapp-) Carrel calls Slack (Socket Mode);
    with a `signing_secret` Slack may call Carrel. `api_url` is Slack's Web API. `ca` is a file of
    certificates to trust in place of the system's.
    """

    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    api_url: str = SLACK_API
    ca: Path | None = None

    def certificates(self) -> ssl.SSLContext | bool:
        """What Slack's certificates are held against; True stands for the system's own.

        Raises `ConfigurationError` when the file cannot be used.
        """
        return certificates(self.ca) if self.ca else True

    def trusted(self, url: str) -> URL | None:
        """The address when the token and people's files may go there, else None.

        Those are Slack's own hosts over https, and the very server of `api_url` when that is
        another one. What is given back is what was judged: two parsers could read it in two ways.
        """
        try:
            asked, api = URL(url), URL(self.api_url)
        except ValueError:
            return None
        if _is_slack(asked):
            return asked
        own = not _is_slack(api) and asked.host and asked.origin() == api.origin()
        return asked if own else None


def _is_slack(url: URL) -> bool:
    host = (url.host or "").lower()
    known = any(host == own or host.endswith(f".{own}") for own in HOSTS)
    return known and url.scheme == "https" and url.port == 443
