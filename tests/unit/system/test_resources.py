"""Resources are found in a clone, in an installed package and in a frozen program."""

import sys
from pathlib import Path

import pytest

from chatdesk.system import resources
from chatdesk.system.resources import Resources


def test_in_a_clone_they_lie_beside_the_package() -> None:
    root = Path(resources.__file__).parents[2]
    assert Resources.locate() == Resources(root / "resources", root / "translations")
    assert (root / "pyproject.toml").is_file()


def test_in_a_wheel_they_lie_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "chatdesk" / "system" / "resources.py"
    bundled = tmp_path / "chatdesk" / "_bundled"
    bundled.mkdir(parents=True)
    monkeypatch.setattr(resources, "__file__", str(module))
    assert Resources.locate() == Resources(bundled / "resources", bundled / "translations")


def test_a_frozen_program_names_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert Resources.locate() == Resources.below(tmp_path)
