"""The dialog for importing a conversation."""
