"""How far the reading of a foreign file goes. Whatever is over a limit is refused or left out, never cut in silence."""

MEGABYTE = 1024 * 1024

LARGEST_FILE = 200 * MEGABYTE
"""A backup with everything in it."""
LARGEST_TEXT = 64 * MEGABYTE
"""JSON, CSV or text, as bytes: it becomes ten times as much in memory."""
DEEPEST_NESTING = 500
"""Of arrays and objects of JSON."""
LARGEST_DATABASE = 200 * MEGABYTE

MOST_ENTRIES = 10_000
"""Of an archive."""
LARGEST_DIRECTORY = 4 * MEGABYTE
"""Of an archive: what tells its entries."""
LARGEST_ARCHIVE = 200 * MEGABYTE
"""What is read of an archive, unpacked."""
WORST_RATIO = 200
"""Times that an entry may grow when it is unpacked, if it is not small: text grows ten times."""
SMALL = MEGABYTE

LARGEST_CHUNK = 16 * MEGABYTE
"""Of a picture."""

LONGEST_TEXT = 5_000_000
"""Characters of one preset."""
LONGEST_NAME = 200
LONGEST_DESCRIPTION = 1_000
LONGEST_TAG = 60
MOST_TAGS = 30
LONGEST_HEAD = 100_000
"""Characters of the head of one of our own files."""
MOST_SKIPPED = 500
"""Skipped entries that are told one by one."""
MOST_TEXT = 40_000_000
"""Characters of all presets of one import: the program holds them while it asks what of them shall come."""
