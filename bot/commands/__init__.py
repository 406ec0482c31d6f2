"""The commands of `carrel`, one a file."""
