"""The set-up of a clone does what is missing, once, and never goes on with something half done. Nothing is really installed here."""

from collections.abc import Callable
from pathlib import Path

import pytest

import dev

EVERYTHING = ["venv", "run", "engine", "libraries", "development", "tests"]


class Machine:
    """Stands in for the programs that dev.py calls: notes each as one word, and fails or is interrupted where told to."""

    def __init__(self, environment: Path) -> None:
        self.calls: list[str] = []
        self.fails: set[str] = set()
        self.interrupted: set[str] = set()
        self._environment = environment

    def call(self, command: list[str | Path], **_options: object) -> int:
        step = next(
            word for word in EVERYTHING if word in command or any(f"{word}.txt" in str(part) for part in command)
        )
        self.calls.append(step)
        if step == "venv":
            for folder in ("bin", "lib/python3.13/site-packages"):
                (self._environment / folder).mkdir(parents=True, exist_ok=True)
            (self._environment / "bin/python").touch()
            (self._environment / "complete.json").unlink(missing_ok=True)
        if step in self.interrupted:
            raise KeyboardInterrupt
        return 1 if step in self.fails else 0


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "requirements").mkdir()
    for name in dev.LOCKS:
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"{name}==1")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(dev, "PYTHON", str(tmp_path / ".venv/bin/python"))
    monkeypatch.setattr(dev, "COMPLETE", tmp_path / ".venv/complete.json")
    monkeypatch.setattr(dev, "LINUX", True)
    monkeypatch.setattr(dev, "WINDOWS", False)
    return tmp_path


@pytest.fixture
def machine(clone: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine(clone / ".venv")
    monkeypatch.setattr(dev.subprocess, "call", machine.call)
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda _name: object())
    return machine


@pytest.fixture
def set_up(machine: Machine) -> Callable[[], list[str]]:
    """Set up for the tests, and return which steps that took."""

    def set_up() -> list[str]:
        machine.calls.clear()
        dev.set_up(for_tests=True)
        return machine.calls

    return set_up


def test_everything_is_set_up_in_order_and_only_once(set_up: Callable[[], list[str]]) -> None:
    assert set_up() == EVERYTHING
    assert set_up() == []


def test_running_needs_no_test_tools(machine: Machine, set_up: Callable[[], list[str]]) -> None:
    dev.set_up()
    assert machine.calls == ["venv", "run", "engine", "libraries"]
    assert set_up() == ["development", "tests"]


@pytest.mark.parametrize("step", ["venv", "run", "engine", "development"])
def test_an_interrupted_environment_is_made_anew(machine: Machine, set_up: Callable[[], list[str]], step: str) -> None:
    machine.interrupted.add(step)
    with pytest.raises(KeyboardInterrupt):
        set_up()
    machine.interrupted.clear()
    assert set_up() == EVERYTHING


@pytest.mark.parametrize("step", ["libraries", "tests"])
def test_an_interruption_beside_the_environment_keeps_it(
    machine: Machine, set_up: Callable[[], list[str]], step: str
) -> None:
    machine.interrupted.add(step)
    with pytest.raises(KeyboardInterrupt):
        set_up()
    machine.interrupted.clear()
    assert set_up() == EVERYTHING[EVERYTHING.index(step) :]


def test_changed_packages_make_the_environment_anew(clone: Path, set_up: Callable[[], list[str]]) -> None:
    set_up()
    (clone / "requirements/run.txt").write_text("run==2")
    assert set_up() == EVERYTHING


