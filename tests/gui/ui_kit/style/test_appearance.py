import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from chatdesk.ui_kit.style.appearance import Appearance, SystemPreferences
from chatdesk.ui_kit.style.tokens import Scheme
from tests.fakes.fixed_preferences import FixedPreferences


def test_it_follows_the_system_at_once(qtbot: QtBot, appearance: Appearance, preferences: FixedPreferences) -> None:
    assert appearance.theme.scheme is Scheme.LIGHT
    with qtbot.waitSignal(appearance.changed):
        preferences.set(dark=True)
    assert appearance.theme.scheme is Scheme.DARK
    with qtbot.waitSignal(appearance.changed):
        preferences.set(high_contrast=True)
    assert appearance.theme.scheme is Scheme.HIGH_CONTRAST_DARK
    preferences.set(dark=False)
    assert appearance.theme.scheme is Scheme.HIGH_CONTRAST_LIGHT


def test_a_choice_of_the_person_outweighs_the_system(appearance: Appearance, preferences: FixedPreferences) -> None:
    appearance.set_scheme("dark")
    assert appearance.theme.scheme is Scheme.DARK
    appearance.set_scheme("light")
    preferences.set(dark=True)
    assert appearance.theme.scheme is Scheme.LIGHT
    appearance.set_scheme("system")
    assert appearance.theme.scheme is Scheme.DARK


def test_high_contrast_holds_whatever_was_chosen(appearance: Appearance, preferences: FixedPreferences) -> None:
    appearance.set_scheme("dark")
    preferences.set(high_contrast=True)
    assert appearance.theme.scheme is Scheme.HIGH_CONTRAST_DARK


def test_the_systems_own_parts_are_asked_to_follow_the_choice(
    appearance: Appearance, preferences: FixedPreferences
) -> None:
    appearance.set_scheme("dark")
    assert preferences.asked_for is Qt.ColorScheme.Dark
    appearance.set_scheme("system")
    assert preferences.asked_for is Qt.ColorScheme.Unknown


def test_a_setting_that_is_no_scheme_follows_the_system(appearance: Appearance, preferences: FixedPreferences) -> None:
    preferences.set(dark=True)
    appearance.set_scheme("purple")
    assert appearance.theme.scheme is Scheme.DARK


def test_zoom_and_the_systems_size_of_text_multiply(appearance: Appearance, preferences: FixedPreferences) -> None:
    appearance.set_zoom(150)
    preferences.set(text_scale=2.0)
    assert appearance.theme.scale == pytest.approx(3.0)
    assert appearance.theme.font("reading").pixelSize() == 45


def test_less_motion_is_taken_over(appearance: Appearance, preferences: FixedPreferences) -> None:
    preferences.set(reduced_motion=True)
    assert appearance.theme.duration("base") == 0


def test_the_language_decides_which_family_is_first(appearance: Appearance) -> None:
    appearance.set_language("zh_CN")
    assert appearance.theme.font("ui").families()[0] == "PingFang SC"
    appearance.set_language("en")
    assert appearance.theme.font("ui").families()[0] != "PingFang SC"


def test_nothing_is_announced_if_nothing_looks_different(qtbot: QtBot, appearance: Appearance) -> None:
    with qtbot.assertNotEmitted(appearance.changed):
        appearance.set_zoom(100)
        appearance.set_scheme("light")
        appearance.set_language("en")


def test_the_application_has_the_new_palette_and_font_before_widgets_hear_of_it(
    qapp: QApplication, appearance: Appearance
) -> None:
    seen = []
    appearance.changed.connect(lambda: seen.append((qapp.palette().window().color(), qapp.font().pixelSize())))
    appearance.set_scheme("dark")
    appearance.set_zoom(200)
    page = appearance.theme.color("page")
    assert seen == [(page, 13), (page, 26)]
    assert QToolTip.palette().toolTipBase().color() == appearance.theme.color("toast")


def test_the_running_system_answers(qapp: QApplication) -> None:
    preferences = SystemPreferences()
    assert (preferences.dark, preferences.high_contrast, preferences.reduced_motion) == (False, False, False)
    assert preferences.text_scale == 1.0


def test_a_bound_method_is_called_at_once_and_at_each_change_until_its_widget_is_deleted(
    appearance: Appearance, qapp: QApplication
) -> None:
    seen: list[Scheme] = []

    class Panel(QWidget):
        def restyle(self) -> None:
            seen.append(appearance.theme.scheme)

    panel = Panel()
    appearance.bind(panel.restyle)
    assert seen == [Scheme.LIGHT]
    appearance.set_scheme("dark")
    assert seen == [Scheme.LIGHT, Scheme.DARK]
    shiboken6.delete(panel)
    appearance.set_scheme("light")
    assert seen == [Scheme.LIGHT, Scheme.DARK]
