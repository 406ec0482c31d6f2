"""`carrel outbox`, `due` and `timeline`: what people remind themselves of is not shown."""

from __future__ import annotations