def test_another_python_makes_the_environment_anew(
    set_up: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up()
    monkeypatch.setattr(dev.sys, "base_prefix", "/another/python")
    assert set_up() == EVERYTHING


@pytest.mark.parametrize("damage", ["", "garbage", "[]", "3"])
def test_a_damaged_record_makes_the_environment_anew(clone: Path, set_up: Callable[[], list[str]], damage: str) -> None:
    set_up()
    (clone / ".venv/complete.json").write_text(damage)
    assert set_up() == EVERYTHING


def test_an_environment_whose_python_is_gone_is_made_anew(clone: Path, set_up: Callable[[], list[str]]) -> None:
    set_up()
    (clone / ".venv/bin/python").unlink()
    assert set_up() == EVERYTHING


def test_without_the_engine_the_rest_is_set_up_and_the_engine_tried_again(
    machine: Machine, set_up: Callable[[], list[str]]
) -> None:
    machine.fails.add("engine")
    assert set_up() == EVERYTHING
    assert set_up() == ["engine", "libraries"]
    machine.fails.clear()
    assert set_up() == ["engine", "libraries"]
    assert set_up() == []


def test_without_the_packages_nothing_goes_on(machine: Machine, set_up: Callable[[], list[str]]) -> None:
    machine.fails.add("run")
    with pytest.raises(SystemExit, match="could not be installed"):
        set_up()
    assert machine.calls == ["venv", "run"]


@pytest.mark.parametrize(
    ("platform", "python", "packages"),
    [
        ("linux", "bin/python", "lib/python3.13/site-packages"),
        ("darwin", "bin/python", "lib/python3.13/site-packages"),
        ("win32", "Scripts/python.exe", "Lib/site-packages"),
    ],
)
def test_an_environment_has_its_python_and_its_packages_where_the_system_wants_them(
    tmp_path: Path, platform: str, python: str, packages: str
) -> None:
    (tmp_path / packages).mkdir(parents=True)
    assert dev.python_in(tmp_path, platform) == str(tmp_path / python)
    assert dev.site_packages(tmp_path, platform) == tmp_path / packages


def test_without_a_display_the_window_is_refused_before_anything_is_set_up(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SystemExit, match=r"dev\.py run ask"):
        dev.run([])
    assert machine.calls == []


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """An unsupported Python starts dev.py; returns what it goes on with."""
    commands: list[str] = []
    monkeypatch.setattr(dev, "become", commands.extend)
    monkeypatch.setattr(dev, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(dev.sys, "version_info", (3, 11, 7))
    monkeypatch.setattr(
        dev,
        "supported_pythons",
        lambda: [((3, 12, 3), "/3.12"), ((3, 13, 0), "/3.13.0"), ((3, 13, 2), "/3.13.2"), ((3, 14, 0), "/3.14")],
    )
    return commands


def test_the_python_of_the_bundles_is_preferred(started: list[str]) -> None:
    dev.use_supported_python()
    assert started[:2] == ["/3.13.2", dev.__file__]


def test_the_python_that_made_the_environment_is_used_again(started: list[str], tmp_path: Path) -> None:
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv/pyvenv.cfg").write_text("home = /\nexecutable = /3.12\nversion = 3.12.3\n")
    dev.use_supported_python()
    assert started[0] == "/3.12"


def test_a_supported_python_looks_for_no_other(started: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.sys, "version_info", (3, 12, 0))
    dev.use_supported_python()
    assert started == []


@pytest.mark.parametrize("version", [(3, 8, 0), (3, 15, 0)])
def test_where_none_can_be_had_it_is_said_how_to_install_one(
    started: list[str], monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...]
) -> None:
    monkeypatch.setattr(dev.sys, "version_info", version)
    monkeypatch.setattr(dev, "supported_pythons", list)
    monkeypatch.setattr(dev, "find_python", lambda *_arguments: "\n")
    with pytest.raises(SystemExit, match=r"needs Python 3\.12, 3\.13 or 3\.14; this is 3\.(8|15)"):
        dev.use_supported_python()
    assert started == []


def test_the_lowest_and_the_newest_python_are_tested_besides_the_one_that_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [((3, minor, 0), f"/python3.{minor}") for minor in (12, 13, 14)]
    for running, others in ((12, [14]), (13, [12, 14]), (14, [12])):
        monkeypatch.setattr(dev.sys, "version_info", (3, running, 5))
        assert [version[1] for version, _ in dev.other_extremes(found)] == others
    assert dev.other_extremes([]) == []
