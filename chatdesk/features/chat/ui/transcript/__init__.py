"""The messages of a chat, laid out and painted block by block."""
