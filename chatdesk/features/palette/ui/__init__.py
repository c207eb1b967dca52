"""User interface of the command palette.

`features/palette/ui/palette_presenter.py` provides its content.
"""
