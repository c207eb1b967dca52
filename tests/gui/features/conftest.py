"""The settings page over real services and a scripted network."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chatdesk.ui_kit.style.appearance import Appearance
from tests.gui.features.settings.settings_desk import SettingsDesk


@pytest.fixture
async def desk(appearance: Appearance, tmp_path: Path) -> AsyncIterator[SettingsDesk]:
    desk = SettingsDesk(appearance, tmp_path)
    await desk.models.refresh()
    yield desk
    await desk.close()
