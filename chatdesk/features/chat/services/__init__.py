"""Ask and answer: send, stop, regenerate, continue, edit, queue. Start with `chat.py`."""
