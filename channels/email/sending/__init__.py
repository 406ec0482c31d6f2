"""A message of Carrel -> a mail server."""
