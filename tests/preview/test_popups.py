"""Lists of choices, calendars and tool tips stay within the page's frame and go with it; dialogs do not open."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QColorDialog, QLabel, QWidget

from tests.preview.harness import Harness, wait_until

OPTIONS = "".join(f"<option>Choice {number}</option>" for number in range(40))
PAGE = (
    "<body style='margin:0;height:5000px'>"
    f"<select id=choices style='position:absolute;left:10px;top:150px;width:300px;height:30px'>{OPTIONS}</select>"
    "<input id=day type=date onclick='this.showPicker()' style='position:absolute;left:10px;top:200px;width:200px;height:30px'>"
    "<input id=colour type=color value='#123456' style='position:absolute;left:10px;top:100px;width:100px;height:30px'>"
    "<p title='<b>Enter</b> your key' style='position:absolute;left:10px;top:10px'>Words</p>"
)
CHOICES, COLOUR, DAY = (50, 165), (50, 115), (40, 215)


@pytest.fixture
def small(harness: Harness) -> Harness:
    """A window in which a list of 20 choices is higher than the page."""
    harness.setGeometry(80, 60, 700, 300)
    harness.open(PAGE)
    return harness


def frame(harness: Harness) -> QRect:
    return QRect(harness.host.mapToGlobal(QPoint()), harness.host.size())


def windows(harness: Harness) -> list[QWidget]:
    """What stands on the screen besides our window."""
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget is not harness]


def opened(harness: Harness, place: tuple[int, int]) -> QWidget:
    harness.click(*place)
    harness.until(lambda: windows(harness), "something to open")
    (popup,) = windows(harness)
    return popup


@pytest.mark.parametrize("place", [CHOICES, DAY])
def test_what_opens_stays_within_the_page(small: Harness, place: tuple[int, int]) -> None:
    popup = opened(small, place)
    QTest.qWait(100)  # the engine sets the place once more
    assert frame(small).contains(popup.geometry())
    assert popup.height() > 100


def test_choices_are_made_with_the_keyboard(small: Harness) -> None:
    opened(small, CHOICES)
    small.keys(*[Qt.Key.Key_Down] * 25, Qt.Key.Key_Return)
    small.until_page("choices.value == 'Choice 25'")
    small.until(lambda: not windows(small), "the choices to close")
    small.keys(Qt.Key.Key_Up)
    small.until_page("choices.value == 'Choice 24'")


def test_esc_closes_the_choices_first_and_then_leaves_the_page(small: Harness) -> None:
    left: list[bool] = []
    small.host.escape_pressed.connect(lambda: left.append(True))
    opened(small, CHOICES)
    small.keys(Qt.Key.Key_Escape)
    small.until(lambda: not windows(small), "the choices to close")
    assert left == []
    small.keys(Qt.Key.Key_Escape)
    assert left == [True]


@pytest.mark.parametrize("place", [CHOICES, DAY])
@pytest.mark.parametrize("cause", ["the page is closed", "the page is hidden", "the window moves", "the page scrolls"])
def test_what_is_open_goes(small: Harness, place: tuple[int, int], cause: str) -> None:
    opened(small, place)
    match cause:
        case "the page is closed":
            small.host.close_run()
        case "the page is hidden":
            small.host.hide()
        case "the window moves":
            small.move(small.pos() + QPoint(50, 20))
        case _:
            QTest.wheelEvent(
                small.page_window().windowHandle() or small.host._view.windowHandle(),
                QPoint(200, 100),
                QPoint(0, -240),
            )
    small.until(lambda: not windows(small), f"it to go as {cause}")


def test_choices_open_again_after_the_page_was_hidden(small: Harness) -> None:
    opened(small, CHOICES)
    small.host.hide()
    small.until(lambda: not windows(small), "the choices to close")
    small.host.show()
    small.until(lambda: small.ask("1") == 1, "the page to go on")
    assert opened(small, CHOICES)


@pytest.mark.parametrize("trigger", ["a click", "showPicker", "a script's click"])
def test_no_dialog_opens_for_colours_and_it_is_reported(small: Harness, trigger: str) -> None:
    refused: list[None] = []
    seen: list[QWidget] = []
    small.host.dialog_refused.connect(lambda: refused.append(None))
    if trigger == "showPicker":
        small.ask("(choices.onmousedown = event => { event.preventDefault(); colour.showPicker() }, 1)")
    elif trigger == "a script's click":
        small.ask("(choices.onmousedown = event => { event.preventDefault(); colour.click() }, 1)")
    small.click(*(COLOUR if trigger == "a click" else CHOICES))

    def check() -> bool:
        seen.extend(widget for widget in windows(small) if isinstance(widget, QColorDialog) and _is_on_screen(widget))
        return bool(refused)

    small.until(check, "the dialog to be refused")
    wait_until(lambda: not windows(small))
    assert (windows(small), seen) == ([], [])
    assert small.ask("colour.value") == "#123456"
    assert opened(small, DAY)  # the page goes on


def test_dialogs_asked_for_without_end_leave_the_window_usable(small: Harness) -> None:
    refused: list[None] = []
    small.host.dialog_refused.connect(lambda: refused.append(None))
    small.ask("(addEventListener('keydown', () => { for (let i = 0; i < 50; i++) colour.click() }), 1)")
    small.click(400, 250)
    for _ in range(20):
        small.keys(Qt.Key.Key_A)
    small.until(lambda: refused, "a dialog to be refused")
    wait_until(lambda: not windows(small))
    assert windows(small) == []
    assert small.ask("1 + 1") == 2


def test_a_tool_tip_is_plain_text_within_the_page(small: Harness) -> None:
    inner = small.page_window()
    QTest.mouseMove(inner, QPoint(30, 30))
    small.until(small.host._view.toolTip, "the words to be known")
    at = QPoint(frame(small).right() - 5, frame(small).bottom() - 5)
    QApplication.sendEvent(inner, QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(30, 30), at))
    (tip,) = windows(small)
    assert isinstance(tip, QLabel)
    assert (tip.text(), tip.textFormat()) == ("<b>Enter</b> your key", Qt.TextFormat.PlainText)
    assert frame(small).contains(tip.geometry())
    small.click(400, 250)
    assert windows(small) == []


def _is_on_screen(widget: QWidget) -> bool:
    return not widget.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
