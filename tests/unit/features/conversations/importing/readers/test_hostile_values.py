"""Files and databases of other programs with a value of another type anywhere: they are read as far as possible, or refused.

Nothing else happens.
"""

import copy
import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatdesk.features.conversations.importing.chat_records import OwnChat, records_of, summary_of
from chatdesk.features.conversations.importing.foreign_chat import ForeignChat
from chatdesk.features.conversations.importing.programs import chats_in, reader_of
from chatdesk.features.conversations.importing.source import open_source
from chatdesk.kernel.presets.preset_import import ImportRefused
from chatdesk.storage.files.foreign_database import open_foreign_database
from tests.unit.features.conversations.importing.readers import (
    test_chatbox,
    test_chatgpt,
    test_cherry_database,
    test_cherry_studio,
    test_claude,
    test_deepseek,
    test_jan,
    test_librechat,
    test_lm_studio,
    test_lobe_chat,
    test_ollama,
    test_open_webui,
    test_openai_messages,
    test_own_files,
    test_silly_tavern,
)
from tests.unit.features.conversations.importing.reading import written

Write = Callable[[Path, Any], Path]


def as_json(folder: Path, value: object) -> Path:
    return written(folder, json.dumps(value))


def as_lines(folder: Path, value: object) -> Path:
    return written(folder, "\n".join(map(json.dumps, value if isinstance(value, list) else [value])), "chat.jsonl")


def as_thread(folder: Path, value: object) -> Path:
    thread, messages = value if isinstance(value, list) and len(value) == 2 else (value, [])
    written(folder, json.dumps(thread), "data/threads/1/thread.json")
    return written(
        folder,
        "\n".join(map(json.dumps, messages or [])) if isinstance(messages, list) else "",
        "data/threads/1/messages.jsonl",
    ).parents[2]


FORKS = {"m1": {"position": 1, "lists": [{"messages": [test_chatbox.ANSWER | {"id": "m9"}]}, {"messages": []}]}}
SAMPLES: dict[str, tuple[Write, object]] = {
    "Chatbox": (as_json, test_chatbox.backup(messageForksHash=FORKS, threads=[{"id": "t", "messages": []}])),
    "Cherry Studio": (as_json, test_cherry_studio.data()),
    "LM Studio": (as_json, test_lm_studio.CHAT),
    "LobeChat": (as_json, test_lobe_chat.EXPORT),
    "LobeChat, old": (as_json, test_lobe_chat.OLD),
    "Jan": (as_thread, [test_jan.THREAD, [test_jan.QUESTION, test_jan.ANSWER, test_jan.LATER]]),
    "ChatGPT": (as_json, [test_chatgpt.WITH_FILES, test_chatgpt.WITH_TOOLS]),
    "DeepSeek": (as_json, test_deepseek.SAMPLE),
    "Claude": (as_json, test_claude.SAMPLE),
    "Open WebUI": (as_json, test_open_webui.SAMPLE),
    "LibreChat": (as_json, test_librechat.SAMPLE),
    "messages": (as_json, test_openai_messages.SAMPLE),
    "Chatdesk": (as_json, test_own_files.exported()),
    "SillyTavern": (
        as_lines,
        [test_silly_tavern.HEADER, test_silly_tavern.GREETING, test_silly_tavern.QUESTION, test_silly_tavern.ANSWER],
    ),
}
OTHERS = [
    None,
    True,
    -1,
    10**30,
    1.5e300,
    "",
    "x",
    "\ud800",
    [],
    [None],
    [[]],
    {},
    {"a": 1},
    [{"id": "m1"}],
    {"id": ["m1"]},
]


def places(value: object, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*path, key))


def changed(value: object, path: tuple[object, ...], other: object) -> object:
    if not path:
        return other
    result: Any = copy.deepcopy(value)
    inner = result
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = other
    return result


def read_all(path: Path) -> None:
    """Read like the import process does."""
    try:
        with open_source(path, open_foreign_database) as source:
            reader = reader_of(source)
            for found in chats_in(reader, source) if reader else ():
                if isinstance(found, ForeignChat | OwnChat):
                    summary_of(found)
                    json.dumps(list(records_of(found)))
    except ImportRefused:
        pass


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_value_of_another_type_does_no_harm(tmp_path: Path, name: str, data: st.DataObject) -> None:
    write, sample = SAMPLES[name]
    path = data.draw(st.sampled_from(list(places(sample))))
    read_all(write(tmp_path, changed(sample, path, data.draw(st.sampled_from(OTHERS)))))


CELLS = [None, b"\xff\x00", -1, 1e300, "", "x", "[1]", '{"parts": 5, "blocks": [null, {"type": "image", "file": 3}]}']
DATABASES = {
    "Cherry Studio": (test_cherry_database.database, "cherrystudio.sqlite"),
    "Ollama": (lambda folder: test_ollama.database(folder).close(), "db.sqlite"),
}


@cache
def sample_of(write: Callable[[Path], object], file: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder))
        return (Path(folder) / file).read_bytes()


def columns_of(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    return [(table, row[1]) for (table,) in tables for row in connection.execute(f'PRAGMA table_info("{table}")')]


@pytest.mark.parametrize("name", DATABASES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_value_of_another_type_in_a_database_does_no_harm(tmp_path: Path, name: str, data: st.DataObject) -> None:
    write, file = DATABASES[name]
    (tmp_path / file).write_bytes(sample_of(write, file))
    with closing(sqlite3.connect(tmp_path / file)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        table, column = data.draw(st.sampled_from(columns_of(connection)))
        with suppress(sqlite3.IntegrityError):  # not every value is possible in every column
            connection.execute(f'UPDATE "{table}" SET "{column}" = ?', (data.draw(st.sampled_from(CELLS)),))
        connection.commit()
    read_all(tmp_path / file)
