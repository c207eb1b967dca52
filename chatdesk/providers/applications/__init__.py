"""Applications that answer chats: a file for what each is asked, a file for what it says."""
