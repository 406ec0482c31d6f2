"""Everything Carrel says, in plain English; values in, blocks out."""
