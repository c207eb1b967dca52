"""Buttons for a variant or a download: download, pause, resume, cancel, repair, chat. Its state determines which are shown."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.features.models.domain.model_fit import Purpose, Verdict
from chatdesk.features.models.services.model_guide import GuideRow
from chatdesk.kernel.errors.model_errors import ModelDiskShort, PartDamaged, PullDiskShort
from chatdesk.kernel.models.pulls import Pull, PullState
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize


class PullActions(Translated, QWidget):
    """Buttons for one download. `small` ones are for the rows of other quantisations."""

    get_requested = Signal()
    pause_requested = Signal()
    cancel_requested = Signal()
    chat_requested = Signal()
    server_requested = Signal()
    anyway_requested = Signal()
    """Download although the disk space seems insufficient."""
    repair_requested = Signal()
    """Remove damaged parts of an earlier download, and download the model again."""

    def __init__(self, appearance: Appearance, parent: QWidget, *, small: bool = False) -> None:
        super().__init__(parent)
        self._row: GuideRow | None = None
        self._tag = ""
        self._state: PullState | None = None
        self._can_get = False
        self._disk_is_short = False

        def button(name: str) -> Button:
            created = Button(appearance, "", ButtonKind.OUTLINED, self, small=small)
            created.setObjectName(name)
            return created

        self._get = button("getModel")
        self._chat = button("chatWithModel")
        self._server = button("addServerForModel")
        self._anyway = button("getModelAnyway")
        self._repair = button("repairDownload")
        self._pause = IconButton(appearance, "pause", self, size=IconButtonSize.ROW)
        self._pause.setObjectName("pausePull")
        self._cancel = IconButton(appearance, "x", self, size=IconButtonSize.ROW)
        self._cancel.setObjectName("cancelPull")
        for part, signal in (
            (self._get, self.get_requested),
            (self._chat, self.chat_requested),
            (self._server, self.server_requested),
            (self._anyway, self.anyway_requested),
            (self._repair, self.repair_requested),
            (self._pause, self.pause_requested),
            (self._cancel, self.cancel_requested),
        ):
            part.clicked.connect(signal)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(appearance.theme.length("xs"))
        for part in (self._anyway, self._repair, self._get, self._chat, self._server, self._pause, self._cancel):
            line.addWidget(part)

    @property
    def row(self) -> GuideRow | None:
        """The variant; None if the buttons are for a download that is not part of the guide."""
        return self._row

    def show_row(self, row: GuideRow, *, can_get: bool) -> None:
        """Show the buttons for a variant. `can_get`: whether a server can download it."""
        self._row = row
        judgement = row.judgement
        too_large = judgement.fit.verdict is Verdict.TOO_LARGE
        for_servers = too_large and judgement.variant.purpose is Purpose.DATA_CENTRE and judgement.variant.usual
        self._server.setVisible(for_servers and not row.installed and row.pull is None)
        kind = ButtonKind.FILLED if row.recommended else ButtonKind.OUTLINED
        for part in (self._get, self._chat):
            part.set_kind(kind)
        self._disk_is_short = judgement.disk_is_short
        self._show(judgement.variant.tag, row.pull, installed=row.installed, can_get=can_get, offered=not too_large)

    def show_pull(self, pull: Pull, *, can_get: bool) -> None:
        """Show the buttons for a download."""
        self._server.hide()
        self._show(pull.ref.model_id, pull, installed=pull.state is PullState.DONE, can_get=can_get, offered=True)

    def _show(self, tag: str, pull: Pull | None, *, installed: bool, can_get: bool, offered: bool) -> None:
        self._tag, self._state, self._can_get = tag, pull.state if pull else None, can_get
        is_active = pull is not None and pull.is_active
        stopped = self._state in {PullState.PAUSED, PullState.FAILED}
        error = pull.error if pull and pull.has_failed else None
        refused = isinstance(error, PullDiskShort) and not isinstance(error, ModelDiskShort)
        small = self._disk_is_short and offered and not installed and pull is None
        self._anyway.setVisible(refused or small)
        self._anyway.setEnabled(can_get)
        had_focus = next((part for part in self.findChildren(QWidget) if part.hasFocus()), None)
        self._chat.setVisible(installed and not is_active)
        self._pause.setVisible(is_active)
        self._cancel.setVisible(is_active or stopped)
        is_damaged = isinstance(error, PartDamaged) and bool(error.files)
        self._repair.setVisible(is_damaged)
        self._repair.setEnabled(can_get)
        self._get.setVisible(not installed and not is_active and (stopped or offered) and not is_damaged)
        self._get.setEnabled(can_get and not self._disk_is_short)
        self._retranslate()
        if had_focus is not None and had_focus.isHidden():
            shown = (
                part
                for part in (self._chat, self._get, self._repair, self._pause)
                if not part.isHidden() and part.isEnabled()
            )
            if next_button := next(shown, None):
                next_button.setFocus()

    def _retranslate(self) -> None:
        labels = {PullState.PAUSED: self.tr("Resume"), PullState.FAILED: self.tr("Try again")}
        self._get.setText(labels.get(self._state, self.tr("Download")) if self._state else self.tr("Download"))
        self._get.setAccessibleName(f"{self._get.text()}: {self._tag}")
        why = self.tr("There is not enough disk space.") if self._disk_is_short else ""
        self._get.setToolTip(why if self._can_get else self.tr("Ollama is not responding."))
        self._chat.setText(self.tr("Chat"))
        self._chat.setAccessibleName(self.tr("Chat with {model}").format(model=self._tag))
        self._server.setText(self.tr("Add a provider…"))
        self._anyway.setText(self.tr("Download anyway"))
        self._anyway.setAccessibleName(f"{self._anyway.text()}: {self._tag}")
        self._repair.setText(self.tr("Remove and download again"))
        self._repair.setAccessibleName(f"{self._repair.text()}: {self._tag}")
        self._pause.set_name(self.tr("Pause download of {model}").format(model=self._tag))
        self._cancel.set_name(self.tr("Cancel download of {model}").format(model=self._tag))
