"""Backups, the data folder, and the settings page *Data*.

Open first:

- `services/maintenance.py`: checks and backs up the database regularly
- `services/daily_backups.py`: copies to a folder or server that the user chose
- `services/restoring.py`: chats of a backup come back
- `services/data_folder.py`: the data folder moves
- `ui/data_section.py`: the page
"""
