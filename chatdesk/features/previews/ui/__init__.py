"""The preview panel and what opens it. Start with `preview_presenter.py`."""
