"""The window for quick questions: its parts, which know no services. Its page and its wiring are in `ui/shell/quick_*.py`."""
