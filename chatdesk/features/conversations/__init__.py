"""The list of conversations: sidebar, folders, search, trash, import and export."""
