"""A supported Python is found wherever it lies, and behind whatever only looks like one. Shell scripts stand in for interpreters."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import ROOT

FILE = ROOT / "packaging/find_python.py"
spec = importlib.util.spec_from_file_location("find_python", FILE)
assert spec
assert spec.loader
find_python = importlib.util.module_from_spec(spec)
spec.loader.exec_module(find_python)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="shell scripts stand in for interpreters")


def program(folder: Path, name: str, script: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


def answering(version: str) -> str:
    return f"echo {version.replace('.', ' ')}; echo /python{version}"


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setattr(find_python, "USUAL_FOLDERS", (tmp_path / "usr",))
    monkeypatch.setattr(find_python, "UV_ENVIRONMENT", tmp_path / "uv")
    return tmp_path


def found() -> list[str]:
    return [path for _, path in find_python.supported_pythons((3, 12), (3, 14))]


def test_shims_that_fail_and_programs_that_are_no_python_are_passed_over(machine: Path) -> None:
    program(machine / "bin", "python3.13", "echo 'command not found' >&2; exit 127")
    program(machine / "bin", "python3.14", "echo garbage")
    program(machine / "bin", "python3", answering("3.11.7"))
    (machine / "bin/python3.12").write_text("not executable")
    program(machine / "usr", "python3.12", answering("3.12.3"))
    assert found() == ["/python3.12.3"]


def test_versions_of_pyenv_are_found_and_sorted_as_numbers(machine: Path) -> None:
    for version in ("3.9.1", "3.13.10", "3.13.9", "3.14.1", "3.15.0"):
        program(machine / f"pyenv/versions/{version}/bin", "python3", answering(version))
    assert found() == ["/python3.13.9", "/python3.13.10", "/python3.14.1"]


def test_one_under_several_names_is_listed_once(machine: Path) -> None:
    for folder in ("bin", "usr"):
        for name in ("python", "python3", "python3.13"):
            program(machine / folder, name, answering("3.13.1"))
    assert found() == ["/python3.13.1"]


def test_this_python_is_found_by_the_script_itself(machine: Path) -> None:
    running = Path(sys.executable).resolve()
    environment = {**os.environ, "PATH": str(running.parent)}
    output = subprocess.check_output([sys.executable, FILE, "list", "3.12", "3.14"], env=environment, text=True)
    assert f"{'.'.join(map(str, sys.version_info[:3]))} {running}" in output.splitlines()


def test_uv_installs_one_and_says_where(machine: Path) -> None:
    asked = machine / "asked"
    program(machine / "bin", "uv", f'echo "$@" >> {asked}\n[ "$2" = find ] && echo /uv/python3.13\nexit 0')
    assert find_python.install_with_uv("3.13") == "/uv/python3.13"
    assert asked.read_text().splitlines() == ["python install 3.13", "python find --no-project 3.13"]


def test_a_uv_that_cannot_install_one_is_no_help(machine: Path) -> None:
    program(machine / "bin", "uv", "exit 2")
    assert find_python.install_with_uv("3.13") == ""


def test_without_uv_and_without_a_way_to_get_it_there_is_none(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find_python.sys, "executable", str(program(machine, "python-without-venv", "exit 1")))
    assert find_python.install_with_uv("3.13") == ""
