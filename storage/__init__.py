"""What is kept: the database, its repositories, the files, and the readers of their text."""
