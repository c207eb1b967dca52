"""What the page wrote on its console and what it asked the network for in vain, with the way to a fix."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from chatdesk.features.previews.ui.panel.console_rows import ConsoleDelegate, ConsoleModel
from chatdesk.features.previews.ui.panel.stage import ConsoleLine, Severity
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.palette import make_palette
from chatdesk.ui_kit.text.sliced_work import SlicedWork
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.segments import Segments

_FILTERS = {
    "all": frozenset(Severity),
    "warnings": frozenset({Severity.WARNING, Severity.ERROR}),
    "errors": frozenset({Severity.ERROR}),
}
_MOST_HOSTS = 12


class ConsoleView(QWidget):
    """`place_of` says where in the code a line was written, in words; empty if that is not known."""

    clear_wanted = Signal()
    fix_wanted = Signal()
    line_chosen = Signal(ConsoleLine)

    def __init__(self, appearance: Appearance, place_of: Callable[[ConsoleLine], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._lines: Sequence[ConsoleLine] = ()
        self._hosts: Mapping[str, int] = {}
        self._filter = Segments(appearance, "", self)
        self._filter.setObjectName("consoleFilter")
        self._fix = Button(appearance, "", ButtonKind.FILLED, self, icon="wrench", small=True)
        self._fix.setObjectName("fixErrors")
        self._fix.clicked.connect(self.fix_wanted)
        self._copy = IconButton(appearance, "copy", self, size=IconButtonSize.ROW)
        self._copy.setObjectName("copyConsole")
        self._copy.clicked.connect(self._copy_all)
        self._clear = IconButton(appearance, "trash-2", self, size=IconButtonSize.ROW)
        self._clear.setObjectName("clearConsole")
        self._clear.clicked.connect(self.clear_wanted)
        self._blocked = Notice(appearance, self, NoticeKind.WARNING)
        self._blocked.setObjectName("blockedHosts")
        self._nothing = Label(appearance, "ui", "textTertiary", self, wrap=True)
        self._nothing.setObjectName("consoleEmpty")
        self._model = ConsoleModel(self._severity_words, place_of, self)
        self.list = _List(self)
        self.list.setObjectName("console")
        self.list.setModel(self._model)
        self._rows = ConsoleDelegate(appearance, self._model, self.list)
        self.list.setItemDelegate(self._rows)
        self._follows = True
        """Whether the last line stays in sight when more come."""
        self.list.verticalScrollBar().valueChanged.connect(self._take_place)
        self._measuring = SlicedWork(self)
        self._measuring.progressed.connect(self._take_heights)
        begin = QTimer(self, interval=0, singleShot=True)
        begin.timeout.connect(lambda: self._measuring.start(self._rows.measure_waiting()))
        self._rows.waits.connect(begin.start)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        self.list.copy_pressed.connect(self._copy_line)
        self._filter.chosen.connect(lambda _key: self._show_lines())
        self._bar = QHBoxLayout()
        self._bar.addWidget(self._filter)
        self._bar.addStretch(1)
        for part in (self._fix, self._copy, self._clear):
            self._bar.addWidget(part)
        self._notices = QVBoxLayout()
        self._notices.addWidget(self._blocked)
        self._notices.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._bar)
        layout.addLayout(self._notices)
        layout.addWidget(self.list, 1)
        self.setFocusProxy(self.list)
        appearance.changed.connect(self._restyle)
        self._retranslate()
        self._restyle()

    def show_lines(self, lines: Sequence[ConsoleLine]) -> None:
        """Show what the page has written."""
        self._lines = lines
        self._show_lines()

    def show_blocked(self, hosts: Mapping[str, int]) -> None:
        """Show which hosts were asked for."""
        self._hosts = hosts
        self._show_hosts()

    def _show_lines(self) -> None:
        wanted = _FILTERS[self._filter.key()]
        shown = [line for line in self._lines if line.severity in wanted]
        follows = self._follows
        self._model.show(shown)
        if follows:
            self.list.scrollToBottom()
        self._fix.setVisible(any(line.severity is Severity.ERROR for line in self._lines))
        self._copy.setEnabled(bool(shown))
        self._clear.setEnabled(bool(self._lines))
        self._nothing.setVisible(not shown)
        self._nothing.set_text(
            self.tr("Nothing of this kind was written.") if self._lines else self.tr("The page has written nothing.")
        )

    def _take_heights(self) -> None:
        """Give the lines the heights that were estimated before, when all have been measured."""
        if self._measuring.active:
            return
        self.list.doItemsLayout()
        if self._follows:
            self.list.scrollToBottom()

    def _take_place(self, value: int) -> None:
        """Follow what comes if the person reads at the end."""
        self._follows = value >= self.list.verticalScrollBar().maximum() - 1

    def _show_hosts(self) -> None:
        self._blocked.setVisible(bool(self._hosts))
        count = sum(self._hosts.values())
        most = sorted(self._hosts.items(), key=lambda item: -item[1])[:_MOST_HOSTS]
        hosts = ", ".join(f"{host or '…'} ({times})" if times > 1 else host or "…" for host, times in most)
        words = self.tr("%n network request(s) blocked: ", "", count) + hosts + "\n"
        self._blocked.show_words(words + self.tr("Pages have no network here. Ask for a version that needs none."))

    def _choose(self, index: QModelIndex) -> None:
        self.line_chosen.emit(self._model.line(index.row()))

    def _copy_line(self) -> None:
        if (index := self.list.currentIndex()).isValid():
            QGuiApplication.clipboard().setText(self._model.line(index.row()).text)

    def _copy_all(self) -> None:
        wanted = _FILTERS[self._filter.key()]
        lines = (line for line in self._lines if line.severity in wanted)
        words = (f"{line.text} (×{line.times})" if line.times > 1 else line.text for line in lines)
        QGuiApplication.clipboard().setText("\n".join(words))

    def _severity_words(self, severity: Severity) -> str:
        match severity:
            case Severity.INFO:
                return ""
            case Severity.WARNING:
                return self.tr("Warning")
            case Severity.ERROR:
                return self.tr("Error")

    def _restyle(self) -> None:
        theme = self._appearance.theme
        margin = theme.length("s")
        self._bar.setContentsMargins(theme.length("m"), margin, theme.length("m"), margin)
        self._bar.setSpacing(theme.length("xs"))
        self._notices.setContentsMargins(theme.length("m"), 0, theme.length("m"), margin)
        self.list.setPalette(make_palette(theme, "sunken"))
        self.list.doItemsLayout()

    def _retranslate(self) -> None:
        self._filter.set_segments(
            [("all", self.tr("All")), ("warnings", self.tr("Warnings")), ("errors", self.tr("Errors"))]
        )
        self._filter.setAccessibleName(self.tr("Which lines are shown"))
        self._fix.setText(self.tr("Ask for a fix"))
        self._copy.set_name(self.tr("Copy the console"))
        self._clear.set_name(self.tr("Clear the console"))
        self.list.setAccessibleName(self.tr("Console"))
        self._show_lines()
        self._show_hosts()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()


class _List(QListView):
    """Rows as high as their text; Ctrl+C copies one."""

    copy_pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the line the keyboard is on."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_pressed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
