"""Updates of Chatdesk.

Open first:

- `services/update_check.py`: checks for the newest version
- `ui/updates_card.py`: the card in the settings
- `ui/about_section.py`: the section *About*
"""
