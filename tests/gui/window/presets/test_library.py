"""The library of presets in the window: how one comes to it, what is done from there, and the way back."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolTip, QWidget

from chatdesk.features.presets.ui.editor.prompt.prompt_edit import PromptEdit
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from tests.gui.window.desk import Desk
from tests.gui.window.heartbeat import Heartbeat

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
    await desk.until(lambda: desk.part("presetName").hasFocus())
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


async def test_a_preset_of_megabytes_is_looked_at_without_holding_the_window_and_used(desk: Desk) -> None:
    await opened(desk)
    texts = {
        "words": "Some {{words}} of text.\n" * 200_000,
        "line": "x" * 5_000_000,
        "heads": "# Role\nx\n\n" * 300_000,
    }
    for name, text in texts.items():
        (desk.program.presets.folder / f"{name}.md").write_text(f'+++\nname = "{name}"\n+++\n{text}', "utf-8")
    await desk.program.presets.look_again()
    desk.window.show_presets("own:pirate")
    for name in texts:
        with Heartbeat() as shown:
            desk.window.show_presets(f"own:{name}")
            await desk.until(lambda: desk.part("largePreset").isVisible())
        assert shown.longest < 0.2  # 16 ms on a quiet machine
    desk.window.show_presets("own:pirate")
    assert not desk.part("largePreset").isVisible()
    desk.window.show_presets("own:line")
    desk.click("useLargePreset")
    assert desk.window._chat.presets.preset.name == "line"


async def test_megabytes_that_are_pasted_into_a_prompt_are_refused_in_words(desk: Desk) -> None:
    await opened(desk)
    desk.window.show_presets("own:pirate")
    edit = next(each for each in desk.window.findChildren(PromptEdit) if "pirate" in each.text())
    QGuiApplication.clipboard().setText("x" * 2_000_000)
    with Heartbeat() as pasted:
        edit.paste()
    assert pasted.longest < 0.2
    assert edit.text() == "Talk like a pirate."
    assert QToolTip.text().startswith("This text is too long")
    QToolTip.hideText()
