"""Maintenance of the database, backups and restoring."""
