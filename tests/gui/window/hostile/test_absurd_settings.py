"""Absurd values in every setting: the program starts, shows and names them."""

import json
from collections.abc import Awaitable, Callable

import pytest

from chatdesk.features.settings.ui.section_list import SectionList
from chatdesk.kernel.settings.declarations import SETTINGS, WINDOW_STATE
from chatdesk.system.folders import Folders
from tests.gui.window.harness import FakeModel, Harness
from tests.unit.storage.damaged import write_chats

OpenHarness = Callable[[], Awaitable[Harness]]
ABSURD: dict[str, object] = {
    "2^31": 2**31,
    "2^53": 2**53,
    "2^64": 2**64,
    "10^400": 10**400,
    "-1": -1,
    "0": 0,
    "10^6": 10**6,
    "a fraction": 0.5,
    "infinite": float("inf"),
    "NaN": float("nan"),
    "null": None,
    "true": True,
    "words": "words",
    "no words": "",
    "half a pair": "\ud800",
    "base64": "AAAA",
    "JSON": '{"a": [1e999, -1, {"b": null}]}',
    "a list of JSON": "[2147483648, [], {}]",
    "long": "x" * 100_000,
    "a list": [2**31],
    "an object": {"value": 1},
}


@pytest.mark.parametrize("name", ABSURD)
async def test_a_value_in_every_setting_keeps_no_window_from_coming(
    name: str, fake_model: FakeModel, following: OpenHarness, caplog: pytest.LogCaptureFixture
) -> None:
    folders = Folders.locate()
    folders.make()
    write_chats(folders.data / "chats.sqlite3", 1, 2)
    for file, settings in (("settings.json", SETTINGS), ("window.json", WINDOW_STATE)):
        (folders.config / file).write_text(json.dumps({setting.key: ABSURD[name] for setting in settings}))
    harness = await following()
    harness.window.show_settings()
    sections = harness.window.findChild(SectionList)
    assert sections is not None
    for section in sections._buttons:
        harness.window.show_settings(section)
        harness.window.grab()
    harness.window.navigation.new_chat()
    await harness.ask_and_wait("Hello")
    assert harness.answer().endswith("Yes.") or harness.notices()  # a draft of 100,000 characters does not fit
    harness.window.show_quick()
    harness.window.grab()
    await harness.close()
    harness = await following()
    assert not harness.program.unusable_settings
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
