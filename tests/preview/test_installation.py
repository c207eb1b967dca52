"""A web engine that is not complete is found out before it could end the program."""

from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QLibraryInfo
from PySide6.QtWebEngineCore import qWebEngineChromiumSecurityPatchVersion, qWebEngineChromiumVersion
from PySide6.QtWidgets import QApplication

from chatdesk.app.preview_hosts import EnginePreviewHosts
from chatdesk.features.previews.ui.panel.preview_host import Obstacle
from chatdesk.features.previews.web_engine.installation import missing_files
from chatdesk.kernel.web_engine import PINNED

PARTS = ["QtWebEngineProcess", "icudtl.dat", "qtwebengine_resources.pak", "v8_context_snapshot.bin", "en-US.pak"]


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of links to the real one, from which a test can take parts away."""
    real = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.DataPath))
    for name in ("libexec", "resources", "translations/qtwebengine_locales"):
        (tmp_path / name).mkdir(parents=True)
        for file in (real / name).iterdir():
            (tmp_path / name / file.name).symlink_to(file)
    places = QLibraryInfo.LibraryPath
    folders = {
        places.LibraryExecutablesPath: "libexec",
        places.DataPath: ".",
        places.TranslationsPath: "translations",
    }
    monkeypatch.setattr(QLibraryInfo, "path", lambda place: str(tmp_path / folders[place]))
    return tmp_path


def test_what_is_installed_here_is_complete() -> None:
    assert missing_files() == []


@pytest.mark.parametrize("name", PARTS)
def test_a_missing_part_is_an_obstacle_and_the_program_goes_on(
    qapp: QApplication, copied: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert EnginePreviewHosts(copied).obstacle() is None
    next(copied.rglob(name)).unlink()
    assert EnginePreviewHosts(copied).obstacle() is Obstacle.MISSING
    assert name in caplog.text


def test_the_versions_shown_to_people_are_those_of_the_engine() -> None:
    """The date to look for a better patched one: docs/decisions.md, 20."""
    assert PINNED.pyside == PySide6.__version__
    assert PINNED.chromium == qWebEngineChromiumVersion()
    assert PINNED.fixes_up_to == qWebEngineChromiumSecurityPatchVersion()
