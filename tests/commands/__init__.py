"""Every command, as an operator and a script use it."""
