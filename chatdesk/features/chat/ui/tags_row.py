"""The setting "Reasoning tags": pairs of a person's own, kept as soon as all that is written is sound."""

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from chatdesk.features.chat.ui.tag_lines import TagLines, parse_tag_lines, tag_text
from chatdesk.kernel.chat.reasoning_tags import from_record, to_record
from chatdesk.kernel.models.think_tags import LONGEST_TAG, TagFault
from chatdesk.kernel.settings.declarations import REASONING_TAGS
from chatdesk.kernel.settings.store import SettingChanged, Settings
from chatdesk.ui_kit.forms.lines_edit import LinesEdit
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.label import Label

_KEPT_AFTER = 400
"""Milliseconds without a key."""
_EXAMPLE = "my-model <musing> </musing>"


class TagsRow(QWidget):
    """What is not sound stays in the field, marked and told, and what was kept before holds on."""

    def __init__(self, appearance: Appearance, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._settings = settings
        self._title = Label(appearance, "ui", "text", wrap=True)
        self._help = Label(appearance, "caption", "textTertiary", wrap=True)
        self._lines = LinesEdit(appearance, self)
        self._lines.edit.setObjectName("reasoningTags")
        self._lines.edit.setPlaceholderText(_EXAMPLE)
        self._problem = Label(appearance, "caption", "danger", self, wrap=True)
        self._problem.setObjectName("reasoningTagsProblem")
        self._title.setBuddy(self._lines)
        self._layout = QVBoxLayout(self)
        for widget in (self._title, self._help, self._lines, self._problem):
            self._layout.addWidget(widget)
        self._timer = QTimer(self, singleShot=True, interval=_KEPT_AFTER)
        self._timer.timeout.connect(self._keep)
        self._show()
        self._lines.edit.textChanged.connect(self._written)
        self.destroyed.connect(settings.changes.subscribe(self._on_setting))
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._retranslate()

    def _written(self) -> None:
        self._tell()
        self._timer.start()

    def _keep(self) -> None:
        parsed = parse_tag_lines(self._lines.edit.toPlainText())
        if not parsed.wrong_line and not parsed.too_many:
            self._settings.set(REASONING_TAGS, to_record(parsed.own))

    def _show(self) -> None:
        self._lines.edit.setPlainText(tag_text(from_record(self._settings.get(REASONING_TAGS))))

    def _on_setting(self, change: SettingChanged) -> None:
        if change.key == REASONING_TAGS.key and not self._lines.edit.hasFocus():
            self._show()

    def _tell(self) -> None:
        words = self._words(parse_tag_lines(self._lines.edit.toPlainText()))
        self._lines.set_invalid(invalid=bool(words))
        self._problem.set_text(words)
        self._problem.setVisible(bool(words))

    def _words(self, parsed: TagLines) -> str:
        if parsed.too_many:
            return self.tr("These are more tags than can be looked for")
        if not parsed.wrong_line:
            return ""
        reason = {
            None: self.tr("A line has three words: the model, what opens the reasoning, what closes it"),
            TagFault.EMPTY: self.tr("A tag has at least three characters"),
            TagFault.TOO_LONG: self.tr("A tag has at most {count} characters").format(count=LONGEST_TAG),
            TagFault.BROKEN: self.tr("A tag has no ` or ~, and no space at its ends"),
            TagFault.ALIKE: self.tr("The two tags must differ, and neither may stand inside the other"),
        }[parsed.fault]
        return f"{parsed.wrong_line[:60]}: {reason}"

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side = theme.length("l")
        self._layout.setContentsMargins(side, theme.length("s"), side, theme.length("m"))
        self._layout.setSpacing(theme.length("xs"))

    def _retranslate(self) -> None:
        self._title.set_text(self.tr("Reasoning tags"))
        self._help.set_text(
            self.tr(
                "For models that write their thinking between tags we do not know. One model a line: its name, what opens, what closes. "
                "* stands for anything."
            )
        )
        self._lines.edit.setAccessibleName(self.tr("Reasoning tags"))
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was just written."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()
        super().hideEvent(event)
