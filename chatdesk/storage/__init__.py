"""SQLite on one thread: migrations, one repository per noun, search, backup; and the settings file."""
