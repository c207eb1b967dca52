"""The files `conversations.json` that several services write into the archive of a user's data: a JSON array with all chats.

Large ones are divided into `conversations-000.json` and so on. The archive may contain a folder with everything, and users choose the
archive, the folder that it was unpacked to, or one of the files.
"""

import re
from collections.abc import Iterator, Mapping

from chatdesk.features.conversations.importing.foreign_chat import DamagedChat, damaged_chat
from chatdesk.features.conversations.importing.json_elements import JsonElements, first_keys
from chatdesk.features.conversations.importing.source import Source, SourceFile

_NAME = re.compile(r"conversations(?:[-_]\d+)?\.json", re.IGNORECASE)


def conversation_files(source: Source) -> tuple[SourceFile, ...]:
    """Return the files that may have chats, in order."""
    return source.only or tuple(file for file in source.files if _NAME.fullmatch(file.base))


def has_keys(source: Source, *keys: str) -> bool:
    """Return whether the chats have all of these members."""
    return any(first_keys(source.outline(file)).issuperset(keys) for file in conversation_files(source))


def records(source: Source) -> Iterator[Mapping[str, object] | DamagedChat]:
    """Yield the record of each chat. A file may also be one chat, or an object with a list of chats."""
    for file in conversation_files(source):
        with source.open(file) as stream:
            elements = JsonElements(stream)
            for value in elements.elements() if elements.opens_with == "[" else (elements.value(),):
                yield value if isinstance(value, dict) else damaged_chat(value)
