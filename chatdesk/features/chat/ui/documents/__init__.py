"""The view of a document beside the chat: its pages, its text, and which part of it is sent with the question."""
