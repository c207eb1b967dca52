import json
from pathlib import Path

import pytest

from chatdesk.kernel.settings.declarations import DATABASE_EXPECTED, SETTINGS, THEME, ZOOM, Setting
from chatdesk.storage.files.json_file import FileOutcome
from chatdesk.storage.files.settings_file import SettingsFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def test_settings_come_back(path: Path) -> None:
    file = SettingsFile(path)
    assert file.read() == ({}, FileOutcome.NEW)
    values = {THEME.key: "dark", ZOOM.key: 125, DATABASE_EXPECTED.key: True}
    file.write(values)
    assert SettingsFile(path).read() == (values, FileOutcome.READ)


def test_what_another_version_wrote_stays_in_the_file(path: Path) -> None:
    path.write_text(json.dumps({"future.setting": {"deep": [1]}, THEME.key: "dark"}))
    file = SettingsFile(path)
    assert file.read() == ({THEME.key: "dark"}, FileOutcome.READ)
    file.write({THEME.key: "light"})
    assert json.loads(path.read_text()) == {"future.setting": {"deep": [1]}, THEME.key: "light"}


def test_a_known_setting_not_written_stays(path: Path) -> None:
    file = SettingsFile(path)
    file.write({THEME.key: "dark"})
    file.write({ZOOM.key: 150})
    assert file.read()[0] == {THEME.key: "dark", ZOOM.key: 150}


def test_a_corrupt_file_gives_the_last_good_settings(path: Path) -> None:
    SettingsFile(path).write({THEME.key: "dark"})
    path.write_text("{ corrupt")
    assert SettingsFile(path).read() == ({THEME.key: "dark"}, FileOutcome.RESTORED)


@pytest.mark.parametrize("value", [0, 10**6, 2**31, 2**53, -1, float("inf"), 110.0, True, "100", None, [100], {}])
def test_a_value_that_cannot_be_used_is_named_and_its_file_kept(path: Path, value: object) -> None:
    before = json.dumps({ZOOM.key: value, THEME.key: "dark", "future": 1})
    path.write_text(before)
    file = SettingsFile(path)
    assert file.read() == ({THEME.key: "dark"}, FileOutcome.READ)
    assert file.unusable == (ZOOM.key,)
    assert path.read_text() == before
    file.write({THEME.key: "light"})
    assert json.loads(path.read_text()) == {THEME.key: "light", "future": 1}
    assert path.with_name("settings.json.bad-1").read_text() == before
    file.write({THEME.key: "dark"})
    assert not path.with_name("settings.json.bad-2").exists()
    assert SettingsFile(path).read() == ({THEME.key: "dark"}, FileOutcome.READ)


@pytest.mark.parametrize("setting", [setting for setting in SETTINGS if isinstance(setting.default, int)])
def test_every_number_has_bounds(setting: Setting[int]) -> None:
    is_switch = isinstance(setting.default, bool)
    assert is_switch or (setting.bounds and setting.accepts(setting.default))
    assert not setting.accepts(2**31)
