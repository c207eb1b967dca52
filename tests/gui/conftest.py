"""What tests of the screen share: the application in Chatdesk's style, light, at 100 %. The screen itself is off (tests/conftest.py)."""

import gc
from collections.abc import Iterator
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QLocale, QPoint, QTranslator
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from chatdesk.app.garbage import collect_due
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.icons import Icons
from chatdesk.ui_kit.style.style import Style
from chatdesk.ui_kit.translations import Translations
from tests.fakes.fixed_preferences import FixedPreferences
from tests.own_time import TIMEOUT
from tests.paths import RESOURCES
from tests.ready_databases import ready_databases

_FAR_AWAY = QPoint(30_000, 30_000)


@pytest.fixture(scope="session", autouse=True)
def _empty_clipboard(qapp: QApplication) -> Iterator[None]:
    """Empty the clipboard at the end: without a screen Qt keeps it until Python is gone, and what Python made must not outlive it."""
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture(scope="session", autouse=True)
def _new_databases_are_copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with ready_databases(tmp_path_factory.mktemp("database")):
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_caret_blinks(qapp: QApplication) -> None:
    """What is on the screen and what is drawn anew a little later look the same, however much later that is."""
    qapp.setCursorFlashTime(0)


@pytest.fixture(autouse=True)
def _the_pointer_is_over_nothing(qapp: QApplication) -> None:
    """Where an earlier test has left the pointer, a window may open."""
    QCursor.setPos(_FAR_AWAY)


@pytest.fixture(autouse=True)
def _the_clipboard_is_empty(qapp: QApplication) -> None:
    """What an earlier test has copied looks like what this one waits for."""
    QGuiApplication.clipboard().clear()


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """As pytest-qt has it, but no machine is too slow for what it waits for."""
    bot = QtBot(request)
    for wait in ("waitUntil", "waitSignal", "waitSignals", "waitExposed", "waitActive"):
        setattr(bot, wait, partial(getattr(bot, wait), timeout=int(TIMEOUT * 1000)))
    return bot


@pytest.fixture(scope="module", autouse=True)
def _what_earlier_modules_left_is_taken_to_stay() -> None:
    """Look no more through what thousands of tests have loaded; the program does the same at its start."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _garbage_is_looked_for_between_tests() -> Iterator[None]:
    """Keep Python's search out of what is timed: in the program it is off as well (app/garbage.py)."""
    gc.disable()
    yield
    collect_due()


@pytest.fixture
def preferences(qapp: QApplication) -> Iterator[FixedPreferences]:
    """What the system says of looks."""
    preferences = FixedPreferences()
    yield preferences
    shiboken6.delete(preferences)


@pytest.fixture(scope="session")
def icons(qapp: QApplication) -> Iterator[Icons]:
    """Keeps what is drawn of icons: every one of thousands of tests starts with the same ones."""
    icons = Icons(RESOURCES / "icons")
    yield icons
    icons._pixmaps.clear()


@pytest.fixture
def appearance(
    qapp: QApplication, preferences: FixedPreferences, icons: Icons, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Appearance]:
    """The look of the application for one test."""
    monkeypatch.setattr("chatdesk.ui_kit.style.appearance.Icons", lambda _folder: icons)
    appearance = Appearance(qapp, RESOURCES, preferences)
    qapp.setStyle(Style(qapp, appearance))
    yield appearance
    qapp.setStyle("Fusion")
    shiboken6.delete(appearance)


@pytest.fixture
def translations(qapp: QApplication) -> Iterator[Translations]:
    """The languages of the application, for one test."""
    before = QLocale()
    translations = Translations(qapp, RESOURCES.parent / "translations")
    yield translations
    for translator in qapp.findChildren(QTranslator):  # those of other `Translations` too: they speak on
        shiboken6.delete(translator)
    QLocale.setDefault(before)
