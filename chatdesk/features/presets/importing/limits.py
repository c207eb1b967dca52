"""Limits for reading foreign files. Anything beyond a limit is refused or reported as skipped, never truncated silently."""

MEGABYTE = 1024 * 1024

MAX_FILE_BYTES = 200 * MEGABYTE
"""Maximum size of a file: a backup with all data."""
MAX_TEXT_BYTES = 64 * MEGABYTE
"""Maximum bytes of JSON, CSV or text: it needs ten times as much memory."""
MAX_NESTING = 500
"""Maximum nesting depth of JSON arrays and objects."""
MAX_DATABASE_BYTES = 200 * MEGABYTE

MAX_ARCHIVE_ENTRIES = 10_000
"""Maximum number of entries in an archive."""
MAX_DIRECTORY_BYTES = 4 * MEGABYTE
"""Maximum size of the central directory of an archive."""
MAX_ARCHIVE_BYTES = 200 * MEGABYTE
"""Maximum total size read from an archive, uncompressed."""
MAX_COMPRESSION_RATIO = 200
"""Maximum compression ratio of an entry larger than `SMALL_FILE_BYTES`: text has a ratio of about ten."""
SMALL_FILE_BYTES = MEGABYTE

MAX_CHUNK_BYTES = 16 * MEGABYTE
"""Maximum size of a chunk in a PNG picture."""

MAX_PRESET_CHARACTERS = 5_000_000
"""Maximum characters of a preset."""
MAX_NAME_LENGTH = 200
MAX_DESCRIPTION_LENGTH = 1_000
MAX_TAG_LENGTH = 60
MAX_TAGS = 30
MAX_HEADER_LENGTH = 100_000
"""Maximum characters of the header of a preset file."""
MAX_GLOSSARIES = 500
MAX_GLOSSARY_BYTES = 2_000_000
MAX_SKIPPED = 500
"""Maximum number of skipped entries that are reported individually."""
MAX_TOTAL_CHARACTERS = 40_000_000
"""Maximum characters of all presets in an import, which are kept in memory while the dialog is open."""
