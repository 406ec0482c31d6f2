"""Files given on Slack are fetched whole and with care, or it is said what to do."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.domain.messages import Attachment
from bot.errors import Unfetched
from bot.settings import Settings
from channels.saving import SECONDS
from channels.slack.access import SLACK_API, SlackAccess
from channels.slack.files import SlackFiles
from channels.slack.patience import SlackPatience
from tests.slack.server import SlackServer
from tests.slack.uploads import LOGIN_PAGE

LARGEST = 1_000_000
BYTES = b"%PDF-1.7 " + bytes(range(256)) * 2_000


def files_of(slack: SlackServer) -> SlackFiles:
    return SlackFiles(SlackAccess(bot_token=slack.token, api_url=slack.api_url))


def given(slack: SlackServer, name: str, data: bytes = BYTES, **more: Any) -> Attachment:
    file = slack.add_file("U0ADA", name, data, **more)
    return Attachment(name=name, size=len(data), source=f"slack:{file.id}")


def refused(slack: SlackServer, attachment: Attachment, into: Path) -> Unfetched:
    with pytest.raises(Unfetched) as caught:
        files_of(slack).fetch(attachment, into=into, largest=LARGEST)
    assert caught.value.advice.startswith("It ")
    assert list(into.iterdir()) == []
    return caught.value


def test_a_file_is_fetched_whole(slack: SlackServer, tmp_path: Path) -> None:
    path = files_of(slack).fetch(given(slack, "a.pdf"), into=tmp_path, largest=LARGEST)

    assert path.parent == tmp_path
    assert path.read_bytes() == BYTES


@pytest.mark.parametrize("served", ["without length", "whole"])
def test_a_web_page_that_somebody_gave_is_a_file_like_others(
    slack: SlackServer, tmp_path: Path, served: str
) -> None:
    page = LOGIN_PAGE + b"<p>saved by hand</p>"
    attachment = given(slack, "page.html", page, mimetype="text/html", served=served)
    path = files_of(slack).fetch(attachment, into=tmp_path, largest=LARGEST)

    assert path.read_bytes() == page


@pytest.mark.parametrize("mimetype", ["application/pdf", "text/html"])
def test_a_login_page_is_never_taken_for_the_file(
    slack: SlackServer, tmp_path: Path, mimetype: str
) -> None:
    attachment = given(slack, "a.html", BYTES, mimetype=mimetype, served="login page")
    failed = refused(slack, attachment, tmp_path)

    assert not failed.again
    assert "files:read" in failed.advice


def test_a_missing_right_is_named(slack: SlackServer, tmp_path: Path) -> None:
    attachment = given(slack, "a.pdf")
    slack.workspace.scopes.discard("files:read")
    failed = refused(slack, attachment, tmp_path)

    assert not failed.again
    assert "files:read" in failed.advice


def test_a_file_that_is_too_large_is_refused_before_it_is_fetched(
    slack: SlackServer, tmp_path: Path
) -> None:
    failed = refused(slack, given(slack, "a.mov", bytes(LARGEST + 1)), tmp_path)

    assert (failed.again, failed.advice[:22]) == (False, "It is larger than 1 MB")


@pytest.mark.parametrize(("served", "again"), [("truncated", True), ("503", True), ("404", False)])
def test_a_download_that_breaks_is_tried_again_and_one_that_cannot_be_is_not(
    slack: SlackServer, tmp_path: Path, served: str, again: bool
) -> None:
    assert refused(slack, given(slack, "a.pdf", served=served), tmp_path).again is again


def test_a_limit_of_slacks_is_obeyed(slack: SlackServer, tmp_path: Path) -> None:
    by_download = refused(slack, given(slack, "a.pdf", served="429"), tmp_path)
    slack.fail("files.info", status=429, retry_after=9)
    by_method = refused(slack, given(slack, "b.pdf"), tmp_path)

    assert [(f.again, f.retry_after) for f in (by_download, by_method)] == [(True, 3), (True, 9)]


def test_a_deleted_file_is_refused(slack: SlackServer, tmp_path: Path) -> None:
    failed = [
        refused(slack, given(slack, "a.pdf", served="deleted"), tmp_path),
        refused(slack, Attachment(name="x", size=1, source="slack:F0NONE"), tmp_path),
        refused(slack, Attachment(name="x", size=1, source="slack:../../etc"), tmp_path),
    ]

    assert [one.again for one in failed] == [False, False, False]


def test_the_token_goes_to_no_other_server(slack: SlackServer, tmp_path: Path) -> None:
    with SlackServer() as other:
        other.add_person("U0ADA")
        stolen = other.add_file("U0ADA", "stolen.pdf", BYTES)
        elsewhere = other.workspace.file_object(stolen)["url_private"]
        strayed = refused(
            slack, given(slack, "a.pdf", served="elsewhere", elsewhere=elsewhere), tmp_path
        )

    assert not strayed.again
    assert "not Slack's" in strayed.advice


def test_a_redirect_within_slack_is_followed(slack: SlackServer, tmp_path: Path) -> None:
    whole = slack.add_file("U0ADA", "a.pdf", BYTES)
    at_home = slack.workspace.file_object(whole)["url_private"]
    attachment = given(slack, "b.pdf", served="elsewhere", elsewhere=at_home)
    path = files_of(slack).fetch(attachment, into=tmp_path, largest=LARGEST)

    assert path.read_bytes() == BYTES


def test_a_redirect_in_a_circle_ends(slack: SlackServer, tmp_path: Path) -> None:
    attachment = given(slack, "b.pdf", served="elsewhere")
    file = slack.workspace.files[attachment.source.partition(":")[2]]
    file.elsewhere = slack.workspace.file_object(file)["url_private"]

    assert refused(slack, attachment, tmp_path).again


def test_a_network_that_is_away_is_no_lasting_refusal(slack: SlackServer, tmp_path: Path) -> None:
    attachment = given(slack, "a.pdf")
    slack.go_down()

    assert refused(slack, attachment, tmp_path).again


@pytest.mark.parametrize("served", ["stalls", "dribbles"])
def test_a_download_that_takes_too_long_is_tried_again(
    slack: SlackServer, tmp_path: Path, served: str
) -> None:
    access = SlackAccess(bot_token=slack.token, api_url=slack.api_url)
    attachment = given(slack, "a.pdf", served=served)
    with pytest.raises(Unfetched) as caught:
        SlackFiles(access, seconds=0.2).fetch(attachment, into=tmp_path, largest=LARGEST)

    assert caught.value.again
    assert list(tmp_path.iterdir()) == []


def test_a_usual_lease_outlasts_every_file() -> None:
    lease = Settings.model_fields["lease_seconds"].default

    assert max(SECONDS, SlackPatience().giving, SlackPatience().sending) < lease


async def test_several_threads_fetch_at_the_same_time(slack: SlackServer, tmp_path: Path) -> None:
    files = files_of(slack)
    paths = await asyncio.gather(
        *(
            asyncio.to_thread(files.fetch, given(slack, f"{n}.pdf"), into=tmp_path, largest=LARGEST)
            for n in range(8)
        )
    )

    assert len({path.name for path in paths}) == 8
    assert all(path.read_bytes() == BYTES for path in paths)


@pytest.mark.parametrize(
    ("url", "api_url", "trusted"),
    [
        ("https://files.slack.com/files-pri/T1-F1/a.pdf", "", True),
        ("https://slack.com/x", "", True),
        ("https://slack-files.com/x", "", True),
        ("https://a.slack-edge.com/x", "", False),
        ("http://files.slack.com/x", "", False),
        ("https://files.slack.com:8443/x", "", False),
        ("https://slack.com.example.org/x", "", False),
        ("https://notslack.com/x", "", False),
        ("https://slack.com@example.org/x", "", False),
        ("https://example.org\\@slack.com/x", "", False),
        ("https://example.org/?slack.com", "", False),
        ("//files.slack.com/x", "", False),
        ("file:///etc/passwd", "", False),
        ("", "", False),
        ("http://127.0.0.1:8123/x", "http://127.0.0.1:8123/api/", True),
        ("http://127.0.0.1:8124/x", "http://127.0.0.1:8123/api/", False),
        ("https://127.0.0.1:8123/x", "http://127.0.0.1:8123/api/", False),
        ("/etc/passwd", "http://127.0.0.1:8123/api/", False),
    ],
)
def test_only_slacks_own_servers_are_trusted(url: str, api_url: str, trusted: bool) -> None:
    access = SlackAccess(bot_token="xoxb-1", api_url=api_url or SLACK_API)

    assert (access.trusted(url) is not None) is trusted
