"""Names and rotation of daily backups."""
