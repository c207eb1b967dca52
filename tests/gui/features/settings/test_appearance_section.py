"""The section on appearance: each control changes its setting, and the theme follows."""

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSpinBox

from chatdesk.features.settings.ui.appearance_section import SHOWN, AppearanceSection
from chatdesk.kernel.settings.declarations import CODE_FONT, CODE_SIZE, READING_WIDTH, TEXT_FONT, TEXT_SIZE, THEME
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.segments import Segments
from tests.gui.features.settings.settings_harness import part


@pytest.fixture
async def settings() -> AsyncIterator[Settings]:
    settings = Settings({}, lambda _values: None)
    yield settings
    await settings.close()


@pytest.fixture
def section(appearance: Appearance, settings: Settings, qtbot) -> AppearanceSection:
    section = AppearanceSection(appearance, settings)
    section.resize(900, 900)
    qtbot.addWidget(section)
    section.show()
    return section


async def test_a_click_on_a_picture_chooses_the_theme(section: AppearanceSection, settings: Settings) -> None:
    QTest.mouseClick(part(section, QAbstractButton, "appearance.theme.dark"), Qt.MouseButton.LeftButton)
    assert settings.get(THEME) == "dark"


async def test_the_picture_of_the_chosen_theme_is_marked(section: AppearanceSection, settings: Settings) -> None:
    settings.set(THEME, "light")
    chosen = [
        name
        for name in ("system", "light", "dark")
        if part(section, QAbstractButton, f"{THEME.key}.{name}").isChecked()
    ]
    assert chosen == ["light"]


async def test_the_arrow_keys_choose_a_theme(section: AppearanceSection, settings: Settings) -> None:
    first = part(section, QAbstractButton, "appearance.theme.system")
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert part(section, QAbstractButton, "appearance.theme.light").isChecked()
    assert settings.get(THEME) == "light"


async def test_sizes_are_typed_or_stepped_within_their_bounds(section: AppearanceSection, settings: Settings) -> None:
    box = part(section, QSpinBox, TEXT_SIZE.key)
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert settings.get(TEXT_SIZE) == 16
    box.selectAll()
    QTest.keyClicks(box, "99")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert settings.get(TEXT_SIZE) <= 24
    assert part(section, QSpinBox, CODE_SIZE.key).value() == 13


async def test_the_fonts_of_the_computer_are_offered(section: AppearanceSection, settings: Settings) -> None:
    box = part(section, QComboBox, TEXT_FONT.key)
    assert box.count() == 1
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.count() > 1
    box.setCurrentIndex(box.count() - 1)
    box.activated.emit(box.count() - 1)
    assert settings.get(TEXT_FONT) == box.currentText()


async def test_code_is_offered_fonts_of_one_width_only(section: AppearanceSection) -> None:
    box = part(section, QComboBox, CODE_FONT.key)
    QTest.keyClick(box, Qt.Key.Key_End)
    families = {box.itemText(index) for index in range(1, box.count())}
    assert "DejaVu Sans Mono" in families
    assert "DejaVu Sans" not in families


async def test_a_font_that_is_not_installed_stays_chosen(appearance: Appearance, settings: Settings, qtbot) -> None:
    settings.set(TEXT_FONT, "Font of another computer")
    section = AppearanceSection(appearance, settings)
    qtbot.addWidget(section)
    assert part(section, QComboBox, TEXT_FONT.key).currentText() == "Font of another computer"


async def test_reset_returns_everything_to_its_default(section: AppearanceSection, settings: Settings) -> None:
    reset = part(section, QAbstractButton, "resetAppearance")
    assert not reset.isEnabled()
    settings.set(TEXT_SIZE, 20)
    settings.set(READING_WIDTH, "wide")
    assert reset.isEnabled()
    QTest.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert all(settings.get(setting) == setting.default for setting in SHOWN)
    assert part(section, Segments, READING_WIDTH.key).key() == "medium"
    assert not reset.isEnabled()
