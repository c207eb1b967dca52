"""The page as a whole: sections, keys, widths, languages."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

import chatdesk
from chatdesk.features.servers.ui.cards.server_card import ServerCard
from chatdesk.kernel.servers.server import ServerStatus
from chatdesk.kernel.settings.declarations import FIND_PASSAGES_BY, LANGUAGE
from chatdesk.kernel.web_engine import PINNED
from chatdesk.ui_kit.shortcuts import SHORTCUTS
from chatdesk.ui_kit.style.appearance import Appearance
from tests.gui.features.settings.marking_translator import MarkingTranslator
from tests.gui.features.settings.sample_settings import sample_settings
from tests.gui.features.settings.settings_harness import LOGS, OLLAMA, SettingsHarness, all_texts, part


@pytest.fixture
def marking(qapp: QApplication) -> Iterator[MarkingTranslator]:
    translator = MarkingTranslator()
    yield translator
    qapp.removeTranslator(translator)


async def test_a_section_is_shown_by_its_name(harness: SettingsHarness) -> None:
    harness.page.show_section("keyboard")
    assert harness.page._pages.currentWidget() is harness.page._sections["keyboard"]
    assert part(harness.page, QAbstractButton, "section.keyboard").isChecked()


async def test_the_rows_of_providers_and_engine_lead_to_the_models_page(harness: SettingsHarness, qtbot) -> None:
    for name, target in (("servers", ("models", "providers")), ("engine", ("models", "here", "engine"))):
        with qtbot.waitSignal(harness.page.page_requested) as requested:
            harness.press(harness.page, f"section.{name}")
        assert requested.args == [target]
        with qtbot.waitSignal(harness.page.page_requested) as requested:
            harness.page.show_section(name, "an item")
        assert requested.args == [(*target, "an item")]
    assert harness.page._list.current() == "general"


async def test_without_a_name_the_section_shown_last_is_shown(harness: SettingsHarness) -> None:
    harness.page.show_section("chat")
    harness.page.show_section("")
    assert harness.page._list.current() == "chat"


async def test_the_titles_of_all_sections_of_a_width_stand_in_the_same_place(harness: SettingsHarness) -> None:
    harness.page.resize(1280, 600)
    harness.page.show()
    places = set()
    for name, section in harness.page._sections.items():
        harness.page.show_section(name)
        await harness.settle()
        for _ in range(3):  # a scroll bar comes once the column is laid out, and then the column again
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        title = section._title
        places.add((title.mapTo(harness.page, title.rect().topLeft()).toTuple(), title.height()))
    keyboard = harness.page._sections["keyboard"]
    assert keyboard.viewport().width() < keyboard.width()
    assert len(places) == 1


async def test_escape_goes_back_to_the_chats_from_anywhere(harness: SettingsHarness, qtbot) -> None:
    harness.page.show_section("general")
    harness.page.show()
    for name in (LANGUAGE.key, "section.general"):
        with qtbot.waitSignal(harness.page.closed):
            QTest.keyClick(part(harness.page, QWidget, name), Qt.Key.Key_Escape)


async def test_the_back_row_goes_back(harness: SettingsHarness, qtbot) -> None:
    with qtbot.waitSignal(harness.page.closed):
        harness.press(harness.page, "backToChats")


async def test_the_arrow_keys_go_through_the_sections(harness: SettingsHarness) -> None:
    harness.page.show()
    harness.page.show_section("general")
    harness.page.activateWindow()
    assert QTest.qWaitForWindowActive(harness.page)
    assert harness.page._list._buttons["general"].hasFocus()
    QTest.keyClick(harness.page._list._buttons["general"], Qt.Key.Key_Down)
    assert harness.page._list.current() == "appearance"


async def test_a_narrow_page_shows_icons_with_their_words_as_tooltips(harness: SettingsHarness) -> None:
    button = part(harness.page, QAbstractButton, "section.keyboard")
    harness.page.resize(1000, 700)
    harness.page.show()
    assert button.toolTip() == ""
    wide = harness.page._list.width()
    harness.page.resize(560, 700)
    QApplication.processEvents()
    assert harness.page._list.width() < wide / 4
    assert button.toolTip() == "Keyboard"
    assert button.accessibleName() == "Keyboard"


@pytest.mark.parametrize(("zoom", "width"), [(100, 560), (100, 1280), (200, 900)])
async def test_nothing_is_wider_than_its_section(appearance: Appearance, tmp_path: Path, zoom: int, width: int) -> None:
    appearance.set_zoom(zoom)
    harness = await sample_settings(appearance, tmp_path)
    harness.page.resize(width, 900)
    harness.page.show()
    for name in harness.page._sections:
        harness.page.show_section(name)
        QApplication.processEvents()
        section = harness.page._sections[name]
        assert section.widget().width() <= section.viewport().width()
    providers = harness.providers
    providers.resize(width, 900)
    providers.show()
    QApplication.processEvents()
    assert providers.widget().width() <= providers.viewport().width()
    for card in providers.findChildren(ServerCard):
        assert card.geometry().right() < providers.viewport().width()
    await harness.close()


async def test_another_language_changes_every_text_at_once(
    harness: SettingsHarness, qapp: QApplication, marking: MarkingTranslator
) -> None:
    harness.providers.view.begin(harness.servers.vendors["deepseek"])
    harness.press(harness.card("Ollama"), "testServer")
    await harness.settle()
    harness.page.show()
    harness.providers.show()
    assert qapp.installTranslator(marking)
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    data = {"", "›", str(LOGS), "Chatdesk", "Ollama", "DeepSeek", "100%", "https://", "Esc"}
    data |= {model.name for model in harness.models.all()} | {"platform.deepseek.com"}
    data |= {server.base_url for server in (*harness.servers.all(), harness.servers.vendors["deepseek"])}
    data |= {keys for shortcut in SHORTCUTS for keys in shortcut.keys}
    data |= {"https://huggingface.co", "Hugging Face", "modelscope.cn", "modelscope.ai", "ModelScope"}
    texts = (*all_texts(harness.page), *all_texts(harness.providers))
    unchanged = [text for text in texts if "⟦" not in text and text not in data]
    assert unchanged == []


async def test_every_control_that_the_keyboard_reaches_has_a_name(harness: SettingsHarness) -> None:
    harness.providers.view.begin(harness.servers.vendors["deepseek"])
    nameless = [
        control
        for place in (harness.page._list, *harness.page._sections.values(), harness.providers, harness.engine)
        for control in place.findChildren(QWidget)
        if control.focusPolicy() & Qt.FocusPolicy.TabFocus
        and control.isVisibleTo(place)
        and control.focusProxy() is None
        and not (control.accessibleName() or (isinstance(control, QAbstractButton) and control.text()))
    ]
    assert nameless == []


async def test_about_says_which_version_this_is(harness: SettingsHarness) -> None:
    assert any(text.startswith(f"Version {chatdesk.__version__}, with Qt 6.") for text in all_texts(harness.page))
    assert any(
        f"in Chromium {PINNED.chromium}, with security fixes up to 155." in text for text in all_texts(harness.page)
    )


async def test_another_language_leaves_the_keyboard_on_the_setting_that_chose_it(
    harness: SettingsHarness, qapp: QApplication, marking: MarkingTranslator
) -> None:
    harness.page.show()
    harness.page.activateWindow()
    assert QTest.qWaitForWindowActive(harness.page)
    box = part(harness.page, QComboBox, LANGUAGE.key)
    box.setFocus()
    assert qapp.installTranslator(marking)
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert qapp.focusWidget() is box
    assert box.currentData() == "system"


async def test_a_setting_chosen_in_the_page_reaches_the_services(harness: SettingsHarness) -> None:
    box = part(harness.page, QComboBox, LANGUAGE.key)
    box.setFocus()
    while box.currentText() != "繁體中文":
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert harness.settings.get(LANGUAGE) == "zh_TW"


async def test_long_names_are_cut_rather_than_pushing_the_switch_away(harness: SettingsHarness) -> None:
    ollama = harness.servers.find("ollama")
    name = "A server with a name that goes on and on " * 5
    await harness.servers.save(replace(ollama, name=name.strip()))
    await harness.settle()
    harness.providers.resize(560, 700)
    harness.providers.show()
    QApplication.processEvents()
    card = harness.card(name.strip())
    switch = part(card, QWidget, "serverSwitch")
    assert switch.mapTo(card, switch.rect().bottomRight()).x() < card.width()
    assert card.width() < harness.providers.width()


def found(harness: SettingsHarness) -> list[str]:
    """The visible results of the search."""
    results = part(harness.page, QWidget, "settingsFound")
    return [row.text() for row in results.findChildren(QAbstractButton) if row.isVisible()]


async def show_search(harness: SettingsHarness) -> QLineEdit:
    harness.page.resize(1000, 700)
    harness.page.show()
    harness.page.activateWindow()
    assert QTest.qWaitForWindowActive(harness.page)
    harness.page.show_section("general")
    QTest.keyClick(
        part(harness.page, QAbstractButton, "section.general"), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier
    )
    field = part(harness.page, QLineEdit, "searchSettings")
    assert field.hasFocus()
    return field


async def test_a_setting_is_found_by_what_other_programs_call_it(harness: SettingsHarness) -> None:
    field = await show_search(harness)
    QTest.keyClicks(field, "night mode")
    assert found(harness)[0] == "Theme"
    assert not part(harness.page, QAbstractButton, "section.general").isVisible()


async def test_enter_shows_the_best_result_and_focuses_its_control(harness: SettingsHarness) -> None:
    field = await show_search(harness)
    QTest.keyClicks(field, "line numbers")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert harness.page._list.current() == "chat"
    assert QApplication.focusWidget().objectName() == "chat.number_code"
    assert found(harness)


async def test_the_arrow_keys_go_from_the_field_into_the_results_and_back(harness: SettingsHarness) -> None:
    field = await show_search(harness)
    QTest.keyClicks(field, "font")
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert QApplication.focusWidget().text() == found(harness)[0]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert QApplication.focusWidget().text() == found(harness)[1]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert field.hasFocus()


async def test_esc_shows_the_sections_again(harness: SettingsHarness) -> None:
    field = await show_search(harness)
    QTest.keyClicks(field, "zzzzqqqq")
    assert found(harness) == []
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert part(harness.page, QAbstractButton, "section.general").isVisible()


async def test_passages_are_found_by_a_model_that_the_user_chose_even_while_it_is_away(
    harness: SettingsHarness,
) -> None:
    harness.page.show_section("chat")
    box = part(harness.page, QComboBox, FIND_PASSAGES_BY.key)
    assert [box.itemText(index) for index in range(box.count())] == ["Automatic (words)", "Words"]
    harness.network.answers[OLLAMA] = (ServerStatus("0.34.0", None, 6.0), ("qwen3:8b", "bge-m3"))
    await harness.models.refresh()
    assert [box.itemText(index) for index in range(box.count())] == [
        "Automatic (bge-m3 (Ollama))",
        "Words",
        "bge-m3 (Ollama)",
    ]
    QTest.keyClicks(box, "b")
    box.activated.emit(box.currentIndex())
    chosen = harness.settings.get(FIND_PASSAGES_BY)
    assert chosen == "ollama:bge-m3"
    harness.network.answers[OLLAMA] = (ServerStatus("0.34.0", None, 6.0), ("qwen3:8b",))
    await harness.models.refresh()
    assert box.currentText() == "bge-m3 (not available)"
    assert harness.settings.get(FIND_PASSAGES_BY) == chosen


async def test_the_box_of_models_that_find_passages_fits_beside_a_long_name(harness: SettingsHarness) -> None:
    name = "text-embedding-" + "very-long-" * 12
    harness.network.answers[OLLAMA] = (ServerStatus("0.34.0", None, 6.0), (name,))
    await harness.models.refresh()
    harness.page.resize(560, 700)
    harness.page.show()
    harness.page.show_section("chat")
    box = part(harness.page, QComboBox, FIND_PASSAGES_BY.key)
    await harness.settle()
    QApplication.processEvents()
    assert box.mapTo(harness.page, box.rect().topRight()).x() < harness.page.width()
    assert "…" in box.currentText()
