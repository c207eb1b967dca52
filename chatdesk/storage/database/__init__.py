"""The database, one repository per noun, and search."""
