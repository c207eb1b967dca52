"""Storage: SQLite on one thread, migrations, backups, and files."""
