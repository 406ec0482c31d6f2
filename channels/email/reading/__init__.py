"""Bytes -> a mail."""
