"""A record as one ZIP archive that opens without the product, and the way back."""
