"""Signatures, and checking what was signed."""
