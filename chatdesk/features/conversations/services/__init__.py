"""Services for the conversation list: folders, trash and undo."""
