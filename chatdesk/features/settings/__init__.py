"""The settings page.

Open first:

- `ui/settings_page.py`: sections and their list
- `ui/keyboard_section.py`: the keyboard shortcuts
"""
