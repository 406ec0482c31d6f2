"""Where a file belongs: looks, cues and hints become a decision."""
