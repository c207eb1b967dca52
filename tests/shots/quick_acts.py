"""What a person does in the window for quick questions."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from chatdesk.features.quick.ui.quick_window import QuickWindow
from tests.shots.acts import Act
from tests.shots.stage import Stage

QUESTIONS = {"en": "Why is the sky blue? In two sentences.", "zh_CN": "天空为什么是蓝色的?请用两句话回答。"}


def quick_window() -> QuickWindow:
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, QuickWindow))


def quick_part(name: str) -> QWidget:
    found = quick_window().findChild(QWidget, name)
    assert found is not None, name
    return found


async def open_quick(stage: Stage) -> None:
    """Open it with nothing in it."""
    stage.window.show_quick()
    quick_window().move(stage.window.pos() + QPoint(400, 120))  # the screen of these pictures is larger than any
    await stage.settle()


async def ask_quickly(stage: Stage) -> None:
    """Ask something and read the answer."""
    await open_quick(stage)
    quick_part("message").insertPlainText(QUESTIONS[stage.language])
    QTest.keyClick(quick_part("message"), Qt.Key.Key_Return)
    await stage.settle(1.5)


def fill_in_quickly(key: str) -> Act:
    """Choose a preset there."""

    async def choose(stage: Stage) -> None:
        await open_quick(stage)
        stage.window._quick.get()._chat.presets.use(key)
        await stage.settle()

    return choose
