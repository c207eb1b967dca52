"""The preview panel and its presenters. Start with `preview_presenter.py`."""
