"""The library of presets in the window: how one comes to it, what is done from there, and the way back."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolTip, QWidget

from chatdesk.features.presets.ui.editor.prompt.prompt_edit import PromptEdit
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from tests.gui.window.harness import Harness
from tests.gui.window.heartbeat import Heartbeat

CONTROL = Qt.KeyboardModifier.ControlModifier


async def opened(harness: Harness) -> QWidget:
    """The library's page, with one preset of one's own."""
    presets = harness.program.presets.presets
    await harness.until(lambda: presets.loaded)
    await presets.create(Preset("", PresetOrigin.OWN, "Pirate", prompt="Talk like a pirate."))
    harness.click("presetsPage")
    page = harness.window._middle.currentWidget()
    assert page is not None
    return page


def library_keys(harness: Harness) -> list[str]:
    return harness.part("presetList").rows.keys()


async def test_it_is_opened_from_the_sidebar_and_left_with_esc(harness: Harness) -> None:
    page = await opened(harness)
    assert page.isVisible()
    assert harness.window.windowTitle() == "Presets"
    assert not harness.edit.isVisible()
    harness.press(Qt.Key.Key_Escape, where=harness.part("presetList"))
    assert harness.edit.isVisible()
    assert harness.edit.hasFocus()
    assert harness.window.windowTitle() == "New chat"


async def test_a_chat_begins_with_a_preset(harness: Harness) -> None:
    await opened(harness)
    harness.window.show_presets("own:pirate")
    harness.click("usePreset")
    assert harness.edit.isVisible()
    assert harness.chat_presenter.presets.preset.name == "Pirate"


async def test_keys_mean_presets_here_and_chats_there(harness: Harness) -> None:
    await opened(harness)
    harness.press(Qt.Key.Key_F, CONTROL, where=harness.part("presetList"))
    assert harness.part("searchPresets").hasFocus()
    before = library_keys(harness)
    harness.press(Qt.Key.Key_N, CONTROL, where=harness.part("searchPresets"))
    await harness.until(lambda: harness.part("presetName").hasFocus())
    assert library_keys(harness) == before
    sidebar = harness.part("sidebar")
    harness.press(Qt.Key.Key_B, CONTROL, where=harness.part("presetName"))
    assert not sidebar.isVisible()
    harness.press(Qt.Key.Key_B, CONTROL, where=harness.part("presetName"))
    assert sidebar.isVisible()


async def test_a_deleted_preset_comes_back_from_the_toast(harness: Harness) -> None:
    await opened(harness)
    harness.window.show_presets("own:pirate")
    harness.press(Qt.Key.Key_Delete, where=harness.part("presetList"))
    await harness.until(lambda: "Pirate was deleted" in harness.toast())
    assert harness.program.presets.presets.find("own:pirate") is None
    harness.click_toast()
    await harness.until(lambda: harness.program.presets.presets.find("own:pirate"))


async def test_a_chat_of_the_list_is_shown_in_its_place(harness: Harness) -> None:
    await harness.ask_and_wait("First")
    page = await opened(harness)
    harness.click_row("First")
    assert not page.isVisible()
    assert harness.edit.isVisible()


async def test_the_window_can_be_made_narrow_while_the_library_is_shown(harness: Harness) -> None:
    page = await opened(harness)
    harness.window.resize(560, 600)
    await harness.until(lambda: page.width() == 560)


async def test_a_preset_of_megabytes_is_looked_at_without_holding_the_window_and_used(harness: Harness) -> None:
    await opened(harness)
    texts = {
        "words": "Some {{words}} of text.\n" * 200_000,
        "line": "x" * 5_000_000,
        "heads": "# Role\nx\n\n" * 300_000,
    }
    for name, text in texts.items():
        (harness.program.presets.presets.folder / f"{name}.md").write_text(
            f'+++\nname = "{name}"\n+++\n{text}', "utf-8"
        )
    await harness.program.presets.presets.reload_changed()
    harness.window.show_presets("own:pirate")
    for name in texts:
        with Heartbeat() as shown:
            harness.window.show_presets(f"own:{name}")
            await harness.until(lambda: harness.part("largePreset").isVisible())
        assert shown.longest < 0.2  # 16 ms on a quiet machine
    harness.window.show_presets("own:pirate")
    assert not harness.part("largePreset").isVisible()
    harness.window.show_presets("own:line")
    harness.click("useLargePreset")
    assert harness.chat_presenter.presets.preset.name == "line"


async def test_megabytes_that_are_pasted_into_a_prompt_are_refused_in_words(harness: Harness) -> None:
    await opened(harness)
    harness.window.show_presets("own:pirate")
    edit = next(each for each in harness.window.findChildren(PromptEdit) if "pirate" in each.text())
    QGuiApplication.clipboard().setText("x" * 2_000_000)
    with Heartbeat() as pasted:
        edit.paste()
    assert pasted.longest < 0.2
    assert edit.text() == "Talk like a pirate."
    assert QToolTip.text().startswith("This text is too long")
    QToolTip.hideText()
