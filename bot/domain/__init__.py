"""Values and rules of a certification record; standard library only."""
