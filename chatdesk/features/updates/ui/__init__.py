"""Updates card and the section *About*."""
