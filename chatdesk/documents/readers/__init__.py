"""A reader for each format. They run in the reading process only; each yields the sections of a file in order."""
