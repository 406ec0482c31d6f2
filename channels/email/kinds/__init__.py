"""Who wrote a mail: a person or which machine."""
