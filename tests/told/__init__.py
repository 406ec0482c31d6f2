"""Everything that people are told without asking, as it is shown on each channel."""
