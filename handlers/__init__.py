"""A message in, a use case called, replies out."""
