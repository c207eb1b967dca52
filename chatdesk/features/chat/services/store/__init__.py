"""The list of conversations and their messages, from and to the database."""
