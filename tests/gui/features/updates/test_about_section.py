"""The section About: licence, log files, and the details for a report."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QWidget

import chatdesk
from chatdesk.features.updates.domain.updates import ReleaseSource
from chatdesk.features.updates.ui.about_section import AboutSection
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.style.appearance import Appearance
from tests.gui.features.settings.settings_harness import part
from tests.own_time import TIMEOUT


@pytest.fixture
def opened() -> list[str]:
    return []


async def make(appearance: Appearance, qtbot, tmp_path: Path, opened: list[str], source: ReleaseSource) -> AboutSection:
    updates = SimpleNamespace(source=source)
    section = AboutSection(
        appearance,
        Settings({}, lambda _values: None),
        Lazy(lambda: updates),
        None,
        lambda address, _text: opened.append(address),
        tmp_path / "logs",
        tmp_path / "licences",
    )
    qtbot.addWidget(section)
    section.show()
    return section


async def test_the_details_for_a_report_are_copied(appearance: Appearance, qtbot, tmp_path: Path, opened) -> None:
    section = await make(appearance, qtbot, tmp_path, opened, ReleaseSource())
    button = part(section, QAbstractButton, "copyDetails")
    button.click()
    copied = QGuiApplication.clipboard().text()
    assert f"Chatdesk {chatdesk.__version__}\nQt {qVersion()}" in copied
    assert str(Path.home()) not in copied
    assert button.text() == "Copied"


async def test_folders_are_shown_by_the_system(
    appearance: Appearance, qtbot, tmp_path: Path, opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)
    section = await make(appearance, qtbot, tmp_path, opened, ReleaseSource())
    for name in ("logs", "licences"):
        (tmp_path / name).mkdir()
    part(section, QAbstractButton, "openLogs").click()
    part(section, QAbstractButton, "openLicences").click()
    qtbot.waitUntil(lambda: len(shown) == 2, timeout=int(TIMEOUT * 1000))
    assert {Path(url.toLocalFile()).name for url in shown} == {"logs", "licences"}


async def test_pages_are_offered_only_if_their_address_is_known(
    appearance: Appearance, qtbot, tmp_path: Path, opened
) -> None:
    unknown = await make(appearance, qtbot, tmp_path, opened, ReleaseSource())
    assert not part(unknown, QWidget, "openWebsite").isVisible()
    assert not part(unknown, QWidget, "openIssues").isVisible()
    source = ReleaseSource(website="https://chatdesk.example", issues="https://chatdesk.example/issues")
    known = await make(appearance, qtbot, tmp_path, opened, source)
    for name in ("openWebsite", "openIssues"):
        part(known, QAbstractButton, name).click()
    assert opened == ["https://chatdesk.example", "https://chatdesk.example/issues"]
