"""Memory, and where Ollama keeps its models."""

import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatdesk.system import memory
from chatdesk.system.memory import MemoryFacts, MemoryLimit, memory_facts
from chatdesk.system.model_machine import read_machine
from chatdesk.system.ollama_folder import free_space, free_space_for_models, models_folder
from chatdesk.system.short_command import output_of

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="how Linux tells of its memory")
OTHERS = "Buffers: 1 kB\nCached: 0 kB\nShmem: 2 kB\nActive: 3 kB\nInactive: 4 kB\n"
MEMINFO = f"MemTotal:       32768000 kB\nMemFree:         1000000 kB\nMemAvailable:   21504000 kB\n{OTHERS}"


@pytest.fixture
def facts_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], MemoryFacts]:
    """Returns what is made of a text of the kernel."""
    monkeypatch.setattr(psutil, "PROCFS_PATH", str(tmp_path))
    monkeypatch.setattr(memory, "memory_limit", MemoryLimit)

    def read(text: str) -> MemoryFacts:
        (tmp_path / "meminfo").write_text(text, "utf-8")
        return memory_facts()

    return read


@only_linux
def test_total_and_available_are_reported(facts_of: Callable[[str], MemoryFacts]) -> None:
    assert facts_of(MEMINFO) == MemoryFacts(32768000 * 1024, 21504000 * 1024)


@only_linux
def test_an_old_kernel_tells_only_what_is_free(facts_of: Callable[[str], MemoryFacts]) -> None:
    assert facts_of(f"MemTotal: 2048 kB\nMemFree: 1024 kB\n{OTHERS}") == MemoryFacts(2048 * 1024, 1024 * 1024)


@only_linux
@pytest.mark.parametrize(
    "text",
    [
        "",
        "MemTotal:",
        "MemTotal: much kB",
        "MemTotal: 0 kB",
        f"MemTotal: 0 kB\nMemFree: 0 kB\n{OTHERS}",
        "MemFree: 5 kB",
    ],
)
def test_a_text_without_a_total_tells_nothing(facts_of: Callable[[str], MemoryFacts], text: str) -> None:
    assert facts_of(text) == MemoryFacts()


@only_linux
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text())
def test_no_text_is_too_odd(facts_of: Callable[[str], MemoryFacts], text: str) -> None:
    assert facts_of(text) == MemoryFacts()


@only_linux
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(total=st.integers(0, 10**17), free=st.integers(0, 10**17))
def test_no_number_is_too_large(facts_of: Callable[[str], MemoryFacts], total: int, free: int) -> None:
    facts = facts_of(f"MemTotal: {total} kB\nMemFree: {free} kB\nMemAvailable: {free} kB\n{OTHERS}")
    assert facts.total is None or facts.total > 0
    assert facts.free is None or (facts.total is not None and 0 <= facts.free <= facts.total)


@pytest.mark.parametrize("error", [OSError(), RuntimeError()])
def test_a_system_that_fails_to_tell_tells_nothing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    monkeypatch.setattr(psutil, "virtual_memory", Mock(side_effect=error))
    assert memory_facts() == MemoryFacts()


def test_a_container_has_no_more_than_it_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "memory_limit", lambda: MemoryLimit(2**20, 2**19))
    assert memory_facts() == MemoryFacts(2**20, 2**19)


def test_this_machine_has_memory_and_a_disk() -> None:
    facts, machine = memory_facts(), read_machine()
    assert facts.total is not None
    assert facts.total > 2**28
    assert machine.memory == facts.total
    assert machine.disk_free is not None


def test_ollamas_folder_is_the_configured_one(tmp_path: Path) -> None:
    assert models_folder({"OLLAMA_MODELS": str(tmp_path)}, units=()) == tmp_path


@pytest.mark.skipif(sys.platform != "linux", reason="only there Ollama runs as a user of its own")
def test_ollamas_folder_is_the_services_if_there_is_one(tmp_path: Path) -> None:
    service = tmp_path / "ollama" / ".ollama" / "models"
    assert models_folder({}, service, ()) == Path.home() / ".ollama" / "models"
    service.parent.mkdir(parents=True)
    assert models_folder({}, service, ()) == service


@pytest.mark.skipif(sys.platform != "linux", reason="only there it is a unit of systemd")
@pytest.mark.parametrize(
    ("unit", "added", "expected"),
    [
        (
            '[Service]\nEnvironment="PATH=/bin"\n',
            '[Service]\nEnvironment="OLLAMA_MODELS=/data/my models"\n',
            "/data/my models",
        ),
        ("[Service]\nEnvironment=OLLAMA_HOST=0.0.0.0 OLLAMA_MODELS=/srv/models\n", "", "/srv/models"),
        ("[Service]\nEnvironment=OLLAMA_MODELS=/one\n", "[Service]\nEnvironment=OLLAMA_MODELS=/two\n", "/two"),
        ("[Service]\n# Environment=OLLAMA_MODELS=/no\nEnvironment=MY_OLLAMA_MODELS=/no\n", "", None),
    ],
)
def test_ollamas_folder_is_the_one_of_its_service(tmp_path: Path, unit: str, added: str, expected: str | None) -> None:
    (tmp_path / "ollama.service").write_text(unit)
    (tmp_path / "ollama.service.d").mkdir()
    (tmp_path / "ollama.service.d" / "override.conf").write_text(added)
    absent = tmp_path / "absent" / "x"
    wanted = Path(expected) if expected else Path.home() / ".ollama" / "models"
    assert models_folder({}, absent, (tmp_path,)) == wanted


def test_room_is_not_known_where_no_model_was_ever_kept(tmp_path: Path) -> None:
    assert free_space_for_models(tmp_path / "not" / "yet") is None
    assert free_space_for_models(tmp_path / "models") == pytest.approx(free_space(tmp_path), rel=0.05)


def test_room_is_asked_where_the_folder_will_be(tmp_path: Path) -> None:
    assert free_space(tmp_path / "not" / "yet") == pytest.approx(free_space(tmp_path), rel=0.05)
    assert free_space(Path("nowhere\0")) is not None or sys.platform == "win32"


def test_a_command_that_is_not_there_fails_or_hangs_says_nothing() -> None:
    assert output_of(["no-such-command-anywhere"]) == ""
    assert output_of([sys.executable, "-c", "raise SystemExit(3)"]) == ""
    assert output_of([sys.executable, "-c", "import time; print('x', flush=True); time.sleep(9)"], seconds=0.2) == ""
    assert output_of([sys.executable, "-c", "print('yes')"]).strip() == "yes"
