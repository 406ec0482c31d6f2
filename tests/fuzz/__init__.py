"""Programs that throw bytes at what reads bytes, for as long as they are let."""
