"""What is kept for notices."""
