"""Backups, the data folder, and the settings page *Data*.

Open first:

- `services/upkeep.py`: checks and backs up the database regularly
- `services/daily_backups.py`: copies to a folder or server that the user chose
- `services/stored_copies.py`: the list of them, and the keys that open them
- `ui/data_section.py`: the page
"""
