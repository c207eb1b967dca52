"""Says that a key would go unencrypted, and lets a person allow that; or says that it was allowed, and lets it be taken back."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from chatdesk.ui_kit.forms.notice import Notice, NoticeKind
from chatdesk.ui_kit.style.appearance import Appearance


class ExposureNotice(Notice):
    """`allowed` and `disallowed` are its button."""

    allowed = Signal()
    disallowed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent, NoticeKind.WARNING)
        self._is_allowed = False
        self.acted.connect(self._decide)
        self._retranslate()

    def set_allowed(self, *, is_allowed: bool) -> None:
        """Warn, or say that the person knows."""
        self._is_allowed = is_allowed
        self._retranslate()

    def _decide(self) -> None:
        if self._is_allowed:
            self.disallowed.emit()
        else:
            self.allowed.emit()

    def _retranslate(self) -> None:
        if self._is_allowed:
            self.show_words(
                self.tr("The key is sent unencrypted, as you allowed."), self.tr("Do not send it"), NoticeKind.PLAIN
            )
        else:
            self.show_words(
                self.tr(
                    "This address is not encrypted (http): others on the network could read the key, so it is not sent."
                    " Use https if the server can."
                ),
                self.tr("Send it anyway"),
                NoticeKind.WARNING,
            )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
