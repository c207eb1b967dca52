"""The chat page. Start with `chat_page.py` (widgets) and `chat_presenter.py` (behaviour)."""
