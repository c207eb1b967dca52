"""What PySide6 keeps in itself, unpacked for the bundle."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.unit.bundle.modules import module

signatures = module("signatures")
LOADED = "import sys, PySide6.QtCore; print(sys.modules['shibokensupport.signature.loader'].__file__)"


def package() -> Path:
    """Where PySide6's own part lies; looked for, not loaded: these tests can do without Qt."""
    spec = find_spec("shiboken6")
    if spec is None or spec.origin is None:
        pytest.skip("PySide6 is not here")
    return Path(spec.origin).parent


def test_the_modules_are_unpacked_and_compiled_and_pyside_loads_them_from_there(tmp_path: Path) -> None:
    before = sorted(package().rglob("*"))
    entries = signatures.unpack(package(), tmp_path)
    names = {name for name, _, _ in entries}
    loader = "shiboken6/files.dir/shibokensupport/signature/loader.py"
    assert loader in names
    compiled = [name for name in names if name.endswith(".pyc")]
    assert len(compiled) == len(names) - len(compiled) >= 10
    assert all((tmp_path / name).samefile(source) for name, source, _ in entries)
    found = subprocess.run(
        [sys.executable, "-c", LOADED], env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, check=True
    )
    assert Path(found.stdout.decode().strip()) == tmp_path / loader
    assert sorted(package().rglob("*")) == before


def test_a_pyside_that_keeps_them_otherwise_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signatures.subprocess, "run", lambda *_arguments, **_options: None)
    with pytest.raises(SystemExit, match="has not unpacked"):
        signatures.unpack(package(), tmp_path)
