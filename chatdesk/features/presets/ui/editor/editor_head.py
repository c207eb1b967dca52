"""Header of the editor: icon, name, origin, description, and buttons for actions."""

from dataclasses import replace

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from chatdesk.features.presets.ui.editor.preset_texts import preset_icon
from chatdesk.kernel.presets.preset import Preset, PresetOrigin
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import overlay_color
from chatdesk.ui_kit.style.control_state import ControlState
from chatdesk.ui_kit.style.painting import draw_box, draw_icon
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.popup import Popup
from chatdesk.ui_kit.widgets.tag import Tag

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class InlineEdit(QLineEdit):
    """Line edit that looks like a label until it is edited, for the name and the description.

    `role` and `color` are the theme tokens of the text. The frame is visible on hover and focus; Enter ends the editing.
    """

    def __init__(
        self, appearance: Appearance, role: str, color: str, parent: QWidget | None = None, *, lines: int = 1
    ) -> None:
        """With two `lines`, a long text is shown on both while it is not edited."""
        super().__init__(parent)
        self._lines = lines
        self._appearance = appearance
        self._role = role
        self._color = color
        self.setFrame(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.editingFinished.connect(lambda: self.setCursorPosition(0))  # show the beginning of the text
        appearance.bind(self._restyle)

    def show_text(self, text: str) -> None:
        """Show a text from its beginning, unless it is shown already."""
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)
            self._fit()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.setFont(theme.font(self._role))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Text, theme.color(self._color))
        self.setPalette(palette)
        margin = theme.length("s") - 2  # Qt adds 2 px before the text
        self.setTextMargins(margin, 0, margin, 0)
        self._fit()

    @property
    def _shown_lines(self) -> list[str]:
        """The text in lines of the width of the field, the last one elided."""
        metrics, width = self.fontMetrics(), self.width() - 2 * self._appearance.theme.length("s")
        layout = QTextLayout(self.text(), self.font())
        layout.beginLayout()
        lines: list[str] = []
        while len(lines) < self._lines - 1 and (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            lines.append(self.text()[line.textStart() : line.textStart() + line.textLength()].rstrip())
        layout.endLayout()
        rest = self.text()[len(lines[0]) :].strip() if lines else self.text()
        if rest or not lines:
            lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
        return lines

    def _fit(self) -> None:
        """Adjust the height to the number of lines."""
        theme = self._appearance.theme
        count = len(self._shown_lines) if self._lines > 1 else 1
        height = count * theme.line(self._role) + theme.length("xs")
        if height != self.minimumHeight():
            self.setFixedHeight(height)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        theme = self._appearance.theme
        return QSize(theme.length("sidebarWidth"), theme.line(self._role) + theme.length("xs"))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.theme.length("section"), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End the editing with Enter."""
        if event.key() in _ENTER:
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._appearance.theme
        rect, radius = QRectF(self.rect()), theme.length("radius.small")
        painter = QPainter(self)
        if self.hasFocus():
            draw_box(painter, rect, radius, theme.color("page"), theme.color("accent"), theme.stroke("focus"))
        elif self.underMouse() and not self.isReadOnly():
            draw_box(painter, rect, radius, border=theme.color("borderDefault"))
        if self.text() and not self.hasFocus():
            painter.setFont(self.font())
            painter.setPen(theme.color(self._color))
            side, line = theme.length("s"), theme.line(self._role)
            top = (self.height() - line * len(self._shown_lines)) / 2
            for number, text in enumerate(self._shown_lines):
                line_rect = QRectF(side, top + number * line, self.width() - 2 * side, line)
                painter.drawText(line_rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, text)
            return
        painter.end()
        super().paintEvent(event)


OFFERED = (
    *("languages", "briefcase", "file-text", "code", "graduation-cap", "heart-handshake", "lightbulb", "coffee"),
    *("message-square", "mail", "mails", "megaphone", "newspaper", "presentation", "table", "sheet"),
    *("list-checks", "list-ordered", "calendar-days", "clipboard-list", "notebook-pen", "scroll-text", "text-quote"),
    *("pencil", "square-pen", "feather", "spell-check", "captions", "book-open", "book-open-text", "search", "target"),
    *(
        "terminal",
        "bug",
        "regex",
        "database",
        "git-branch",
        "flask-conical",
        "calculator",
        "chart-column",
        "chart-line",
    ),
    *("scale", "gift", "plane", "utensils", "gamepad-2", "puzzle", "mic", "image", "globe", "star", "pin", "tag"),
)
"""Icons offered in this order, as far as they exist."""
_COLUMNS = 8
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_COLUMNS, Qt.Key.Key_Down: _COLUMNS}


class IconPicker(QAbstractButton):
    """Button of 32 × 32 px with the icon of a preset, which opens a grid of icons."""

    chosen = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = ""
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)
        appearance.changed.connect(self.updateGeometry)

    def show_icon(self, icon: str) -> None:
        """Show an existing icon."""
        self._icon = icon
        self.update()

    def set_name(self, name: str) -> None:
        """Set the accessible name and the tool tip."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the rectangle for the focus ring and its radius."""
        return QRectF(self.rect()), self._appearance.theme.length("radius.control")

    def _open(self) -> None:
        popup = _Icons(self._appearance, self._icon, self)
        popup.chosen.connect(self.chosen)
        popup.open_below(self)

    def sizeHint(self) -> QSize:
        side = self._appearance.theme.length("button")
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, state = self._appearance.theme, ControlState.of_button(self)
        painter, rect, radius = QPainter(self), QRectF(self.rect()), theme.length("radius.control")
        draw_box(painter, rect, radius, theme.color("bubble"))
        if overlay := overlay_color(theme, state):
            draw_box(painter, rect, radius, overlay)
        if self._icon:
            draw_icon(painter, theme, self._icon, theme.color("textSecondary"), rect, theme.length("toolbar"))


class _Icons(Popup):
    """Popup with a grid of icons and arrow key navigation. Deletes itself on close."""

    chosen = Signal(str)

    def __init__(self, appearance: Appearance, current: str, parent: QWidget) -> None:
        super().__init__(appearance, parent, name=parent.accessibleName())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._buttons: list[IconButton] = []
        holder = QWidget(self)
        grid = QGridLayout(holder)
        pad = appearance.theme.length("s")
        grid.setContentsMargins(pad, pad, pad, pad)
        grid.setSpacing(appearance.theme.length("hair"))
        for number, icon in enumerate(icon for icon in OFFERED if appearance.theme.icons.has(icon)):
            button = IconButton(appearance, icon, holder, name=icon.replace("-", " "))
            button.setCheckable(True)
            button.setChecked(icon == current)
            button.clicked.connect(lambda _checked, icon=icon: self._choose(icon))
            grid.addWidget(button, number // _COLUMNS, number % _COLUMNS)
            self._buttons.append(button)
        self.content.addWidget(holder)
        first = next((button for button in self._buttons if button.isChecked()), self._buttons[0])
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, icon: str) -> None:
        self.chosen.emit(icon)
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Navigate in the grid with the arrow keys."""
        step = _STEPS.get(Qt.Key(event.key()))
        here = next((number for number, button in enumerate(self._buttons) if button.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
        elif 0 <= here + step < len(self._buttons):
            self._buttons[here + step].setFocus(Qt.FocusReason.TabFocusReason)


class EditorHead(Translated, QWidget):
    """`changed`: the name, description or icon was edited; `apply` transfers them to a preset."""

    changed = Signal()
    use_requested = Signal()
    versions_requested = Signal()
    trial_requested = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._preset: Preset | None = None
        self._chosen_icon = ""
        self._saves = False
        self._icon = IconPicker(appearance, self)
        self._icon.setObjectName("presetIcon")
        self._icon.chosen.connect(self._choose_icon)
        self._name = InlineEdit(appearance, "panelTitle", "text", self)
        self._name.setObjectName("presetName")
        self._name.setMaxLength(200)
        self._name.textEdited.connect(self.changed)
        self._name.textChanged.connect(self._arrange)
        self._tag = Tag(appearance, "", parent=self)
        self._tag.setObjectName("presetOrigin")
        self._use = Button(appearance, "", parent=self, icon="message-square")
        self._use.setObjectName("usePreset")
        self._use.clicked.connect(self.use_requested)
        self._use_small = IconButton(appearance, "message-square", self)
        self._use_small.clicked.connect(self.use_requested)
        self._trial = IconButton(appearance, "flask-conical", self)
        self._trial.setObjectName("tryPreset")
        self._trial.clicked.connect(self.trial_requested)
        self._versions = IconButton(appearance, "history", self)
        self._versions.setObjectName("presetVersions")
        self._versions.clicked.connect(self.versions_requested)
        self._more = IconButton(appearance, "ellipsis", self)
        self._more.setObjectName("presetMore")
        self._more.clicked.connect(
            lambda: self.menu_requested.emit(self._more.mapToGlobal(QPoint(0, self._more.height())))
        )
        self._description = InlineEdit(appearance, "ui", "textSecondary", self, lines=2)
        self._description.setObjectName("presetDescription")
        self._description.setMaxLength(1_000)
        self._description.textEdited.connect(self.changed)
        self._row = QHBoxLayout()
        self._row.addWidget(self._icon)
        self._row.addWidget(self._name, 1)
        for part in (self._use, self._use_small, self._trial, self._versions, self._more):
            self._row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._row)
        self._second_row = QHBoxLayout()
        self._second_row.addWidget(self._description, 1)
        self._layout.addLayout(self._second_row)
        appearance.bind(self._restyle)
        self._retranslate()

    def show_preset(self, preset: Preset) -> None:
        """Show a preset without emitting `changed`."""
        self._preset = preset
        self._chosen_icon = preset.icon
        self._icon.show_icon(preset_icon(self._appearance.theme, preset.icon, preset.category))
        self._name.show_text(preset.name)
        self._description.show_text(preset.description)
        self._versions.setVisible(preset.origin is PresetOrigin.OWN and bool(preset.id))
        self._more.setVisible(bool(preset.id))
        self._retranslate()

    def show_use(self, *, saves: bool, possible: bool) -> None:
        """Update the button that starts a chat: whether it saves the preset first, and whether it can."""
        self._saves = saves
        for button in (self._use, self._use_small):
            button.setEnabled(possible)
        self._retranslate()

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """The fields in tab order."""
        return self._icon, self._name, self._description

    @property
    def buttons(self) -> tuple[QWidget, ...]:
        """The buttons in tab order."""
        return self._use, self._use_small, self._trial, self._versions, self._more

    def apply(self, preset: Preset) -> Preset:
        """Return the preset with the edited name, description and icon."""
        name = " ".join(self._name.text().split())
        return replace(
            preset, name=name, description=" ".join(self._description.text().split()), icon=self._chosen_icon
        )

    def rename(self) -> None:
        """Start editing the name."""
        self._name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._name.selectAll()

    def _choose_icon(self, icon: str) -> None:
        self._chosen_icon = icon
        self._icon.show_icon(icon)
        self.changed.emit()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side, inside = theme.length("xl"), theme.length("s")
        # Align the text of the line edits with the content below.
        self._layout.setContentsMargins(side - inside, theme.length("l"), side - inside, theme.length("s"))
        self._row.setContentsMargins(inside, 0, inside, 0)
        self._second_row.setContentsMargins(0, 0, inside, 0)
        self._layout.setSpacing(theme.length("xs"))
        self._row.setSpacing(theme.length("s"))
        self._arrange()

    def _arrange(self) -> None:
        """Show the name as a whole if possible: without space, the tag moves down, and then the first button becomes an icon."""
        theme = self._appearance.theme
        gap = theme.length("s")
        name = self._name.fontMetrics().horizontalAdvance(self._name.text()) + 4 * gap
        small = self._use_small.sizeHint().width()
        icons = [each for each in (self._trial, self._versions, self._more) if not each.isHidden()]
        others = self._icon.sizeHint().width() + sum(each.sizeHint().width() + gap for each in icons) + 2 * gap
        available = self.width() - 2 * theme.length("xl") - others - name
        use, tag = self._use.sizeHint().width(), self._tag.sizeHint().width() + gap
        whole = available >= use
        beside = available >= (use if whole else small) + tag
        self._use.setVisible(whole)
        self._use_small.setVisible(not whole)
        row, other = (self._row, self._second_row) if beside else (self._second_row, self._row)
        if row.indexOf(self._tag) < 0:
            other.removeWidget(self._tag)
            row.insertWidget(2 if beside else 1, self._tag, 0, Qt.AlignmentFlag.AlignVCenter)

    def _retranslate(self) -> None:
        self._icon.set_name(self.tr("Choose icon"))
        self._name.setAccessibleName(self.tr("Name"))
        self._name.setPlaceholderText(self.tr("Name"))
        self._description.setAccessibleName(self.tr("Description"))
        self._description.setPlaceholderText(self.tr("What this preset is for"))
        use = self.tr("Save and use") if self._saves else self.tr("New chat")
        self._use.setText(use)
        self._use_small.set_name(use)
        self._trial.set_name(self.tr("Try with sample"))
        self._versions.set_name(self.tr("Versions"))
        self._more.set_name(self.tr("More"))
        if self._preset:
            built_in = self._preset.origin is PresetOrigin.BUILT_IN
            text = (
                self.tr("New")
                if not self._preset.id
                else self.tr("Built-in")
                if built_in
                else self.tr("My copy")
                if self._preset.replaces
                else self.tr("My presets")
            )
            self._tag.set_text(text)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
