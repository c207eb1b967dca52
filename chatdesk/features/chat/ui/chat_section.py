"""The section Chat: how messages are sent, and how answers are shown."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from chatdesk.features.chat.ui.tags_row import TagsRow
from chatdesk.kernel.settings.declarations import (
    ANNOUNCE,
    EXPORT_REASONING,
    FIX_AT_ONCE,
    NUMBER_CODE,
    OPEN_PREVIEWS,
    REASONING,
    SEND_KEY,
    WRAP_CODE,
)
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.forms.section_page import SectionPage
from chatdesk.ui_kit.forms.settings_card import SettingsCard
from chatdesk.ui_kit.style.appearance import Appearance


class ChatSection(SectionPage):
    """Declared settings, and the tags a person has set for reasoning."""

    def __init__(self, appearance: Appearance, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        card = SettingsCard(appearance, settings, self)
        card.add(SEND_KEY)
        card.add(REASONING)
        card.add(EXPORT_REASONING)
        card.add_row(TagsRow(appearance, settings, self))
        card.add(WRAP_CODE)
        card.add(NUMBER_CODE)
        card.add(OPEN_PREVIEWS)
        card.add(FIX_AT_ONCE)
        card.add(ANNOUNCE)
        self.column.addWidget(card)
        self._retranslate()

    def _retranslate(self) -> None:
        self.set_words(self.tr("Chat"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
