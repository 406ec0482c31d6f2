"""Steps from one version of the tables to the next; each is written by hand and never changed."""
