"""The command palette: one field that finds chats, presets, models and commands."""
