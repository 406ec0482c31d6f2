"""What each vendor's channel needs to be set up, served, fetched from and looked at."""
