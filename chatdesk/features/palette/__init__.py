"""The command palette: one field that finds chats, presets, models and commands.

Open first:

- `ui/palette_presenter.py`: what is found and what choosing it does
- `ui/palette.py`: the palette itself
- `ui/entries.py`: its entries and their ranking
"""
