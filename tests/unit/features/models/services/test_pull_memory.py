"""What is remembered of downloads over the end of the program."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.features.models.services.pull_memory import PullMemory, RememberedPull, _decoded
from chatdesk.kernel.errors.storage_errors import DiskFull
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.models.pulls import PullPhase, PullProgress
from chatdesk.storage.files.json_file import JsonFile

HALF = RememberedPull(ModelRef("s", "a:1b"), 1000, PullProgress(PullPhase.ASKING, 500, 1000), is_active=True)
PAUSED = RememberedPull(ModelRef("s", "hf.co/u/模型:Q4_K_M"), 0, PullProgress(), is_active=False)


async def test_it_comes_back_as_it_was(tmp_path: Path) -> None:
    memory = PullMemory(JsonFile(tmp_path / "downloads.json"))
    await memory.write((HALF, PAUSED))
    assert await PullMemory(JsonFile(tmp_path / "downloads.json")).read() == (HALF, PAUSED)


async def test_that_nothing_is_left_is_remembered_by_one_that_did_not_read(tmp_path: Path) -> None:
    await PullMemory(JsonFile(tmp_path / "downloads.json")).write((HALF,))
    await PullMemory(JsonFile(tmp_path / "downloads.json")).write(())
    assert await PullMemory(JsonFile(tmp_path / "downloads.json")).read() == ()


async def test_what_is_the_same_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "downloads.json"
    memory = PullMemory(JsonFile(path))
    await memory.write((HALF,))
    path.write_text("{}")
    await memory.write((HALF,))
    assert path.read_text() == "{}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"downloads": 7}',
        '{"downloads": [7, null, {}, {"server": 1, "model": "a"}, {"server": "s", "model": ""}]}',
        json.dumps({"downloads": [{"server": "s", "model": "a" * 20_000}]}),
    ],
)
async def test_what_was_changed_by_hand_into_something_else_says_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "downloads.json").write_text(text)
    assert await PullMemory(JsonFile(tmp_path / "downloads.json")).read() == ()


async def test_a_disk_that_will_not_is_only_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    file = JsonFile(tmp_path / "downloads.json")

    def full(_data: object) -> None:
        raise DiskFull(str(tmp_path))

    monkeypatch.setattr(file, "write", full)
    await PullMemory(file).write((HALF,))
    assert "not remembered" in caplog.text
    caplog.clear()


async def test_what_could_not_be_read_is_still_there_after_the_next_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "downloads.json"
    await PullMemory(JsonFile(path)).write((HALF,))
    file, content = JsonFile(path), path.read_text()
    memory = PullMemory(file)

    def locked() -> None:
        raise DiskFull(str(tmp_path))

    with monkeypatch.context() as patched:
        patched.setattr(file, "read", locked)
        assert await memory.read() == ()
        await memory.write((PAUSED,))
        assert path.read_text() == content
    await memory.write((PAUSED,))
    assert await PullMemory(JsonFile(path)).read() == (PAUSED, HALF)
    await memory.write(())
    assert await PullMemory(JsonFile(path)).read() == (HALF,)
    assert "not known" in caplog.text
    caplog.clear()


values = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.floats(allow_nan=False)
rows = st.dictionaries(st.sampled_from(["server", "model", "expected", "completed", "total", "goes_on"]), values)


@given(rows)
def test_no_row_breaks_it(row: dict[str, object]) -> None:
    pull = _decoded(row)
    assert pull is None or 0 <= pull.progress.completed <= pull.progress.total
