"""Carrel: what it knows, decides and says."""
