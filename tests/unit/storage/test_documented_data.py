"""What docs/data.md says about reading the chats with other programs is true."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.paths import ROOT
from tests.unit.storage.damaged import write_chats

TEXT = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")


def test_the_examples_read_the_chats(tmp_path: Path) -> None:
    write_chats(tmp_path / "chats.sqlite3", 3, 4)
    queries = re.findall(r'chats\.sqlite3 "(.*?)"\n', TEXT, re.DOTALL)
    assert len(queries) == 2
    with closing(sqlite3.connect(f"file:{tmp_path / 'chats.sqlite3'}?mode=ro", uri=True)) as connection:
        titles = connection.execute(queries[0]).fetchall()
        messages = connection.execute(queries[1].replace("landlord", "Title 1")).fetchall()
    assert {title for title, _ in titles} == {"Title 0", "Title 1", "Title 2"}
    assert [text.split(" words")[0] for _, text in messages] == [f"words of chat1-{number}" for number in range(4)]


def test_the_columns_that_are_named_exist(tmp_path: Path) -> None:
    write_chats(tmp_path / "chats.sqlite3", 1, 1)
    with closing(sqlite3.connect(tmp_path / "chats.sqlite3")) as connection:
        for table in ("conversations", "messages", "parts", "folders"):
            (row,) = re.findall(rf"^\| `{table}` \| [^|]+ \| ([^|]+) \|$", TEXT, re.MULTILINE)
            columns = {name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")}
            outside_brackets = re.sub(r"\([^)]*\)", "", row)
            assert set(re.findall(r"`(\w+)`", outside_brackets)) <= columns
