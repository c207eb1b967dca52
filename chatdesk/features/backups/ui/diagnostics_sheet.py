"""Sheet that shows the diagnostics for a bug report before they are copied or saved."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.button import ButtonKind
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.sheet import Sheet, SheetKind

_LINES = 16


class DiagnosticsSheet(Sheet):
    """The sheet. `save` asks for a file and saves the text."""

    def __init__(self, appearance: Appearance, window: QWidget, text: str, save: Callable[[str, str], object]) -> None:
        super().__init__(appearance, window, SheetKind.FORM)
        self.setObjectName("diagnosticsSheet")
        self._has_copied = False
        self._hint = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._text = QPlainTextEdit(text, self)
        self._text.setObjectName("diagnosticsText")
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._save = self.add_button("", icon="download")
        self._save.setObjectName("saveDiagnostics")
        self._save.clicked.connect(lambda: save("chatdesk-diagnostics.txt", text))
        self._copy = self.add_button("", ButtonKind.FILLED, icon="copy")
        self._copy.setObjectName("copyDiagnostics")
        self._copy.clicked.connect(self._copy_text)
        self.body.setSpacing(appearance.theme.length("m"))
        for part in (self._hint, self._text):
            self.body.addWidget(part)
        appearance.bind(self._restyle)
        self._retranslate()

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
        self._has_copied = True
        self._retranslate()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._text.setFont(theme.font("code"))
        self._text.setFixedHeight(_LINES * theme.line("code") + theme.length("l"))

    def _retranslate(self) -> None:
        super()._retranslate()
        self.set_heading(self.tr("Diagnostics"))
        self._hint.set_text(
            self.tr(
                "For a bug report. This is all of it: versions, numbers, sizes and a few settings. It contains no names, "
                "addresses, folders or keys, and nothing from your chats. Nothing is sent."
            )
        )
        self._text.setAccessibleName(self.tr("Diagnostics"))
        self._save.setText(self.tr("Save…"))
        self._copy.setText(self.tr("Copied") if self._has_copied else self.tr("Copy"))
        self.foot.fit()
