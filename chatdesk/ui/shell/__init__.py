"""The main window: title row, pages, shortcuts, toast."""
