"""Backups: one file that holds the whole newsroom, whichever database it came from."""
