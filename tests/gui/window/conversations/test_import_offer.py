"""In an empty chat, the chats of programs on this computer are offered, until a person wants no more of it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from chatdesk.features.conversations.ui.importing.import_offer import ImportOffer
from chatdesk.features.conversations.ui.importing.import_sheet import ImportSheet
from chatdesk.kernel.settings.declarations import IMPORT_OFFERED
from chatdesk.ui_kit.widgets.label import Label
from tests.gui.window.harness import Harness


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with LM Studio, with Jan, and with Claude, whose chats are not there."""
    folder = tmp_path / "home"
    for name in (".lmstudio/conversations", ".local/share/Jan/data/threads", ".config/Claude"):
        (folder / name).mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder))
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(variable, raising=False)
    return folder


def offer(harness: Harness) -> ImportOffer | None:
    return next((each for each in harness.window.findChildren(ImportOffer) if each.isVisible()), None)


async def test_the_programs_that_are_here_are_named_and_lead_to_the_import(home: Path, harness: Harness) -> None:
    await harness.until(lambda: offer(harness))
    assert offer(harness).findChild(Label).text() == "LM Studio and Jan are on this computer."
    assert harness.program.conversations.imports.created is None, "nothing is read for the offer"
    harness.click("takeImportOffer")
    await harness.until(lambda: harness.window.findChild(ImportSheet))
    sheet = harness.window.findChild(ImportSheet)
    found = list(sheet.findChildren(Label, "foundProgram"))
    await harness.until(lambda: len(sheet.findChildren(Label, "foundProgram")) == 3)
    assert all("Look inside" not in label.text() for label in found)
    harness.press(Qt.Key.Key_Escape, where=harness.window.focusWidget())
    assert offer(harness), "looking is not importing"


async def test_an_offer_that_is_dismissed_does_not_come_back(home: Path, harness: Harness) -> None:
    await harness.until(lambda: offer(harness))
    harness.click("dismissImportOffer")
    assert offer(harness) is None
    assert harness.program.settings.get(IMPORT_OFFERED)


async def test_the_offer_is_gone_once_chats_were_imported(home: Path, harness: Harness) -> None:
    await harness.until(lambda: offer(harness))
    harness.program.settings.set(IMPORT_OFFERED, value=True)
    assert offer(harness) is None
