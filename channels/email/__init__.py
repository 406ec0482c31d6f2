"""E-mail as a channel; for now it only sends."""
