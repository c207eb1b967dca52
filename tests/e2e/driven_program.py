"""The program's side of an end-to-end test: the real `chatdesk`, with hands and eyes that act on its window when the test says so.

Started as `python -m tests.e2e.driven_program` with JSON commands on standard input, one a line; each is answered by one line on
standard output. What is seen and touched is found by accessible name, as a screen reader would, and touched by mouse and keyboard
events at its place in the window. The program itself knows nothing of this.
"""

import json
import os
import sys
import threading
import time

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from chatdesk.app.command_line import main


class Hands(QObject):
    """Lives on the screen's thread; commands come from the thread that reads standard input."""

    commanded = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self.commanded.connect(self._obey, Qt.ConnectionType.QueuedConnection)

    def _obey(self, command: dict) -> None:
        if "QT_LINUX_ACCESSIBILITY_ALWAYS_ON" not in os.environ:  # else Qt does it by itself
            _listen_like_a_screen_reader()
        try:
            answer = {"result": getattr(self, command.pop("do"))(**command)}
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shall see it
            answer = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()

    def has_keyboard(self) -> bool:
        """Whether a window has the keyboard. If none has, the largest gets it soon, as a window manager would give it."""
        active = QApplication.activeWindow()
        if active is None and (window := _window()):
            window.activateWindow()
        return active is not None and active.isVisible()

    def windows(self) -> list[str]:
        """Return the titles of what can be seen; see to it that one of them has the keyboard."""
        self.has_keyboard()
        return [window.windowTitle() for window in QApplication.topLevelWidgets() if window.isVisible()]

    def names(self) -> list[str]:
        """Every accessible name that can be seen, for a test that fails."""
        return sorted({name for item in _everything() if (name := item.text(QAccessible.Text.Name))})

    def read(self, name: str) -> str | None:
        """Return what stands in the thing of this name; None if it cannot be seen."""
        item = _find(name)
        if item is None:
            return None
        text = item.textInterface()
        if text is not None and text.characterCount():
            return text.text(0, text.characterCount())
        return (
            item.text(QAccessible.Text.Value)
            or item.text(QAccessible.Text.Description)
            or item.text(QAccessible.Text.Name)
        )

    def focused(self) -> str:
        """Return the name of what has the keyboard."""
        item = QAccessible.queryAccessibleInterface(_with_keyboard())
        return item.text(QAccessible.Text.Name) if item else ""

    def keyboard(self) -> str:
        """Return what and which windows have the keyboard, for a test that fails."""
        described = {
            "focused": self.focused(),
            "focus": QApplication.focusWidget(),
            "active window": QApplication.activeWindow(),
            "window with the focus": QGuiApplication.focusWindow(),
            "popup": QApplication.activePopupWidget(),
        }
        return ", ".join(f"{what}: {value!r}" for what, value in described.items())

    def click(self, name: str) -> None:
        item = _find(name)
        if item is None:
            raise LookupError(f"nothing named {name!r} can be seen, but {self.names()}")
        place = item.rect().center()
        widget = QApplication.widgetAt(place) or _widget_of(item)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.mapFromGlobal(place))

    def draw(self, name: str) -> None:
        """Draw the mouse over what has this name, from its upper left corner to the lower right one."""
        item = _find(name)
        if item is None:
            raise LookupError(f"nothing named {name!r} can be seen, but {self.names()}")
        rect = item.rect()
        widget = QApplication.widgetAt(rect.center()) or _widget_of(item)
        begin, end = widget.mapFromGlobal(rect.topLeft()), widget.mapFromGlobal(rect.bottomRight())
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=begin)
        QTest.mouseMove(widget, (begin + end) / 2)
        QTest.mouseMove(widget, end)
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=end)

    def click_at(self, x: int, y: int) -> None:
        """Click at a place of the screen, whatever is there; a web page's own window lies over the widgets."""
        place = QPoint(x, y)
        views = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget is not _window()]
        over = [view for view in views if QRect(view.mapToGlobal(QPoint()), view.size()).contains(place)]
        inside = [widget for view in over if (widget := view.childAt(view.mapFromGlobal(place)))]
        widget = next(iter([*inside, *over]), None) or QApplication.widgetAt(place)
        if widget is None:
            raise LookupError(f"nothing of this program is at {x}, {y}")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.mapFromGlobal(place))

    def place_of(self, name: str) -> list[int] | None:
        """Return where on the screen the thing of this name is: left, top, width, height."""
        item = _find(name)
        return list(item.rect().getRect()) if item else None

    def screen(self, path: str) -> None:
        """Take a picture of all of the screen, as a person sees it."""
        QGuiApplication.primaryScreen().grabWindow(0).save(path)

    def type(self, text: str) -> None:
        QTest.keyClicks(_with_keyboard(), text)

    def press(self, keys: str) -> None:
        QTest.keySequence(_with_keyboard(), QKeySequence(keys))

    def press_with_keyboard(self, keys: str) -> bool:
        """Press keys if a window has the keyboard, and return whether they were pressed."""
        if not self.has_keyboard():
            return False
        self.press(keys)
        return True

    def resize(self, width: int, height: int) -> None:
        _window().resize(width, height)

    def grab(self, path: str) -> None:
        _window().grab().save(path)

    def geometry(self) -> list[int]:
        window = _window()
        return [window.width(), window.height()]

    def close(self) -> None:
        _window().close()

    def choose_in_dialog(self, path: str) -> bool:
        """Choose a file or folder in the dialog that asks for one; False while there is none."""
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QFileDialog) and dialog.isVisible():
                dialog.findChild(QLineEdit).setText(path)
                dialog.accept()
                return True
        return False


