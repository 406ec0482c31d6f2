"""Verb by verb on a real database in memory."""

from __future__ import annotations
