"""All settings are collected from their declarations."""

import re
from pathlib import Path

from chatdesk.kernel.settings import declarations
from chatdesk.kernel.settings.declarations import SETTINGS, WINDOW_STATE


def test_every_declared_setting_is_collected() -> None:
    source = Path(declarations.__file__).read_text(encoding="utf-8")
    for kind, settings in (("Setting", SETTINGS), ("WindowState", WINDOW_STATE)):
        keys = re.findall(rf'^[A-Z_]+ = {kind}\(\s*"([\w.]+)"', source, re.MULTILINE)
        assert len(keys) == source.count(f"= {kind}(") > 5
        assert [setting.key for setting in settings] == keys
    keys = [setting.key for setting in (*SETTINGS, *WINDOW_STATE)]
    assert len(set(keys)) == len(keys)
