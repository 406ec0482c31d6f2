"""What a person wrote themselves in a mail."""
