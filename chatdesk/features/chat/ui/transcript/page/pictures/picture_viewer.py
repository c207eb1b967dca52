"""The picture viewer: a dialog to zoom, copy, save and load a picture of the chat, and to step through those of its message."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from chatdesk.features.chat.ui.transcript.blocks.pictures.picture_texts import (
    copy_text,
    load_text,
    picture_name,
    picture_note,
    play_text,
    save_text,
)
from chatdesk.features.chat.ui.transcript.page.pictures.picture_canvas import PictureCanvas
from chatdesk.rendering.markdown.blocks import Span
from chatdesk.ui_kit.pictures.animation_player import AnimationPlayer
from chatdesk.ui_kit.pictures.picture_store import PictureState, PictureStore
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label


class ViewerPlayback(QObject):
    """Plays an animation in its original size while the canvas is visible; `animation_player.py` decodes it.

    `changed` is emitted when playing starts or stops.
    """

    changed = Signal()

    def __init__(self, store: PictureStore, canvas: PictureCanvas) -> None:
        super().__init__(canvas)
        self._store = store
        self._canvas = canvas
        self._player: AnimationPlayer | None = None
        self._size = QSize()

    @property
    def is_playing(self) -> bool:
        """Whether it is playing."""
        return self._player is not None

    def play(self, source: str, size: QSize) -> None:
        """Play a picture of this size."""
        self.stop()
        self._size = size
        self._player = player = self._store.new_player(source, self)
        player.shown.connect(self._show)
        player.ended.connect(self._ended)
        player.image(size, QRect())
        self.changed.emit()

    def stop(self) -> None:
        """Stop at the current frame."""
        if self._player:
            self._player.stop()

    def _show(self) -> None:
        if self._player and self._canvas.isVisible() and (frame := self._player.image(self._size, QRect())):
            self._canvas.show_frame(frame)

    def _ended(self) -> None:
        player, self._player = self._player, None
        if player:
            player.deleteLater()
            self.changed.emit()


_WINDOW_SHARE = 0.9
"""The initial size as a share of the parent window."""


class PictureViewer(QDialog):
    """The picture viewer. It closes with Escape and deletes itself when closed."""

    copy_requested = Signal(Span)
    save_requested = Signal(Span)

    def __init__(
        self, appearance: Appearance, store: PictureStore, spans: Sequence[Span], index: int, window: QWidget
    ) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._store = store
        self._spans = spans
        self._index = index
        self._image = QImage()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.canvas = PictureCanvas(appearance, self)
        self._playback = ViewerPlayback(store, self.canvas)
        self._note = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.load = Button(appearance, "", parent=self)
        self._zoom = Label(appearance, "ui", "textSecondary", self)
        self._out, self._in, self._fit, self.play, self._copy, self._save, self._close = (
            Button(appearance, "", parent=self) for _ in range(7)
        )
        self._previous_button, self._next_button = (
            IconButton(appearance, icon, self) for icon in ("chevron-left", "chevron-right")
        )
        self._order = Label(appearance, "ui", "textSecondary", self)
        self._stack = QStackedWidget(self)
        self._arrange()
        self._connect()
        self._retranslate()
        self._show_state()
        self.resize((window.size() * _WINDOW_SHARE).expandedTo(QSize(320, 240)))
        self.canvas.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self._show_state()

    @property
    def _span(self) -> Span:
        return self._spans[self._index]

    def step(self, distance: int) -> None:
        """Show the next (1) or previous (-1) picture, wrapping around."""
        if len(self._spans) > 1:
            self._index = (self._index + distance) % len(self._spans)
            self._retranslate()
            self._show_state()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with Page Up and Page Down, and with arrow keys not needed for moving."""
        match event.key():
            case Qt.Key.Key_PageDown | Qt.Key.Key_Right:
                self.step(1)
            case Qt.Key.Key_PageUp | Qt.Key.Key_Left:
                self.step(-1)
            case _:
                super().keyPressEvent(event)

    def _arrange(self) -> None:
        theme = self._appearance.theme
        page = QWidget(self)
        centre_layout = QVBoxLayout(page)
        centre_layout.addStretch(1)
        centre_layout.addWidget(self._note)
        centre_layout.addSpacing(theme.length("m"))
        centre_layout.addWidget(self.load, alignment=Qt.AlignmentFlag.AlignCenter)
        centre_layout.addStretch(1)
        self._stack.addWidget(self.canvas)
        self._stack.addWidget(page)
        row = QHBoxLayout()
        spacing = theme.length("m")
        row.setContentsMargins(spacing, spacing, spacing, spacing)
        row.setSpacing(theme.length("s"))
        for widget in (self._out, self._zoom, self._in, self._fit, self.play):
            row.addWidget(widget)
        self.play.hide()
        row.addStretch(1)
        steps: tuple[QWidget, ...] = (self._previous_button, self._order, self._next_button)
        for step in steps:
            row.addWidget(step)
            step.setVisible(len(self._spans) > 1)
        row.addStretch(1)
        for widget in (self._copy, self._save, self._close):
            row.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._stack, 1)
        layout.addLayout(row)
        for button in (self.load, self._out, self._in, self._fit, self.play, self._copy, self._save, self._close):
            button.setAutoDefault(False)

    def _connect(self) -> None:
        self._out.clicked.connect(self.canvas.zoom_out)
        self._in.clicked.connect(self.canvas.zoom_in)
        self._fit.clicked.connect(self.canvas.fit)
        self._previous_button.clicked.connect(lambda: self.step(-1))
        self._next_button.clicked.connect(lambda: self.step(1))
        self._copy.clicked.connect(self._ask_to_copy)
        self._save.clicked.connect(self._ask_to_save)
        self._close.clicked.connect(self.reject)
        self.load.clicked.connect(lambda: self._store.load(self._span.image))
        self.play.clicked.connect(self._toggle)
        self._playback.changed.connect(self._show_playing)
        self.canvas.zoomed.connect(self._show_zoom)
        self._store.changed.connect(self._on_picture)
        self._store.ready.connect(self._on_picture)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self).activated.connect(self._ask_to_copy)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self).activated.connect(self._ask_to_save)

    def _toggle(self) -> None:
        """Start or stop the animation."""
        if self._playback.is_playing:
            self._playback.stop()
        else:
            self._playback.play(self._span.image, self._image.size())

    def _show_playing(self) -> None:
        self.play.setText(play_text(is_playing=self._playback.is_playing))

    def _show_other(self, image: QImage) -> None:
        """Show another picture. Animations start at once unless the system requests reduced motion."""
        self._playback.stop()
        self._image = image
        self.canvas.show_image(image)
        moves = self._store.is_animated(self._span.image) and not image.isNull()
        self.play.setVisible(moves)
        if moves and not self._appearance.theme.reduced_motion:
            self._toggle()

    def _ask_to_copy(self) -> None:
        self.copy_requested.emit(self._span)

    def _ask_to_save(self) -> None:
        self.save_requested.emit(self._span)

    def _retranslate(self) -> None:
        self.setWindowTitle(picture_name(self._span))
        self.canvas.setAccessibleName(picture_name(self._span))
        self._out.setText("−")
        self._in.setText("+")
        self._out.setAccessibleName(QCoreApplication.translate("Pictures", "Zoom out"))
        self._in.setAccessibleName(QCoreApplication.translate("Pictures", "Zoom in"))
        self._previous_button.set_name(QCoreApplication.translate("Pictures", "Previous picture"))
        self._next_button.set_name(QCoreApplication.translate("Pictures", "Next picture"))
        order = QCoreApplication.translate("Pictures", "{place} of {count}")
        self._order.set_text(order.format(place=self._index + 1, count=len(self._spans)))
        self._fit.setText(QCoreApplication.translate("Pictures", "Fit"))
        self._copy.setText(copy_text())
        self._save.setText(save_text())
        self._show_playing()
        self._close.setText(QCoreApplication.translate("Pictures", "Close"))
        self._show_zoom(self.canvas.zoom)

    def _show_zoom(self, zoom: float) -> None:
        self._zoom.setText(QCoreApplication.translate("Pictures", "{percent}%").format(percent=round(100 * zoom)))

    def _on_picture(self, source: str) -> None:
        if source == self._span.image:
            self._show_state()

    def _show_state(self) -> None:
        info = self._store.info(self._span.image)
        is_available = info.state is PictureState.AVAILABLE
        image = (self._store.image(self._span.image, QSize()) if is_available else None) or QImage()
        if image != self._image:
            self._show_other(image)
        self._stack.setCurrentIndex(0 if is_available else 1)
        self._note.setText(picture_note(info))
        label = load_text(info)
        self.load.setText(label)
        self.load.setVisible(bool(label))
        for button in (self._out, self._in, self._fit, self._copy, self._save):
            button.setEnabled(is_available)
