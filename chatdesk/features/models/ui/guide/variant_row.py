"""Row of one model size in the guide: verdict, purpose and buttons; expandable to memory details and other quantisations."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.models.services.model_guide import GuideRow
from chatdesk.features.models.ui.downloads.pull_actions import PullActions
from chatdesk.features.models.ui.downloads.pull_progress import PullProgressLine
from chatdesk.features.models.ui.guide.guide_texts import (
    build_text,
    other_text,
    purpose_text,
    remark_text,
    speed_text,
    sum_text,
    usable_text,
    verdict_icon,
    verdict_text,
)
from chatdesk.kernel.models.machine import Machine
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.download_texts import download_size
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.tag import Tag, TagKind


class VariantRow(Translated, QWidget):
    """Row of a model size. Signals carry the `GuideRow` concerned: its own, or that of another quantisation."""

    get_requested = Signal(object)
    pause_requested = Signal(object)
    cancel_requested = Signal(object)
    chat_requested = Signal(object)
    anyway_requested = Signal(object)
    repair_requested = Signal(object)
    server_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._row: GuideRow | None = None
        self._others: Sequence[GuideRow] = ()
        self._machine: Machine | None = None
        self._can_get = False
        self._size = Label(appearance, "ui", "text", self, strong=True)
        self._download = Label(appearance, "caption", "textTertiary", self)
        self._icon = IconLabel(appearance, "circle-question-mark", "textSecondary", self)
        self._verdict = Label(appearance, "ui", "text", self, strong=True, elide=True)
        self._verdict.setObjectName("verdict")
        self._best = Tag(appearance, "", TagKind.SUCCESS, self)
        self._best.setObjectName("bestModel")
        self._about = Label(appearance, "caption", "textSecondary", self, wrap=True)
        self._remark = Label(appearance, "caption", "textSecondary", self, wrap=True)
        self._remark.setObjectName("remark")
        self._actions = self._new_actions(self, small=False)
        self._expand_button = IconButton(appearance, "chevron-down", self, size=IconButtonSize.ROW)
        self._expand_button.setObjectName("showSum")
        self._expand_button.set_folds()
        self._expand_button.toggled.connect(self._show_details)
        self._progress = PullProgressLine(appearance, self)
        self._details = QWidget(self)
        self._sum = Label(appearance, "caption", "text", self._details, wrap=True)
        self._sum.setObjectName("sum")
        self._usable = Label(appearance, "caption", "textSecondary", self._details, wrap=True)
        self._build = Label(appearance, "caption", "textSecondary", self._details, wrap=True)
        self._quantisations = QVBoxLayout()
        self._other_rows: list[_QuantizationRow] = []
        self._details.hide()
        self._lay_out()
        appearance.bind(self._restyle)

    def show_row(self, row: GuideRow, others: Sequence[GuideRow], machine: Machine | None, *, can_get: bool) -> None:
        """Show a variant and the other quantisations of its size."""
        self._row, self._others, self._machine, self._can_get = row, others, machine, can_get
        judgement = row.judgement
        icon, color = verdict_icon(judgement)
        self._icon.set_icon(icon, color)
        self._verdict.set_color(color)
        self._best.setVisible(row.recommended)
        self._actions.show_row(row, can_get=can_get)
        self._progress.show_pull(row.pull)
        self._remark.set_color("danger" if judgement.disk_is_short else "textSecondary")
        self._update_texts()
        if self._expand_button.isChecked():
            self._fill_details()

    def _update_texts(self) -> None:
        if self._row is None:
            return
        judgement = self._row.judgement
        variant = judgement.variant
        self._size.set_text(variant.size_label)
        self._download.set_text(download_size(variant.weights))
        verdict, speed = verdict_text(judgement), speed_text(judgement.speed)
        self._verdict.set_text(verdict)
        self._best.set_text(self.tr("Best for this computer"))
        purpose, remark = purpose_text(variant.purpose), remark_text(judgement)
        self._about.set_text(" · ".join(filter(None, (purpose, speed))))
        self._remark.set_text(remark)
        self._remark.setVisible(bool(remark))
        self._expand_button.set_name(
            self.tr("Memory details and other quantisations of {size}").format(size=variant.size_label)
        )
        best = self._best.text() if self._row.recommended else ""
        self.setAccessibleName(", ".join(filter(None, (variant.tag, verdict, best, purpose, speed, remark))))
        self.setToolTip(sum_text(judgement))

    def _show_details(self, shown: bool) -> None:
        self._expand_button.set_icon("chevron-up" if shown else "chevron-down")
        if shown:
            self._fill_details()
        self._details.setVisible(shown)

    def _fill_details(self) -> None:
        if self._row is None:
            return
        usable = usable_text(self._machine)
        self._sum.set_text(sum_text(self._row.judgement))
        self._usable.set_text(usable)
        self._usable.setVisible(bool(usable))
        self._build.set_text(build_text(self._row.judgement))
        while len(self._other_rows) < len(self._others):
            made = _QuantizationRow(self._appearance, self._details, self._new_actions(self._details, small=True))
            self._other_rows.append(made)
            self._quantisations.addWidget(made)
        for shown, other in zip(self._other_rows, self._others, strict=True):
            shown.show_row(other, can_get=self._can_get)

    def _new_actions(self, parent: QWidget, *, small: bool) -> PullActions:
        actions = PullActions(self._appearance, parent, small=small)
        for source, target in (
            (actions.get_requested, self.get_requested),
            (actions.pause_requested, self.pause_requested),
            (actions.cancel_requested, self.cancel_requested),
            (actions.chat_requested, self.chat_requested),
            (actions.anyway_requested, self.anyway_requested),
            (actions.repair_requested, self.repair_requested),
        ):
            source.connect(lambda actions=actions, target=target: target.emit(actions.row))
        actions.server_requested.connect(self.server_requested)
        return actions

    def _lay_out(self) -> None:
        left, verdict, middle = QVBoxLayout(), QHBoxLayout(), QVBoxLayout()
        left.addWidget(self._size)
        left.addWidget(self._download)
        left.addStretch(1)
        for part in (self._icon, self._verdict, self._best):
            verdict.addWidget(part)
        verdict.addStretch(1)
        middle.addLayout(verdict)
        middle.addWidget(self._about)
        middle.addWidget(self._remark)
        self._line = QHBoxLayout()
        self._line.addLayout(left)
        self._line.addLayout(middle, 1)
        self._line.addWidget(self._actions)
        self._line.addWidget(self._expand_button)
        details = QVBoxLayout(self._details)
        for part in (self._sum, self._usable, self._build):
            details.addWidget(part)
        details.addLayout(self._quantisations)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._line)
        self._column.addWidget(self._progress)
        self._column.addWidget(self._details)
        self._inner = (left, verdict, middle, details)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        pad, small = theme.length("l"), theme.length("s")
        self._column.setContentsMargins(pad, theme.length("m"), theme.length("m"), theme.length("m"))
        self._column.setSpacing(0)
        self._line.setSpacing(theme.length("m"))
        left, verdict, middle, details = self._inner
        for layout in (left, middle):
            layout.setSpacing(0)
        verdict.setSpacing(small)
        details.setContentsMargins(0, small, 0, 0)
        details.setSpacing(theme.length("xs"))
        width = max(
            label.fontMetrics().horizontalAdvance(text)
            for label, text in (
                (self._size, "V3.1 671b"),
                (self._download, "404.4 GB"),
            )
        )
        for label in (self._size, self._download):
            label.setFixedWidth(width + small)

    def _retranslate(self) -> None:
        self._update_texts()
        if self._expand_button.isChecked():
            self._fill_details()


class _QuantizationRow(QWidget):
    """Line for another quantisation, with its own buttons and progress."""

    def __init__(self, appearance: Appearance, parent: QWidget, actions: PullActions) -> None:
        super().__init__(parent)
        self._icon = IconLabel(appearance, "circle-question-mark", "textSecondary", self, size="icon.small")
        self._tag = Label(appearance, "caption", "text", self, elide=True)
        self._text_label = Label(appearance, "caption", "textSecondary", self, wrap=True)
        self._actions = actions
        self._progress = PullProgressLine(appearance, self)
        line = QHBoxLayout()
        line.setSpacing(appearance.theme.length("s"))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._tag)
        texts.addWidget(self._text_label)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        line.addWidget(actions)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, appearance.theme.length("xs"), 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._progress)

    def show_row(self, row: GuideRow, *, can_get: bool) -> None:
        """Show a variant."""
        judgement = row.judgement
        self._icon.set_icon(*verdict_icon(judgement))
        self._tag.set_text(judgement.variant.tag)
        self._text_label.set_text(other_text(judgement))
        self._actions.show_row(row, can_get=can_get)
        self._progress.show_pull(row.pull)
