"""The main window: pages, sidebar frame, toasts, shortcuts, closing."""
