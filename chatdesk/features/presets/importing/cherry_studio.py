"""Cherry Studio's backups: `data.json` (to version 5), and the rows of `backup.sqlite` (version 2 of the program).

Its lists of agents and assistants as JSON are `prompt_lists.py`'s. `data.json` holds texts of JSON within texts of JSON.
"""

from collections.abc import Iterator, Mapping, Sequence

from chatdesk.features.presets.importing.entries import Read, list_in, record_in, text_in
from chatdesk.features.presets.importing.foreign_text import parsed
from chatdesk.features.presets.importing.prompt_lists import named
from chatdesk.kernel.presets.preset_import import ImportFormat, ImportRefused, SkipReason

_STORE = "persist:cherry-studio"
_TAKEN = ("id", "name", "prompt", "emoji", "description", "group", "tags", "settings")
"""Of an assistant; the chats and models it also holds are not looked at."""


def read_backup(backup: Mapping[str, object]) -> Iterator[Read]:
    """Yield the assistants of a backup that have a prompt, and its agents."""
    store = _inner(text_in(record_in(backup, "localStorage"), _STORE))
    assistants, agents = _inner(text_in(store, "assistants")), _inner(text_in(store, "agents"))
    for value in (*list_in(assistants, "assistants"), *list_in(assistants, "presets"), *list_in(agents, "agents")):
        if not isinstance(value, dict):
            yield SkipReason.NOT_AN_ENTRY
        elif text_in(value, "prompt"):  # most have none: they are folders of chats
            yield named({key: value[key] for key in _TAKEN if key in value}, ImportFormat.CHERRY_STUDIO)


def read_rows(rows: Sequence[Mapping[str, object]]) -> Iterator[Read]:
    """Yield the assistants of a database that have a prompt."""
    for row in rows:
        if text_in(row, "prompt"):
            yield named(row, ImportFormat.CHERRY_STUDIO)


def _inner(text: str) -> Mapping[str, object]:
    try:
        value = parsed(text) if text else {}
    except ImportRefused:  # one part is broken; the others are not
        return {}
    return value if isinstance(value, dict) else {}
