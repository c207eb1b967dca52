"""Sheet that asks before the data folder moves."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.features.backups.services.data_folder import MovePlan
from chatdesk.ui_kit.errors.error_texts import joined
from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.location_texts import shown_path
from chatdesk.ui_kit.widgets.button import ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind


class MoveSheet(Sheet):
    """The question, or why the data cannot move to the chosen folder. `confirmed`: it is to move."""

    confirmed = Signal()
    other_requested = Signal()
    """Another folder is to be chosen."""

    def __init__(self, appearance: Appearance, window: QWidget, plan: MovePlan | None, problem: str = "") -> None:
        super().__init__(appearance, window, SheetKind.QUESTION)
        self.setObjectName("moveSheet")
        self._plan = plan
        self._problem = problem
        self._target = Label(appearance, "label", "text", self, wrap=True)
        self._target.setObjectName("moveTarget")
        self._hint = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._failure = Notice(appearance, self, NoticeKind.DANGER)
        self._failure.setObjectName("moveProblem")
        self._failure.setVisible(bool(problem))
        self._dismiss = self.add_button("")
        self._dismiss.clicked.connect(self.cancel)
        self._confirm_button = self.add_button("", ButtonKind.FILLED)
        self._confirm_button.setObjectName("moveConfirm")
        self._confirm_button.clicked.connect(self._confirm)
        self.body.setSpacing(appearance.theme.length("s"))
        for part in (self._target, self._hint, self._failure):
            self.body.addWidget(part)
        self._retranslate()

    def _confirm(self) -> None:
        self.leave()
        (self.confirmed if self._plan else self.other_requested).emit()

    def _retranslate(self) -> None:
        super()._retranslate()
        plan = self._plan
        self.set_heading(self.tr("Move all data?") if plan else self.tr("The data cannot move there"))
        self._target.set_text(shown_path(plan.target) if plan else "")
        self._target.setVisible(plan is not None)
        self._hint.setVisible(plan is not None)
        if plan:
            size = QLocale().formattedDataSize(plan.copied, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
            how = self.tr("{size} are copied and checked.").format(size=size) if plan.copied else ""
            rest = self.tr(
                "Chats, attachments, backups, presets and models move there; the old folder is emptied only when everything "
                "is complete in the new one. The window closes meanwhile, and running answers are stopped. Do not choose a "
                "folder that another program synchronises."
            )
            self._hint.set_text(joined(how, rest))
        self._failure.show_text(self._problem)
        self._dismiss.setText(self.tr("Cancel"))
        self._confirm_button.setText(self.tr("Move") if plan else self.tr("Choose another folder…"))
        self.foot.fit()
