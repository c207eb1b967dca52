"""Every control in every state on one sheet, to look at: `python -m tests.gui.ui_kit.widgets.component_sheet FOLDER` draws it in each
scheme."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QMenu,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.focus_ring import FocusRing
from chatdesk.ui_kit.style.live_icon import live_icon
from chatdesk.ui_kit.style.painters import DANGER_PROPERTY
from chatdesk.ui_kit.style.style import Style
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.chip import Chip, ToggleChip
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.popup import Popup
from chatdesk.ui_kit.widgets.progress_bar import ProgressBar
from chatdesk.ui_kit.widgets.segments import Segments
from chatdesk.ui_kit.widgets.spinner import Spinner
from chatdesk.ui_kit.widgets.switch import Switch
from chatdesk.ui_kit.widgets.tag import Tag, TagKind
from chatdesk.ui_kit.widgets.toast_host import ToastHost
from tests.fakes.fixed_preferences import FixedPreferences
from tests.paths import RESOURCES

_ROLES = {
    "display": "What now?",
    "title": "Servers",
    "heading2": "Heading in an answer",
    "reading": "Answer text 正文",
    "label": "Window and card titles",
    "ui": "Controls and lists 列表",
    "caption": "Time, tokens, hints 0123456789",
    "code": "code 0O 1lI != => 代码",
}


class ComponentSheet(QWidget):
    """The sheet. It is 1280 by 980 px at 100 %."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._rings: list[Callable[[], FocusRing]] = []
        columns = QHBoxLayout(self)
        columns.setContentsMargins(28, 24, 28, 24)
        columns.setSpacing(40)
        for parts in (
            (self._buttons, self._fields, self._choices, self._chips, self._waiting),
            (self._menu, self._scrolling, self._card),
            (self._type, self._qt_buttons, self._labels),
        ):
            column = QVBoxLayout()
            column.setSpacing(14)
            for part in parts:
                part(column)
            column.addStretch(1)
            columns.addLayout(column)
        columns.addStretch(1)
        self._toasts = ToastHost(appearance, self)
        self._toasts.show_toast("Moved to the trash", "", "Undo", lambda: None)
        self.resize(1280, 1000)

    def show_states(self) -> None:
        """Show what is only there once the sheet is laid out: focus rings."""
        for make in self._rings:
            make()

    def _title(self, column: QVBoxLayout, text: str) -> None:
        column.addSpacing(8)
        column.addWidget(Label(self._appearance, "caption", "textSecondary", self, text=text, strong=True))

    def _line(self, column: QVBoxLayout, *widgets: QWidget) -> None:
        line = QHBoxLayout()
        line.setSpacing(12)
        for widget in widgets:
            line.addWidget(widget)
        line.addStretch(1)
        column.addLayout(line)

    def _buttons(self, column: QVBoxLayout) -> None:
        self._title(column, "Buttons")
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        for place, state in enumerate(("Rest", "Hover", "Pressed", "Focus", "Disabled")):
            grid.addWidget(Label(self._appearance, "caption", "textSecondary", self, text=state), 0, place)
            for row, button in enumerate(self._one_of_each_button(), 1):
                match state:
                    case "Hover":
                        button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
                    case "Pressed":
                        button.setDown(True)
                    case "Focus":
                        self._ring_round(button)
                    case "Disabled":
                        button.setEnabled(False)
                grid.addWidget(button, row, place, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(grid)

    def _one_of_each_button(self) -> tuple[Button | IconButton, ...]:
        look = self._appearance
        return (
            Button(look, "Save", ButtonKind.FILLED, self),
            Button(look, "Get", ButtonKind.OUTLINED, self, icon="download"),
            Button(look, "Test again", ButtonKind.PLAIN, self),
            Button(look, "Delete", ButtonKind.DANGER, self, icon="trash-2"),
            Button(look, "Preview", ButtonKind.PLAIN, self, icon="play", small=True, ink="accentText"),
            IconButton(look, "copy", self, name="Copy"),
            IconButton(look, "arrow-up", self, name="Send", kind=ButtonKind.FILLED),
            IconButton(look, "ellipsis", self, name="More", size=IconButtonSize.ROW),
        )

    def _ring_round(self, control: QWidget) -> None:
        self._rings.append(lambda: FocusRing(self._appearance, control))

    def _fields(self, column: QVBoxLayout) -> None:
        self._title(column, "Fields")
        rest = TextField(self._appearance, "Model", self, text="deepseek-flash")
        search = TextField(self._appearance, "Search", self, placeholder="Search settings", icon="search")
        wrong = TextField(self._appearance, "Address", self, text="htp://lab", mono=True)
        wrong.set_error("Start with https://")
        line = QHBoxLayout()
        line.setSpacing(12)
        for field in (rest, search, wrong):
            line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        combo = QComboBox(self)
        combo.setAccessibleName("Theme")
        combo.addItems(["Follow the system", "Light", "Dark"])
        off = QComboBox(self)
        off.setAccessibleName("Off")
        off.addItem("Disabled")
        off.setEnabled(False)
        number = QSpinBox(self)
        number.setAccessibleName("Zoom")
        number.setRange(50, 200)
        number.setValue(100)
        number.setSuffix(" %")
        self._line(column, combo, off, number)

    def _choices(self, column: QVBoxLayout) -> None:
        self._title(column, "Choices")
        boxes = [QCheckBox(text, self) for text in ("Wrap code", "Line numbers", "Partly", "Disabled")]
        boxes[0].setChecked(True)
        boxes[2].setCheckState(Qt.CheckState.PartiallyChecked)
        boxes[3].setChecked(True)
        boxes[3].setEnabled(False)
        self._line(column, *boxes)
        radios = [QRadioButton(text, self) for text in ("Auto", "Always open")]
        radios[0].setChecked(True)
        self._ring_round(radios[0])
        self._line(column, *radios)
        switches = [Switch(self._appearance, name, self) for name in ("On", "Off", "Disabled on", "Disabled off")]
        switches[0].setChecked(True)
        switches[2].setChecked(True)
        for switch in switches[2:]:
            switch.setEnabled(False)
        segments = Segments(self._appearance, "Panel", self)
        segments.set_segments((("preview", "Preview"), ("code", "Code"), ("console", "Console")))
        toggles = [ToggleChip(self._appearance, "Think", "lightbulb", self) for _ in range(2)]
        toggles[0].setChecked(True)
        self._line(column, *switches, segments)
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setAccessibleName("Temperature")
        slider.setValue(40)
        self._line(column, *toggles, slider)

    def _chips(self, column: QVBoxLayout) -> None:
        self._title(column, "Chips and tags")
        self._line(
            column,
            Chip(self._appearance, "Study tutor", "graduation-cap", self, remove_name="Remove", accent=True),
            Chip(self._appearance, "notes.pdf, 84 KB", "file-text", self, remove_name="Remove"),
            Chip(self._appearance, "No cross", "globe", self),
        )
        texts = ("Built in", "Reasoning", "Connected", "Slow", "Refused")
        self._line(
            column, *(Tag(self._appearance, word, kind, self) for word, kind in zip(texts, TagKind, strict=True))
        )

    def _waiting(self, column: QVBoxLayout) -> None:
        self._title(column, "Progress and waiting")
        bar = ProgressBar(self._appearance, "Reading the prompt", self)
        bar.setFixedWidth(120)
        bar.set_fraction(0.48)
        self._line(
            column,
            Spinner(self._appearance, "Loading", self),
            Label(self._appearance, "ui", "textSecondary", self, text="Loading model, 4 s"),
            bar,
            Label(self._appearance, "ui", "textSecondary", self, text="Reading the prompt, 48%"),
        )
        column.addSpacing(60)

    def _menu(self, column: QVBoxLayout) -> None:
        self._title(column, "Menu")
        menu = make_menu(self._appearance, self)
        menu.ensurePolished()
        menu.setWindowFlags(Qt.WindowType.Widget)
        menu.setFixedSize(menu.sizeHint())
        menu.setActiveAction(menu.actions()[1])
        column.addWidget(menu)
        menu.show()

    def _scrolling(self, column: QVBoxLayout) -> None:
        self._title(column, "Scroll bars")
        bars = [QScrollBar(Qt.Orientation.Vertical, self) for _ in range(2)]
        bars[1].setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        area = QScrollArea(self)
        area.setAccessibleName("Area")
        area.setFixedSize(180, 90)
        inside = QWidget()
        inside.resize(400, 300)
        area.setWidget(inside)
        for bar in bars:
            bar.setFixedHeight(90)
            bar.setValue(30)
            bar.setPageStep(60)
        round_button = IconButton(
            self._appearance, "arrow-down", self, name="Down", kind=ButtonKind.OUTLINED, circle=True
        )
        self._line(column, *bars, area, round_button)

    def _card(self, column: QVBoxLayout) -> None:
        self._title(column, "Cards")
        for fill, border, text in (
            ("raised", "borderSubtle", "A card"),
            ("accentSoft", "accentBorder", "The chosen card"),
            ("warningSoft", "", "Context 92% full"),
        ):
            card = Card(self._appearance, self, fill=fill, border=border)
            inside = QHBoxLayout(card)
            inside.setContentsMargins(16, 12, 16, 12)
            inside.addWidget(Label(self._appearance, "ui", "text", card, text=text))
            column.addWidget(card)

    def _type(self, column: QVBoxLayout) -> None:
        self._title(column, "Type")
        for role, text in _ROLES.items():
            line = QHBoxLayout()
            name = Label(self._appearance, "caption", "textSecondary", self, text=role)
            name.setFixedWidth(90)
            line.addWidget(name)
            line.addWidget(Label(self._appearance, role, "text", self, text=text), 1)
            column.addLayout(line)

    def _qt_buttons(self, column: QVBoxLayout) -> None:
        self._title(column, "Buttons of Qt's own dialogs")
        plain = QPushButton("Cancel", self)
        plain.setAutoDefault(False)
        default = QPushButton("Replace", self)
        default.setDefault(True)
        self._line(column, plain, default)

    def _labels(self, column: QVBoxLayout) -> None:
        self._title(column, "Cut and wrapped words")
        cut = Label(self._appearance, "ui", "text", self, text="A title that is far too long for its place", elide=True)
        cut.setFixedWidth(180)
        wrapped = Label(
            self._appearance, "ui", "textSecondary", self, text="<b>Plain</b> & wrapped words 正文 " * 4, wrap=True
        )
        wrapped.setFixedWidth(300)
        column.addWidget(cut)
        column.addWidget(wrapped)


def make_menu(appearance: Appearance, parent: QWidget) -> QMenu:
    """Return a menu with every kind of row."""
    menu = QMenu(parent)
    icon = lambda name, color="textSecondary": live_icon(appearance, name, color)  # noqa: E731
    menu.addAction(icon("pencil"), "Rename").setShortcut(QKeySequence("F2"))
    menu.addAction(icon("pin"), "Pin")
    folders = menu.addMenu(icon("folder-input"), "Move to folder")
    folders.addAction("Thesis")
    folders.addAction("Work")
    menu.addSeparator()
    menu.addAction(icon("copy"), "Copy as markdown")
    menu.addAction(icon("download"), "Save as…").setShortcut(QKeySequence("Ctrl+Shift+S"))
    branch = menu.addAction(icon("git-branch"), "Branch to new chat")
    branch.setEnabled(False)
    menu.addSeparator()
    trash = QAction(icon("trash-2", "danger"), "Move to trash", menu)
    trash.setProperty(DANGER_PROPERTY, True)
    trash.setShortcut(QKeySequence("Del"))
    menu.addAction(trash)
    checked = menu.addAction("Line numbers")
    checked.setCheckable(True)
    checked.setChecked(True)
    for action in menu.actions():
        action.setShortcutVisibleInContextMenu(True)
    return menu


def make_popup(appearance: Appearance, parent: QWidget) -> Popup:
    """Return a popup with a few words."""
    popup = Popup(appearance, parent, name="Picker")
    inside: QLayout = QVBoxLayout()
    inside.setContentsMargins(16, 16, 16, 16)
    inside.addWidget(Label(appearance, "label", "text", popup, text="Choose a model"))
    inside.addWidget(TextField(appearance, "Search models", popup, placeholder="Search models", icon="search"))
    popup.content.addLayout(inside)
    return popup


def draw(folder: Path) -> None:
    """Draw the sheet, a menu and a popup in every scheme."""
    application = QApplication(sys.argv[:1])
    preferences = FixedPreferences()
    appearance = Appearance(application, RESOURCES, preferences)
    application.setStyle(Style(application, appearance))
    sheet = ComponentSheet(appearance)
    sheet.show()
    application.processEvents()
    sheet.show_states()
    for name, dark, high_contrast in (
        ("light", False, False),
        ("dark", True, False),
        ("contrast", True, True),
        ("contrast-light", False, True),
    ):
        preferences.set(dark=dark, high_contrast=high_contrast)
        sheet._toasts.show_toast("Moved to the trash", "Compound interest, monthly or yearly", "Undo", lambda: None)
        application.processEvents()
        sheet.grab().save(str(folder / f"components-{name}.png"))
        menu, popup = make_menu(appearance, sheet), make_popup(appearance, sheet)
        menu.popup(QPoint(100, 100))
        popup.open_below(sheet)
        application.processEvents()
        menu.grab().save(str(folder / f"menu-{name}.png"))
        popup.grab().save(str(folder / f"popup-{name}.png"))
        menu.close()
        popup.close()
    sheet.close()


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
