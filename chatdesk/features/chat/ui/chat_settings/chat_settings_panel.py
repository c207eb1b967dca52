"""The panel at the right of a chat: parameters of the model and its state in the server's memory."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from chatdesk.features.models.domain.parameter_state import ChatSettings, Inherited
from chatdesk.features.models.ui.parameters.parameter_field import ParameterField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.text.parameter_texts import WORDS
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label


class ChatSettingsPanel(Translated, QWidget):
    """The chat settings panel. `changed` carries a parameter and its value, None for the default."""

    changed = Signal(str, object)
    reset = Signal()
    unload_requested = Signal()
    speed_requested = Signal()
    closed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._settings = ChatSettings()
        self.setObjectName("chatSettings")
        self._title = Label(appearance, "label", "text", self)
        self._close = IconButton(appearance, "x", self, size=IconButtonSize.ROW)
        self._close.setObjectName("closeChatSettings")
        self._close.clicked.connect(self.closed)
        self._header = QHBoxLayout()
        self._header.addWidget(self._title, 1)
        self._header.addWidget(self._close)
        content = QWidget()
        self._about = Label(appearance, "ui", "textSecondary", content, wrap=True)
        self._memory = Card(appearance, content, fill="raised")
        self._memory_label = Label(appearance, "ui", "text", self._memory, wrap=True)
        self._memory_label.setObjectName("modelMemory")
        self._unload = Button(appearance, "", ButtonKind.OUTLINED, self._memory, small=True)
        self._unload.setObjectName("unloadModel")
        self._unload.clicked.connect(self.unload_requested)
        self._memory_column = QVBoxLayout(self._memory)
        self._memory_column.addWidget(self._memory_label)
        self._memory_column.addWidget(self._unload, 0, Qt.AlignmentFlag.AlignLeft)
        self._speed = Button(appearance, "", ButtonKind.OUTLINED, content, icon="chart-line", small=True)
        self._speed.setObjectName("speedOfModel")
        self._speed.clicked.connect(self.speed_requested)
        self.fields = {name: ParameterField(appearance, name, content) for name in WORDS}
        self._reset = Button(appearance, "", ButtonKind.OUTLINED, content, icon="undo-2", small=True)
        self._reset.setObjectName("resetParameters")
        self._reset.clicked.connect(self.reset)
        self._column = QVBoxLayout(content)
        self._column.addWidget(self._about)
        for field in self.fields.values():
            field.changed.connect(self.changed)
            self._column.addWidget(field)
        self._column.addWidget(self._reset, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._memory)
        self._column.addWidget(self._speed, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        self._area.setWidget(content)
        content.setAutoFillBackground(False)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.addLayout(self._header)
        self._layout.addWidget(self._area, 1)
        self.setFocusProxy(next(iter(self.fields.values())).edit)
        appearance.bind(self._restyle)
        self._retranslate()

    def show_settings(self, settings: ChatSettings) -> None:
        """Show the chat's own and the inherited values."""
        self._settings = settings
        for name, field in self.fields.items():
            field.show_value(
                getattr(settings.own, name),
                settings.inherited.get(name, Inherited()),
                sent=not settings.known or name in settings.known,
                server=settings.server,
                preset=settings.preset,
            )
        self._memory.setVisible(bool(settings.memory))
        self._memory_label.set_text(settings.memory)
        self._unload.setVisible(settings.can_unload)
        self._reset.setEnabled(any(getattr(settings.own, name) is not None for name in self.fields))
        self._retranslate()

    def flush(self) -> None:
        """Emit pending changes of the text fields."""
        for field in self.fields.values():
            field.flush()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        inset, side = theme.length("s"), theme.length("l")
        self._header.setContentsMargins(side, inset, inset, inset)
        self._column.setContentsMargins(side, theme.length("xs"), side, side)
        self._column.setSpacing(theme.length("m"))
        pad = theme.length("m")
        self._memory_column.setContentsMargins(pad, pad, pad, pad)
        self._memory_column.setSpacing(inset)
        self._layout.setContentsMargins(1, 0, 0, 0)
        self.update()

    def _retranslate(self) -> None:
        self._title.set_text(self.tr("Chat settings"))
        self._close.set_name(self.tr("Close chat settings"))
        model = self._settings.model
        text = self.tr("How {model} answers in this chat. Leave a field empty to use the default.").format(model=model)
        self._about.set_text(
            text if model else self.tr("How the model answers in this chat. Leave a field empty to use the default.")
        )
        self._reset.setText(self.tr("Reset all"))
        self._unload.setText(self.tr("Unload model"))
        self._speed.setText(self.tr("Measure speed"))
        self._speed.setVisible(bool(model))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc and keep typed text from reaching the parent, which would put it into the message."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif not event.text().isprintable() or not event.text():
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("sidebar"))
        left = 0 if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else self.width() - 1
        painter.fillRect(left, 0, 1, self.height(), theme.color("borderSubtle"))
