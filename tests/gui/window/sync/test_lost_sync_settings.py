"""Damaged settings of synchronisation: the window says that it is off and why, and it is set up again from there."""

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from chatdesk.features.sync.ui.sync_sheet import SyncSheet
from chatdesk.system.folders import Folders
from chatdesk.ui_kit.forms.notice import Notice
from chatdesk.ui_kit.widgets.label import Label
from tests.gui.window.harness import FakeModel, Harness


@pytest.fixture
def damaged(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the settings, and a program that begins synchronisation at its start."""
    monkeypatch.setattr("chatdesk.app.composition._SYNC_DELAY", 0.0)
    folders = Folders.locate()
    folders.make()
    file = folders.data / "sync.json"
    file.write_text('{"machine": "half of', "utf-8")
    return file


async def test_it_is_announced_shown_in_the_settings_and_set_up_again_there(
    damaged: Path, fake_model: FakeModel, harness: Harness, tmp_path: Path
) -> None:
    cloud = tmp_path / "cloud"
    cloud.mkdir()
    await harness.until(harness.toast)
    title, detail, *buttons = harness.toast()
    assert (title, detail) == (
        "Synchronisation is off",
        "Its settings could not be read. Set it up again in Settings.",
    )
    assert "Show" in buttons
    harness.click_toast("Show")
    label = harness.part("syncSetUpFacts")
    assert isinstance(label, Label)
    await harness.until(lambda: label.text().startswith("The settings of synchronisation were damaged"))
    harness.click("syncSetUp")
    await harness.until(lambda: any(each.isVisible() for each in harness.window.findChildren(SyncSheet)))
    (sheet,) = (each for each in harness.window.findChildren(SyncSheet) if each.isVisible())
    (notice,) = (each for each in sheet.findChildren(Notice, "syncProblem") if each.isVisible())
    assert notice.text() == label.text()
    for name, text in (("syncFolder", str(cloud)), ("syncName", "Desk")):
        field = harness.part(name)
        assert isinstance(field, QLineEdit)
        field.clear()
        QTest.keyClicks(field, text)
    harness.click("startSync")
    await harness.until(lambda: label.text().startswith("Synchronised"))
    assert not [each for each in sheet.findChildren(Notice, "syncProblem") if each.isVisible()]
    assert damaged.with_name("sync.json.bad-1").read_text("utf-8") == '{"machine": "half of'
