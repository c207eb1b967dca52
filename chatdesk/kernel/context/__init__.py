"""How much of a conversation fits into the context of a model."""
