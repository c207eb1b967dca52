"""Chats and their messages: the list in memory, and saving to the database."""
