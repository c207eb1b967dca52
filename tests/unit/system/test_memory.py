"""Memory, and where Ollama keeps its models."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatdesk.kernel.models.memory_need import GIBIBYTE
from chatdesk.system.memory import MemoryFacts, memory_facts, parse_meminfo, parse_vm_stat
from chatdesk.system.model_machine import read_machine
from chatdesk.system.ollama_folder import free_space, models_folder, room_for_models
from chatdesk.system.short_command import output_of

MEMINFO = "MemTotal:       32768000 kB\nMemFree:         1000000 kB\nMemAvailable:   21504000 kB\nBuffers:  1 kB\n"
VM_STAT = """\
Mach Virtual Memory Statistics: (page size of 16384 bytes)
Pages free:                               12345.
Pages active:                            400000.
Pages inactive:                          390000.
Pages speculative:                         2000.
Pages wired down:                        110000.
Pages purgeable:                           1655.
"Translation faults":                 987654321.
"""


def test_linux_tells_total_and_available() -> None:
    assert parse_meminfo(MEMINFO) == MemoryFacts(32768000 * 1024, 21504000 * 1024)


def test_an_old_kernel_tells_only_what_is_free() -> None:
    assert parse_meminfo("MemTotal: 2048 kB\nMemFree: 1024 kB\n") == MemoryFacts(2048 * 1024, 1024 * 1024)


@pytest.mark.parametrize("text", ["", "MemTotal:", "MemTotal: much kB", "MemTotal: 0 kB", "MemFree: 5 kB"])
def test_a_text_without_a_total_tells_nothing(text: str) -> None:
    assert parse_meminfo(text) == MemoryFacts()


def test_macos_counts_what_it_gives_up_at_once_as_free() -> None:
    assert parse_vm_stat(VM_STAT, 16 * GIBIBYTE) == MemoryFacts(16 * GIBIBYTE, (12345 + 390000 + 2000 + 1655) * 16384)
    assert parse_vm_stat("", 16 * GIBIBYTE) == MemoryFacts(16 * GIBIBYTE, None)
    assert parse_vm_stat(VM_STAT, None) == MemoryFacts()


@given(st.text(), st.none() | st.integers())
def test_no_text_is_too_odd(text: str, total: int | None) -> None:
    for facts in (parse_meminfo(text), parse_vm_stat(text, total)):
        assert facts.total is None or facts.total > 0
        assert facts.free is None or (facts.total is not None and 0 <= facts.free <= facts.total)


@given(st.integers(0, 10**17), st.integers(0, 10**17))
def test_no_number_is_too_large(total: int, free: int) -> None:
    facts = parse_meminfo(f"MemTotal: {total} kB\nMemAvailable: {free} kB")
    assert facts.free is None or (facts.total is not None and facts.free <= facts.total)


def test_this_machine_has_memory_and_a_disk() -> None:
    facts, machine = memory_facts(), read_machine()
    assert facts.total is not None
    assert facts.total > 2**28
    assert machine.memory == facts.total
    assert machine.disk_free is not None


def test_ollamas_folder_is_the_one_it_was_told(tmp_path: Path) -> None:
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
def test_ollamas_folder_is_the_one_its_service_is_told(
    tmp_path: Path, unit: str, added: str, expected: str | None
) -> None:
    (tmp_path / "ollama.service").write_text(unit)
    (tmp_path / "ollama.service.d").mkdir()
    (tmp_path / "ollama.service.d" / "override.conf").write_text(added)
    absent = tmp_path / "absent" / "x"
    wanted = Path(expected) if expected else Path.home() / ".ollama" / "models"
    assert models_folder({}, absent, (tmp_path,)) == wanted


def test_room_is_not_known_where_no_model_was_ever_kept(tmp_path: Path) -> None:
    assert room_for_models(tmp_path / "not" / "yet") is None
    assert room_for_models(tmp_path / "models") == pytest.approx(free_space(tmp_path), rel=0.05)


def test_room_is_asked_where_the_folder_will_be(tmp_path: Path) -> None:
    assert free_space(tmp_path / "not" / "yet") == pytest.approx(free_space(tmp_path), rel=0.05)
    assert free_space(Path("nowhere\0")) is not None or sys.platform == "win32"


def test_a_command_that_is_not_there_fails_or_hangs_says_nothing() -> None:
    assert output_of(["no-such-command-anywhere"]) == ""
    assert output_of([sys.executable, "-c", "raise SystemExit(3)"]) == ""
    assert output_of([sys.executable, "-c", "import time; print('x', flush=True); time.sleep(9)"], seconds=0.2) == ""
    assert output_of([sys.executable, "-c", "print('yes')"]).strip() == "yes"
