"""Faults of disks, folders and servers at every step of backups, restores and the synchronisation: `operations.py`."""
