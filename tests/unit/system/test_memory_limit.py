"""Memory inside containers, as the kernel's documentation writes its files."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.system.memory import MemoryFacts, MemoryLimit, memory_limit, within

GIBIBYTE = 1024**3
HOST = MemoryFacts(64 * GIBIBYTE, 40 * GIBIBYTE)


def files(folder: Path, **contents: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in contents.items():
        (folder / name.replace("__", ".")).write_text(text)
    return folder


def test_a_container_of_today_has_what_it_was_given(tmp_path: Path) -> None:
    stat = "anon 1073741824\nfile 3221225472\nactive_file 0\ninactive_file 2147483648\n"
    files(tmp_path, memory__max="8589934592\n", memory__current="4294967296\n", memory__stat=stat)
    assert memory_limit(tmp_path) == MemoryLimit(8 * GIBIBYTE, 2 * GIBIBYTE)
    assert within(HOST, memory_limit(tmp_path)) == MemoryFacts(8 * GIBIBYTE, 6 * GIBIBYTE)


def test_one_of_yesterday_has_it_in_other_files(tmp_path: Path) -> None:
    files(
        tmp_path / "memory",
        memory__limit_in_bytes="4294967296\n",
        memory__usage_in_bytes="1073741824\n",
        memory__stat="cache 5\ntotal_inactive_file 0\n",
    )
    assert memory_limit(tmp_path) == MemoryLimit(4 * GIBIBYTE, GIBIBYTE)


@pytest.mark.parametrize(
    ("version_two", "version_one"),
    [("max\n", None), (None, "9223372036854771712\n"), (None, None), ("", ""), ("much", "-1"), ("0", "0")],
)
def test_a_whole_machine_has_no_limit(tmp_path: Path, version_two: str | None, version_one: str | None) -> None:
    if version_two is not None:
        files(tmp_path, memory__max=version_two)
    if version_one is not None:
        files(tmp_path / "memory", memory__limit_in_bytes=version_one)
    assert memory_limit(tmp_path) == MemoryLimit()
    assert within(HOST, memory_limit(tmp_path)) == HOST


def test_a_limit_above_what_there_is_is_none() -> None:
    assert within(HOST, MemoryLimit(128 * GIBIBYTE, GIBIBYTE)) == HOST


def test_what_is_free_is_the_less_of_both() -> None:
    crowded = MemoryFacts(64 * GIBIBYTE, GIBIBYTE)
    assert within(crowded, MemoryLimit(8 * GIBIBYTE, 0)) == MemoryFacts(8 * GIBIBYTE, GIBIBYTE)
    assert within(MemoryFacts(64 * GIBIBYTE), MemoryLimit(8 * GIBIBYTE)) == MemoryFacts(8 * GIBIBYTE, None)
    assert within(MemoryFacts(), MemoryLimit(8 * GIBIBYTE, 0)) == MemoryFacts()


sizes = st.none() | st.integers(0, 2**62)


@given(sizes, sizes, sizes, sizes)
def test_nothing_is_freer_than_it_is_large(
    total: int | None, free: int | None, limit: int | None, used: int | None
) -> None:
    facts = within(MemoryFacts(total or None, free), MemoryLimit(limit or None, used))
    assert facts.total is None or facts.total > 0
