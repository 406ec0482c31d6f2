"""One verb a file: a use case applies the rules to the record inside the caller's transaction."""
