"""The page of what was deleted, in place of the chats: what can be restored, and for how long."""
