"""A folder that two computers share."""

from pathlib import Path

import pytest


@pytest.fixture
def cloud(tmp_path: Path) -> Path:
    """A folder that some program keeps the same on all computers."""
    folder = tmp_path / "cloud"
    folder.mkdir()
    return folder
