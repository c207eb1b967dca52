"""Absurd values in every setting: the program starts, shows and names them."""

import json
from collections.abc import Awaitable, Callable

import pytest

from chatdesk.app import window as app_window
from chatdesk.app.program import Program
from chatdesk.app.shell.main_window import MainWindow
from chatdesk.features.settings.ui.section_list import SectionList
from chatdesk.kernel.settings.declarations import SETTINGS, WINDOW_STATE
from chatdesk.system.folders import Folders
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translations
from tests.gui.window.desk import Desk, Speaker
from tests.unit.storage.damaged import write_chats

OpenDesk = Callable[[], Awaitable[Desk]]
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


@pytest.fixture
def following(open_desk: OpenDesk, translations: Translations, monkeypatch: pytest.MonkeyPatch) -> OpenDesk:
    """Opens the window with theme, zoom and language as the program follows them."""
    made = MainWindow.__init__

    def make(window: MainWindow, appearance: Appearance, program: Program, *rest: object) -> None:
        app_window._follow_settings(program, appearance, translations)
        made(window, appearance, program, *rest)

    monkeypatch.setattr(MainWindow, "__init__", make)
    return open_desk


@pytest.mark.parametrize("name", ABSURD)
async def test_a_value_in_every_setting_keeps_no_window_from_coming(
    name: str, speaker: Speaker, following: OpenDesk, caplog: pytest.LogCaptureFixture
) -> None:
    folders = Folders.locate()
    folders.make()
    write_chats(folders.data / "chats.sqlite3", 1, 2)
    for file, settings in (("settings.json", SETTINGS), ("window.json", WINDOW_STATE)):
        (folders.config / file).write_text(json.dumps({setting.key: ABSURD[name] for setting in settings}))
    desk = await following()
    desk.window.show_settings()
    sections = desk.window.findChild(SectionList)
    assert sections is not None
    for section in sections._buttons:
        desk.window.show_settings(section)
        desk.window.grab()
    desk.window.navigation.new_chat()
    await desk.ask_and_wait("Hello")
    assert desk.answer().endswith("Yes.") or desk.notices()  # a draft of 100,000 characters does not fit
    desk.window.show_quick()
    desk.window.grab()
    await desk.close()
    desk = await following()
    assert not desk.program.unusable_settings
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
