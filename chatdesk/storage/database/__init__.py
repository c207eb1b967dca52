"""The database: one repository per entity, and search."""
