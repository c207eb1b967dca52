"""The palette: one field that finds chats, presets, models and commands. What there is to find: `ui/shell/palette_presenter.py`."""
