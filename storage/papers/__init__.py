"""Papers made for people: letters and dossiers."""
