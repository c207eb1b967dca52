"""The actions on pictures: view, play, load, copy and save."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QRect, QStandardPaths, QTimer
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFileDialog, QMenu

from chatdesk.features.chat.ui.transcript.blocks.block_text import pictures_of
from chatdesk.features.chat.ui.transcript.blocks.pictures.picture_texts import (
    copy_address_text,
    copy_text,
    load_all_text,
    load_text,
    picture_name,
    play_text,
    save_text,
    viewing_text,
)
from chatdesk.features.chat.ui.transcript.controls import Command, Verb
from chatdesk.features.chat.ui.transcript.messages.message_item import PICTURES
from chatdesk.features.chat.ui.transcript.page.input.pointer import ControlAt
from chatdesk.features.chat.ui.transcript.page.layout.document import Document
from chatdesk.features.chat.ui.transcript.page.pictures.picture_viewer import PictureViewer
from chatdesk.kernel.chat.attachments import is_own
from chatdesk.rendering.markdown.blocks import Span
from chatdesk.ui_kit.files.file_saver import dialog_folder, write_chosen_file
from chatdesk.ui_kit.pictures.picture_store import PictureState, PictureStore
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.label import Label

_HOVER_DELAY = 150
"""Milliseconds: a pointer passing over starts nothing."""


class HoverPlayback(QObject):
    """Plays an animation (`picture_store.py`) while the pointer rests on it.

    `may_move` returns whether animations may start by themselves.
    """

    def __init__(self, store: PictureStore, may_move: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._may_move = may_move
        self._source = ""
        self._wait = QTimer(self, interval=_HOVER_DELAY, singleShot=True)
        self._wait.timeout.connect(self._play)

    def set_source(self, source: str) -> None:
        """Set the picture under the pointer; an empty source for none."""
        if source == self._source:
            return
        self._source = source
        self._store.stop_temporary()
        if source:
            self._wait.start()
        else:
            self._wait.stop()

    def _play(self) -> None:
        if self._may_move():
            self._store.play_temporarily(self._source)


_ABOUT_PICTURES = frozenset({Verb.VIEW_PICTURE, Verb.LOAD_PICTURE, Verb.PLAY_PICTURE})
_MAY_MOVE = frozenset({Verb.VIEW_PICTURE, Verb.PLAY_PICTURE})
_INVALID_IN_NAMES = re.compile(r"[^\w\s.,()+-]")


class PictureActions(QObject):
    """Performs the actions on pictures. Dialogs are shown over `view`."""

    def __init__(
        self, appearance: Appearance, document: Document, store: PictureStore, view: QAbstractScrollArea
    ) -> None:
        super().__init__(view)
        self._appearance = appearance
        self._document = document
        self._store = store
        self._view = view
        self._hover = HoverPlayback(store, lambda: not appearance.theme.reduced_motion, self)
        store.moved.connect(self._paint_frame)

    def _paint_frame(self, rect: QRect) -> None:
        self._view.viewport().update(self._view.viewport().rect() if rect.isNull() else rect)

    def hover(self, found: ControlAt | None) -> None:
        """Handle the hovered control."""
        about = found is not None and found.control.command.verb in _MAY_MOVE
        span = self._span(found.message, found.control.command) if found and about else None
        self._hover.set_source(span.image if span else "")

    def perform(self, index: int, command: Command) -> None:
        """View, play or load a picture of a message."""
        span = self._span(index, command)
        if span is None:
            return
        if command.verb is Verb.LOAD_PICTURE:
            self._store.load(span.image)
        elif command.verb is Verb.PLAY_PICTURE:
            self._store.toggle(span.image)
        else:
            self._show(index, span)

    def actions(self, menu: QMenu, index: int, command: Command) -> list[QAction]:
        """Return the menu actions of a picture; none for a command about something else."""
        span = self._span(index, command) if command.verb in _ABOUT_PICTURES else None
        if span is None:
            return []
        info = self._store.info(span.image)
        offered = []
        if self._store.is_animated(span.image):
            offered.append((play_text(is_playing=self._store.is_playing(span.image)), self._store.toggle))
        if label := load_text(info):
            offered.append((label, self._store.load))
        if info.state is PictureState.AVAILABLE:
            offered += [(copy_text(), self.copy)]
        found = []
        for caption, callback in offered:
            found.append(QAction(caption, menu))
            found[-1].triggered.connect(lambda _=False, callback=callback: callback(span.image))
        if info.state is PictureState.AVAILABLE:
            found.insert(0, QAction(viewing_text(), menu))
            found[0].triggered.connect(lambda: self._show(index, span))
            found.append(QAction(save_text(), menu))
            found[-1].triggered.connect(lambda: self.save(span))
        if not span.image.startswith("data:") and not is_own(span.image):
            found.append(QAction(copy_address_text(), menu))
            found[-1].triggered.connect(lambda: QGuiApplication.clipboard().setText(span.image))
        return found

    def add_load_all(self, menu: QMenu, index: int) -> None:
        """Add an action that loads all remote pictures of a message, if there are several."""
        columns = self._document[index].columns()
        spans = (span for placed in columns for block in placed.column.blocks for span in pictures_of(block))
        offered = [
            source
            for source in dict.fromkeys(span.image for span in spans)
            if self._store.info(source).state is PictureState.OFFERED
        ]
        if len(offered) > 1:
            menu.addSeparator()
            action = menu.addAction(load_all_text(len(offered)))
            action.triggered.connect(lambda: self._load_all(offered))

    def _load_all(self, sources: Sequence[str]) -> None:
        for source in sources:
            self._store.load(source)

    def copy(self, source: str) -> None:
        """Copy a picture to the clipboard in its original size."""
        self._store.when_decoded(source, QGuiApplication.clipboard().setImage)

    def save(self, span: Span) -> None:
        """Ask for a file name and write the original data."""
        kind = self._store.kind(span.image)
        name = _INVALID_IN_NAMES.sub("", picture_name(span)).strip(". ")[:60] or "picture"
        dialog = QFileDialog(
            self._view, save_text(), str(dialog_folder("", QStandardPaths.StandardLocation.PicturesLocation))
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("jpg" if kind == "jpeg" else kind)
        dialog.selectFile(f"{name}.{dialog.defaultSuffix()}")
        dialog.fileSelected.connect(lambda path: self._write(span.image, Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _write(self, source: str, path: Path) -> None:
        self._store.save(source, partial(write_chosen_file, path), self._show_error)

    def _show_error(self, error: object) -> None:
        if isinstance(error, OSError):
            from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind  # noqa: PLC0415 - start-up time: seldom shown

            title = QCoreApplication.translate("Pictures", "The picture was not saved")
            reason = error.strerror or str(error)
            window = QApplication.activeModalWidget() or self._view.window()  # the viewer may be open
            sheet = Sheet(self._appearance, window, SheetKind.QUESTION, title)
            sheet.body.addWidget(Label(self._appearance, "ui", "textSecondary", text=reason, wrap=True))
            sheet.add_button(QCoreApplication.translate("Pictures", "Close")).clicked.connect(sheet.cancel)
            sheet.open()

    def _show(self, index: int, span: Span) -> None:
        spans = self._spans_of(index)
        number = next((number for number, each in enumerate(spans) if each is span), None)
        shown = ([span], 0) if number is None else (spans, number)
        self._store.stop()  # it would play twice
        viewer = PictureViewer(self._appearance, self._store, *shown, self._view.window())
        viewer.copy_requested.connect(lambda shown: self.copy(shown.image))
        viewer.save_requested.connect(self.save)
        viewer.open()

    def _spans_of(self, index: int) -> list[Span]:
        """Return the visible pictures of a message in order."""
        item = self._document[index]
        columns = (placed.column for placed in item.columns())
        found = (span for column in columns for block in column.blocks for span in pictures_of(block))
        return [
            *item.own_pictures,
            *(span for span in found if self._store.info(span.image).state is PictureState.AVAILABLE),
        ]

    def _span(self, index: int, command: Command) -> Span | None:
        if command.part == PICTURES:
            own_pictures = self._document[index].own_pictures
            return own_pictures[number] if (number := int(command.action_id)) < len(own_pictures) else None
        column = self._document[index].column(command.part)
        if column is None or command.block >= len(column.blocks):
            return None
        pictures = pictures_of(column.blocks[command.block])
        number = int(command.action_id)
        return pictures[number] if number < len(pictures) else None
