"""What happens without a message: sending what waits, trying again."""
