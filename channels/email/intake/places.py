"""The folders into which mail goes once it was dealt with."""

from __future__ import annotations

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

PROCESSED, FAILED = "Processed", "Failed"


def folder_named(client: IMAPClient, name: str) -> str:
    """Where a folder of ours stands: below what the server wants all of a person's to be below."""
    if not client.has_capability("NAMESPACE"):
        return name
    own = client.namespace().personal
    prefix = own[0][0] if own else ""
    return f"{prefix}{name}"


def make(client: IMAPClient, folder: str) -> None:
    """Makes the folder unless it is there; raises what the library raises."""
    if client.folder_exists(folder):
        return
    try:
        client.create_folder(folder)
        client.subscribe_folder(folder)  # else many programs show it to nobody
    except IMAPClientError:
        if not client.folder_exists(folder):
            raise
