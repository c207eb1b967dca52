"""The settings page over real services and a scripted network."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from chatdesk.ui_kit.style.appearance import Appearance
from tests.gui.features.settings.settings_harness import SettingsHarness


@pytest.fixture
async def harness(appearance: Appearance, tmp_path: Path) -> AsyncIterator[SettingsHarness]:
    harness = SettingsHarness(appearance, tmp_path)
    await harness.models.refresh()
    yield harness
    await harness.close()
    # Now: at the end of the test, all of its widgets that still exist are given another style, which takes longer than deleting them.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
