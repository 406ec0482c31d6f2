"""What lead times count from: for each moment the bases that a person's state gives."""
