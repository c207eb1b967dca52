"""Limits for reading foreign files. Anything beyond a limit is refused or reported as skipped, never truncated silently."""

MEGABYTE = 1024 * 1024

LARGEST_FILE = 200 * MEGABYTE
"""Maximum size of a file: a backup with all data."""
LARGEST_TEXT = 64 * MEGABYTE
"""Maximum bytes of JSON, CSV or text: it needs ten times as much memory."""
DEEPEST_NESTING = 500
"""Maximum nesting depth of JSON arrays and objects."""
LARGEST_DATABASE = 200 * MEGABYTE

MOST_ENTRIES = 10_000
"""Maximum number of entries in an archive."""
LARGEST_DIRECTORY = 4 * MEGABYTE
"""Maximum size of the central directory of an archive."""
LARGEST_ARCHIVE = 200 * MEGABYTE
"""Maximum total size read from an archive, uncompressed."""
WORST_RATIO = 200
"""Maximum compression ratio of an entry larger than `SMALL`: text has a ratio of about ten."""
SMALL = MEGABYTE

LARGEST_CHUNK = 16 * MEGABYTE
"""Maximum size of a chunk in a PNG picture."""

LONGEST_TEXT = 5_000_000
"""Maximum characters of a preset."""
LONGEST_NAME = 200
LONGEST_DESCRIPTION = 1_000
LONGEST_TAG = 60
MOST_TAGS = 30
LONGEST_HEAD = 100_000
"""Maximum characters of the header of a preset file."""
MOST_SKIPPED = 500
"""Maximum number of skipped entries that are reported individually."""
MOST_TEXT = 40_000_000
"""Maximum characters of all presets in an import, which are kept in memory while the dialog is open."""
