"""All settings are collected from their declarations."""

import re
from pathlib import Path

from chatdesk.kernel.settings import declarations
from chatdesk.kernel.settings.declarations import SETTINGS


def test_every_declared_setting_is_collected() -> None:
    source = Path(declarations.__file__).read_text(encoding="utf-8")
    keys = re.findall(r'^[A-Z_]+ = Setting\(\s*"([\w.]+)"', source, re.MULTILINE)
    assert len(keys) == source.count("= Setting(") > 50
    assert [setting.key for setting in SETTINGS] == keys
    assert len(set(keys)) == len(keys)
