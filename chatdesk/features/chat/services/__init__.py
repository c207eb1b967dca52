"""Asking and answering: send, stop, regenerate, continue, edit, queue. Start with `chat.py`."""
