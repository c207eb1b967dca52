"""The palette: one field that finds chats, presets, models and commands.

What there is to find: `features/palette/ui/palette_presenter.py`.
"""
