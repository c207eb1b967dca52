"""What a person does in the window for quick questions."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from chatdesk.features.quick.ui.quick_window import QuickWindow
from tests.shots.acts import Act
from tests.shots.window_driver import WindowDriver

QUESTIONS = {"en": "Why is the sky blue? In two sentences.", "zh_CN": "天空为什么是蓝色的?请用两句话回答。"}


def quick_window() -> QuickWindow:
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, QuickWindow))


def quick_part(name: str) -> QWidget:
    found = quick_window().findChild(QWidget, name)
    assert found is not None, name
    return found


async def open_quick(driver: WindowDriver) -> None:
    """Open it with nothing in it."""
    driver.window.show_quick()
    quick_window().move(driver.window.pos() + QPoint(400, 120))  # the screen of these pictures is larger than any
    await driver.settle()


async def ask_quickly(driver: WindowDriver) -> None:
    """Ask something and read the answer."""
    await open_quick(driver)
    quick_part("message").insertPlainText(QUESTIONS[driver.language])
    QTest.keyClick(quick_part("message"), Qt.Key.Key_Return)
    await driver.settle(1.5)


def fill_in_quickly(key: str) -> Act:
    """Choose a preset there."""

    async def choose(driver: WindowDriver) -> None:
        await open_quick(driver)
        driver.window._quick.get()._chat.presets.use(key)
        await driver.settle()

    return choose
