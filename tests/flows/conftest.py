"""The databases that the storage is tried on serve the flows too."""

from __future__ import annotations

from tests.contract.conftest import server, shared_url

__all__ = ["server", "shared_url"]
