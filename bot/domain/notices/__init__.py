"""What Carrel says without being asked: which, to whom, and when. Pure rules over values."""
