"""Row below the list of models: where downloaded models are stored, and moving them to another folder."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from chatdesk.features.models.services.models_folder import ModelsFolder
from chatdesk.features.models.ui.engine.engine_texts import size_text
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.painting import draw_line
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.open_link import open_folder
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button, ButtonKind
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.progress_bar import ProgressBar


class ModelFolderRow(Translated, QWidget):
    """The row. `folder` can move the models."""

    def __init__(
        self, appearance: Appearance, folder: ModelsFolder, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("modelFolder")
        self._appearance = appearance
        self._folder = folder
        self._tasks = tasks
        self._has_looked = False
        self._icon = IconLabel(appearance, "folder", "textSecondary", self)
        self._text = Label(appearance, "ui", "textSecondary", self, elide=True)
        self._text.setObjectName("modelFolderText")
        self._trouble = Label(appearance, "caption", "warning", self, wrap=True)
        self._trouble.setObjectName("modelFolderTrouble")
        self._bar = ProgressBar(appearance, parent=self)
        self._show_button = self._button("showModelFolder", self._show_folder)
        self._move_button = self._button("moveModelFolder", self._open_menu)
        self._continue_button = self._button("continueMove", self._continue)
        self._back_button = self._button("moveModelsBack", folder.move_back)
        self._cancel_button = self._button("cancelMove", folder.cancel)
        self._row = QHBoxLayout()
        self._row.addWidget(self._icon)
        self._row.addWidget(self._text, 1)
        for button in self._buttons():
            self._row.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._row)
        self._column.addWidget(self._trouble)
        self._column.addWidget(self._bar)
        self.destroyed.connect(folder.changes.subscribe(lambda _change: self._update()))
        appearance.bind(self._restyle)
        self._retranslate()

    def _button(self, name: str, act: Callable[[], object]) -> Button:
        button = Button(self._appearance, "", ButtonKind.PLAIN, self, small=True)
        button.setObjectName(name)
        button.clicked.connect(lambda _checked=False: act())
        return button

    def _buttons(self) -> tuple[Button, ...]:
        return (
            self._show_button,
            self._move_button,
            self._continue_button,
            self._back_button,
            self._cancel_button,
        )

    def _update(self) -> None:
        """Show where the models are, or the move that is running or was interrupted."""
        folder = self._folder
        moves, interrupted = folder.progress is not None, folder.progress is None and folder.pending is not None
        self._text.set_text(self._sentence())
        self._text.setToolTip(plain_line(str(folder.path)))
        trouble = self._problem_text() if interrupted else ""
        self._trouble.set_text(trouble)
        self._trouble.setVisible(bool(trouble))
        self._show_button.setVisible(not moves)
        self._move_button.setVisible(not moves and not interrupted)
        self._continue_button.setVisible(interrupted)
        self._back_button.setVisible(interrupted)
        self._cancel_button.setVisible(moves)
        self._bar.setVisible(moves)
        if folder.progress:
            done, total = folder.progress
            self._bar.setAccessibleName(self._text.text())
            self._bar.set_fraction(done / total if total else 0.0)

    def _sentence(self) -> str:
        folder = self._folder
        if folder.progress and folder.pending:
            done, total = folder.progress
            return self.tr("Moving to {folder}: {done} of {total}").format(
                folder=_shown(folder.pending), done=size_text(done), total=size_text(total)
            )
        if folder.is_shared:
            return self.tr("Shared with LM Studio’s folder")
        return self.tr("Stored in {folder}").format(folder=_shown(folder.path))

    def _problem_text(self) -> str:
        folder = self._folder
        reason = describe_error(folder.error).sentence if folder.error else self.tr("The move was interrupted.")
        other = self.tr("Some models are in {folder}; all of them can be used.").format(
            folder=_shown(folder.pending or folder.path)
        )
        return self.tr("{first} {second}", "two sentences").format(first=reason, second=other)

    def _show_folder(self) -> None:
        open_folder(self._folder.path)

    def _continue(self) -> None:
        if other := self._folder.pending:
            self._folder.move(other)

    def _open_menu(self) -> None:
        folder = self._folder
        menu = QMenu(self)
        menu.setObjectName("modelFolderMenu")
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(self.tr("Choose a folder…")).triggered.connect(self._choose)
        if folder.lm_studio and not folder.is_shared:
            share = menu.addAction(self.tr("Share LM Studio’s folder"))
            share.setToolTip(plain_line(str(folder.lm_studio)))
            share.triggered.connect(partial(folder.move, folder.lm_studio))
        if not folder.is_default:
            menu.addAction(self.tr("Move back to the default folder")).triggered.connect(
                lambda _checked=False: folder.move()
            )
        menu.popup(self._move_button.mapToGlobal(self._move_button.rect().bottomLeft()))

    def _choose(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Folder for models"), str(self._folder.path.parent))
        dialog.setObjectName("modelFolderDialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self._folder.move(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._column.setContentsMargins(theme.length("l"), theme.length("s"), theme.length("s"), theme.length("s"))
        self._column.setSpacing(theme.length("xs"))
        self._row.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        self._show_button.setText(self.tr("Show"))
        self._move_button.setText(self.tr("Move…"))
        self._continue_button.setText(self.tr("Continue"))
        self._back_button.setText(self.tr("Move back"))
        self._cancel_button.setText(self.tr("Cancel"))
        self._update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground of a foot, with the lower corners of the card around it."""
        theme, painter, rect = self._appearance.theme, QPainter(self), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = theme.length("card")
        painter.setClipRect(rect)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("sunken"))
        painter.drawRoundedRect(rect.adjusted(0, -radius, 0, 0), radius, radius)
        draw_line(painter, rect.topLeft(), rect.width(), theme.color("borderSubtle"))

    def showEvent(self, event: QShowEvent) -> None:
        """Look for LM Studio's folder, once."""
        super().showEvent(event)
        if not self._has_looked:
            self._has_looked = True
            self._tasks.start(self._folder.look(), "look for LM Studio's folder")


def _shown(path: Path) -> str:
    """Return a path for display, with `~` for the home folder."""
    try:
        return plain_line(str(Path("~") / path.relative_to(Path.home())))
    except ValueError:
        return plain_line(str(path))
