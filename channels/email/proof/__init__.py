"""Whether a mail comes from whom it says."""
