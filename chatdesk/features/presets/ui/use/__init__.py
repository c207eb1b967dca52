"""Using a preset in a chat: choosing it and filling in its variables."""
