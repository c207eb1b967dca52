"""What can go wrong, as types that carry data. How they are worded: `ui_kit/errors/`, `app/console/error_texts.py`."""
