"""What is kept, table by table: one repository a file, and how all of it is forgotten."""
