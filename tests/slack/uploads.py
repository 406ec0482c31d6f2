"""Files at Slack: their upload in three steps, what is told of them, and their download."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from aiohttp import web

from tests.slack.methods import Method, Params, as_json, needed
from tests.slack.workspace import BOT, TEAM, File, Json, SlackError, Workspace

LOGIN_PAGE = b"<!DOCTYPE html><html><head><title>Sign in to Library | Slack</title></head></html>"


def upload_url(at: Workspace, given: Params) -> Json:
    """files.getUploadURLExternal: where the bytes go."""
    name, length = str(needed(given, "filename")), int(needed(given, "length"))
    if length <= 0:
        raise SlackError("invalid_arguments")
    file = File(at.number("F"), name, BOT, b"", complete=False)
    file.served = f"awaits {length}"
    at.files[file.id] = file
    return {"upload_url": f"{at.url}/upload/v1/{file.id}", "file_id": file.id}


def complete_upload(at: Workspace, given: Params) -> Json:
    """files.completeUploadExternal: files whose bytes are there, in a message if so wished."""
    named = as_json(needed(given, "files"))
    files = [at.files.get(one.get("id")) for one in named]
    if not files or any(file is None or not file.data for file in files):
        raise SlackError("file_not_found")
    done = [file for file in files if file]
    if given.get("channel_id"):
        _share(at, given, done)
    for file, one in zip(done, named, strict=True):
        file.complete, file.served = True, "whole"
        file.name = one.get("title") or file.name
    return {"files": [at.file_object(file) for file in done]}


def _share(at: Workspace, given: Params, files: list[File]) -> None:
    channel = at.postable(given["channel_id"])
    if channel.id != given["channel_id"]:
        raise SlackError("channel_not_found")  # a member's id is no channel here
    shown = {"files": [at.file_object(file) for file in files], "subtype": "file_share"}
    if given.get("thread_ts"):
        if given["thread_ts"] not in channel.messages:
            raise SlackError("thread_not_found")
        shown["thread_ts"] = given["thread_ts"]
    at.own_message(channel, given.get("initial_comment", ""), shown)


def file_info(at: Workspace, given: Params) -> Json:
    """files.info."""
    file = at.files.get(str(needed(given, "file")))
    if file is None or not file.complete:
        raise SlackError("file_not_found")
    if file.served == "deleted":
        raise SlackError("file_deleted")
    return {"file": at.file_object(file), "comments": [], "response_metadata": {"next_cursor": ""}}


def delete_file(at: Workspace, given: Params) -> Json:
    """files.delete, of the app's own."""
    file = at.files.get(str(needed(given, "file")))
    if file is None:
        raise SlackError("file_not_found")
    if file.user != BOT:
        raise SlackError("cant_delete_file")
    del at.files[file.id]
    return {}


METHODS: Mapping[str, Method] = {
    "files.getUploadURLExternal": Method(run=upload_url, scopes=("files:write",)),
    "files.completeUploadExternal": Method(run=complete_upload, scopes=("files:write",)),
    "files.delete": Method(run=delete_file, scopes=("files:write",)),
    "files.info": Method(run=file_info, scopes=("files:read",)),
}


async def take_upload(at: Workspace, request: web.Request) -> web.Response:
    """The bytes of a file, as they are or as the first file of a form."""
    file = at.files.get(request.match_info["file"])
    if file is None or file.complete:
        return web.Response(status=404)
    if request.content_type.startswith("multipart/"):
        form = await request.post()
        sent = [part for part in form.values() if isinstance(part, web.FileField)]
        data = sent[0].file.read() if sent else b""
    else:
        data = await request.read()
    if f"awaits {len(data)}" != file.served:
        return web.Response(status=400, text="length")
    file.data = data
    return web.Response(text=f"OK - {len(data)}")


async def serve(at: Workspace, request: web.Request) -> web.StreamResponse:
    """A file's bytes for whoever has the token, and a login page with status 200 for others."""
    file = at.files.get(request.match_info["file"].removeprefix(f"{TEAM}-"))
    allowed = request.headers.get("Authorization") == f"Bearer {at.token}" and not at.refuses
    if not allowed or "files:read" not in at.scopes or (file and file.served == "login page"):
        return web.Response(body=LOGIN_PAGE, content_type="text/html", charset="utf-8")
    if file is None or file.served == "deleted":
        return web.Response(status=404, text="not found")
    if file.served == "elsewhere":
        return web.Response(status=302, headers={"Location": file.elsewhere})
    if file.served.isdigit():
        return web.Response(status=int(file.served), headers={"Retry-After": "3"})
    return await _stream(request, file)


async def _stream(request: web.Request, file: File) -> web.StreamResponse:
    """Whole; or half of it, after which the connection ends or nothing more comes."""
    answer = web.StreamResponse(headers={"Content-Type": file.mimetype})
    if file.served != "without length":
        answer.content_length = len(file.data)
    await answer.prepare(request)
    while file.served == "dribbles":
        await answer.write(b"x")
        await asyncio.sleep(0.01)
    if file.served in {"truncated", "stalls"}:
        await answer.write(file.data[: len(file.data) // 2])
        if file.served == "stalls":
            await asyncio.Event().wait()
        if request.transport:
            request.transport.abort()
        return answer
    await answer.write(file.data)
    await answer.write_eof()
    return answer
