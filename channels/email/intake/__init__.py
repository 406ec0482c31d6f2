"""Mailbox -> inbox."""
