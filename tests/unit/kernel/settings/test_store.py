"""Settings: read once, changed at once, written a moment later."""

import pytest

from chatdesk.kernel.errors.storage_errors import DiskFull
from chatdesk.kernel.settings.declarations import SEND_KEY, SIDEBAR_OPEN, ZOOM
from chatdesk.kernel.settings.store import SettingChanged, Settings
from tests.own_time import until


async def test_a_change_is_reported_at_once_and_written_soon() -> None:
    written: list = []
    settings = Settings({}, written.append)
    received: list = []
    settings.changes.subscribe(received.append)
    settings.set(ZOOM, 125)
    assert settings.get(ZOOM) == 125
    assert received == [SettingChanged(ZOOM.key)]
    assert not written
    await until(lambda: written)
    assert written == [{ZOOM.key: 125}]
    await settings.close()


async def test_many_changes_in_a_moment_are_one_write() -> None:
    written: list = []
    settings = Settings({}, written.append)
    for zoom in range(100, 150):
        settings.set(ZOOM, zoom)
    await settings.close()
    assert written == [{ZOOM.key: 149}]


async def test_setting_what_it_is_already_changes_nothing() -> None:
    written: list = []
    settings = Settings({ZOOM.key: 100}, written.append)
    settings.set(ZOOM, 100)
    await settings.close()
    assert not written


@pytest.mark.parametrize(
    ("stored", "setting"),
    [
        ({"appearance.zoom": "big"}, ZOOM),
        ({"chat.send_key": "hammer"}, SEND_KEY),
        ({"state.sidebar_open": 1}, SIDEBAR_OPEN),
    ],
)
def test_a_stored_value_that_does_not_fit_counts_as_the_default(stored, setting) -> None:
    assert Settings(stored, lambda _values: None).get(setting) == setting.default


async def test_a_disk_that_will_not_write_is_reported_and_tried_again() -> None:
    attempts: list = []

    def write(values) -> None:
        attempts.append(dict(values))
        if len(attempts) == 1:
            raise DiskFull("settings.json")

    settings = Settings({}, write)
    received: list = []
    settings.failures.subscribe(received.append)
    settings.set(ZOOM, 125)
    await until(lambda: received)
    assert len(received) == 1
    await settings.close()
    assert attempts == [{ZOOM.key: 125}, {ZOOM.key: 125}]
