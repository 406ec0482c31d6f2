"""Times as people say them: `next Friday`, `tomorrow at 9`, `in two weeks`. Pure, English."""
