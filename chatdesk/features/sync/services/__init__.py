"""Synchronisation with other computers, and what it needs from the rest of the program."""
