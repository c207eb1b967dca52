"""What a model's context has grown to is remembered over the end of the program, for as long as it is true."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from chatdesk.features.servers.services.servers import OLLAMA_ID
from chatdesk.kernel.errors.base import MemoryExceeded
from tests.fakes.scripted_models import ScriptedAnswer, scripted_ollama
from tests.fakes.scripted_server import reply
from tests.unit.features.models.services import test_model_contexts as test_contexts
from tests.unit.features.models.services.test_model_contexts import LONG, MODEL, REF, SHORT, Table

model, table = test_contexts.model, test_contexts.table


def content(file: Path) -> dict:
    return json.loads(file.read_text())


def spoil(file: Path, data: bytes) -> None:
    file.write_bytes(data)


def write(file: Path, content: object) -> None:
    file.write_text(json.dumps(content))


@pytest.fixture
async def file(table: Table, tmp_path: Path) -> AsyncIterator[Path]:
    """A file that remembers what models have grown to."""
    file = tmp_path / "contexts.json"
    await table.next_start(file)
    yield file
    await table.contexts.close()


async def test_what_a_model_has_grown_to_is_asked_for_at_once_after_the_next_start(table: Table, file: Path):
    await table.ask(LONG)
    await table.next_start(file)
    assert await table.ask(SHORT) == ("Yes.", [])
    assert table.sizes() == [16_384]
    (row,) = content(file)["contexts"]
    assert row == {"server": OLLAMA_ID, "model": "m:1b", "digest": table.models.find(REF).digest, "tokens": 16_384}


async def test_a_model_that_has_not_grown_leaves_no_trace(table: Table, file: Path):
    await table.ask(SHORT)
    await table.next_start(file)
    assert list(file.parent.glob("contexts*")) == []


async def test_another_model_of_the_same_name_begins_anew(table: Table, file: Path):
    await table.ask(LONG)
    await table.next_start(file)
    async with scripted_ollama(table.says, models=[replace(MODEL, content="other weights")]) as other:
        here = replace(table.servers.find(OLLAMA_ID), base_url=other.url)
        await table.servers.save(here)
        await table.models.refresh_server(here)
        await table.ask(SHORT)
        assert table.sizes() == [8192]
        await table.ask(LONG)
        await table.next_start(file)
    (row,) = content(file)["contexts"]
    assert row["digest"] == table.models.find(REF).digest


async def test_a_size_that_is_chosen_by_hand_makes_it_forgotten_for_good(table: Table, file: Path):
    await table.ask(LONG)
    await table.next_start(file)
    table.wanted = 4096
    await table.ask(SHORT)
    table.wanted = None
    await table.next_start(file)
    await table.ask(SHORT)
    assert table.sizes() == [8192]
    assert content(file)["contexts"] == []


async def test_a_size_that_memory_does_not_hold_is_forgotten_for_good(table: Table, file: Path):
    await table.ask(LONG)
    await table.next_start(file)
    text = "model requires more system memory (9.0 GiB) than is available (6.0 GiB)"
    table.answer = lambda _body: ScriptedAnswer(refusal=reply({"error": text}, 500))
    with pytest.raises(MemoryExceeded):
        await table.ask(SHORT)
    await table.next_start(file)
    assert content(file)["contexts"] == []


async def test_what_another_run_has_written_meanwhile_stays(table: Table, file: Path):
    other = {"server": "ollama", "model": "other:1b", "digest": "x", "tokens": 32_768}
    await table.ask(SHORT)
    write(file, {"contexts": [other], "later": 1})
    await table.ask(LONG)
    await table.next_start(file)
    assert content(file)["later"] == 1
    assert [row["model"] for row in content(file)["contexts"]] == ["other:1b", "m:1b"]


@pytest.mark.parametrize("tokens", [2**31, 2**53, -1, 0, 10**30, float("nan"), "many", True, None, [1], {"a": 1}, 1.5])
async def test_absurd_values_in_the_file_are_left_out(table: Table, file: Path, tokens: object):
    row = {"server": OLLAMA_ID, "model": "m:1b", "digest": table.models.find(REF).digest, "tokens": tokens}
    odd: list[object] = [row, {**row, "model": 5}, {**row, "digest": ""}, 7, None, [row], "m:1b"]
    write(file, {"contexts": odd})
    await table.ask(SHORT)
    assert table.sizes() == [8192]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[]", b"{}", b'{"contexts": 5}', b"[" * 100_000, b'{"format": 2}'])
async def test_a_file_that_is_none_is_as_none(table: Table, file: Path, data: bytes):
    spoil(file, data)
    await table.ask(SHORT)
    await table.ask(LONG)
    assert table.sizes() == [8192, 16_384]