def _listen_like_a_screen_reader() -> None:
    """Switch accessibility on if it is off: lists hear of changed rows only while it is on."""
    if not QAccessible.isActive():
        QAccessible.setActive(True)


def _window() -> QWidget | None:
    visible = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    return max(visible, key=lambda window: window.width() * window.height(), default=None)


def _with_keyboard() -> QWidget:
    """Return what has the keyboard; on a screen without a window manager no window is ever active, so ask the window itself."""
    popup = QApplication.activePopupWidget()
    return QApplication.focusWidget() or (popup or _window()).focusWidget() or popup or _window()


def _everything() -> list[QAccessibleInterface]:
    tops = [*QGuiApplication.topLevelWindows(), *QApplication.topLevelWidgets()]
    waiting = [root for top in tops if top.isVisible() and (root := QAccessible.queryAccessibleInterface(top))]
    found = []
    while waiting:
        item = waiting.pop()
        if not item.isValid() or item.state().invisible:
            continue
        found.append(item)
        waiting += [child for index in range(item.childCount()) if (child := item.child(index))]
    return found


def _find(name: str) -> QAccessibleInterface | None:
    """Return the first visible thing of this name; one that begins with it, if none has it whole."""
    everything = _everything()
    for matches in (str.__eq__, str.startswith):
        for item in everything:
            if matches(item.text(QAccessible.Text.Name), name) and not item.rect().isEmpty():
                return item
    return None


def _widget_of(item: QAccessibleInterface) -> QWidget:
    while item and not isinstance(item.object(), QWidget):
        item = item.parent()
    widget = item.object()
    assert isinstance(widget, QWidget)
    return widget


def _listen() -> None:
    while QCoreApplication.instance() is None:
        time.sleep(0.01)  # the program makes it; there is nothing to wait on before
    hands = Hands()
    hands.moveToThread(QCoreApplication.instance().thread())
    for line in sys.stdin:
        hands.commanded.emit(json.loads(line))


if __name__ == "__main__":
    threading.Thread(target=_listen, daemon=True).start()
    sys.exit(main([]))
