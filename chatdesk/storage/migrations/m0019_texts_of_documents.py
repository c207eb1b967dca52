"""An index that finds the messages with a document by the hash of its text.

It is computed from the metadata, so that every way of writing a message keeps it up to date. Metadata that is no JSON has no hash.
"""

import sqlite3


def migrate(connection: sqlite3.Connection) -> None:
    """Add the index."""
    connection.execute(
        "CREATE INDEX parts_by_document_text ON parts (CASE WHEN json_valid(metadata) THEN json_extract(metadata, '$.text_sha256') END) "
        "WHERE kind = 'file'"
    )
