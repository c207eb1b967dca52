"""The view of a document beside the chat: its pages, its text, and which part of it goes along with the question."""
