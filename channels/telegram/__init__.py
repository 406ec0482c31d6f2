"""Telegram: people talk to Carrel there, and staff hear in a group."""
