"""What Carrel promises, shown on real parts."""
