"""General settings section: language and network access."""

from PySide6.QtWidgets import QWidget

from chatdesk.kernel.settings.declarations import LANGUAGE, USE_SYSTEM_PROXY
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.forms.section_page import SectionPage
from chatdesk.ui_kit.forms.settings_card import SettingsCard
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated


class GeneralSection(Translated, SectionPage):
    """General section, consisting of declared settings only."""

    def __init__(self, appearance: Appearance, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        general, network = SettingsCard(appearance, settings, self), SettingsCard(appearance, settings, self)
        general.add(LANGUAGE)
        network.add(USE_SYSTEM_PROXY)
        self.column.addWidget(general)
        self.column.addWidget(network)
        self._retranslate()

    def _retranslate(self) -> None:
        self.set_labels(self.tr("General"))
