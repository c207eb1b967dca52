"""The library of presets in the window: how one comes to it, what is done from there, and the way back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from chatdesk.domain.presets.preset import Preset, PresetOrigin
from tests.gui.shell.desk import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier


async def opened(desk: Desk) -> QWidget:
    """The library's page, with one preset of one's own."""
    presets = desk.program.presets
    await desk.until(lambda: presets.loaded)
    await presets.create(Preset("", PresetOrigin.OWN, "Pirate", prompt="Talk like a pirate."))
    desk.click("presetsPage")
    page = desk.window._middle.currentWidget()
    assert page is not None
    return page


def library_keys(desk: Desk) -> list[str]:
    return desk.part("presetList").rows.keys()


async def test_it_is_opened_from_the_sidebar_and_left_with_esc(desk: Desk) -> None:
    page = await opened(desk)
    assert page.isVisible()
    assert desk.window.windowTitle() == "Presets"
    assert not desk.edit.isVisible()
    desk.press(Qt.Key.Key_Escape, where=desk.part("presetList"))
    assert desk.edit.isVisible()
    assert desk.edit.hasFocus()
    assert desk.window.windowTitle() == "New chat"


async def test_a_chat_begins_with_a_preset(desk: Desk) -> None:
    await opened(desk)
    desk.window.show_presets("own:pirate")
    desk.click("usePreset")
    assert desk.edit.isVisible()
    assert desk.window._chat.presets.preset.name == "Pirate"


async def test_keys_mean_presets_here_and_chats_there(desk: Desk) -> None:
    await opened(desk)
    desk.press(Qt.Key.Key_F, CONTROL, where=desk.part("presetList"))
    assert desk.part("searchPresets").hasFocus()
    before = len(library_keys(desk))
    desk.press(Qt.Key.Key_N, CONTROL, where=desk.part("searchPresets"))
    await desk.until(lambda: len(library_keys(desk)) == before + 1)
    assert desk.part("presetName").hasFocus()
    sidebar = desk.part("sidebar")
    desk.press(Qt.Key.Key_B, CONTROL, where=desk.part("presetName"))
    assert not sidebar.isVisible()
    desk.press(Qt.Key.Key_B, CONTROL, where=desk.part("presetName"))
    assert sidebar.isVisible()


async def test_a_deleted_preset_comes_back_from_the_toast(desk: Desk) -> None:
    await opened(desk)
    desk.window.show_presets("own:pirate")
    desk.press(Qt.Key.Key_Delete, where=desk.part("presetList"))
    await desk.until(lambda: "Pirate was deleted" in desk.toast())
    assert desk.program.presets.find("own:pirate") is None
    desk.click_toast()
    await desk.until(lambda: desk.program.presets.find("own:pirate"))


async def test_a_chat_of_the_list_is_shown_in_its_place(desk: Desk) -> None:
    await desk.ask_and_wait("First")
    page = await opened(desk)
    desk.click_row("First")
    assert not page.isVisible()
    assert desk.edit.isVisible()


async def test_the_window_can_be_made_narrow_while_the_library_is_shown(desk: Desk) -> None:
    page = await opened(desk)
    desk.window.resize(560, 600)
    await desk.until(lambda: page.width() == 560)
