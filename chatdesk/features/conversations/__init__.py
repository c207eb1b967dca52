"""Conversation list: sidebar, folders, search, trash, import and export.

Open first:

- `services/chat_folders.py`, `services/trash.py`, `services/list_editing.py`: operations on the list, and undo
- `services/files/exporting.py`, `services/files/chat_imports.py`: conversations as files
- `ui/sidebar/sidebar.py`: the sidebar
- `ui/sidebar/list/conversation_model.py`: the rows of the list
- `ui/trash/deleted_page.py`: the page *Recently deleted*
"""
