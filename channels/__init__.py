"""How messages enter and leave."""
