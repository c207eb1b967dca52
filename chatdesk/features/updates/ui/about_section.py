"""Settings section on the program: its version, updates, and privacy."""

from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QVBoxLayout, QWidget

import chatdesk
from chatdesk.features.updates.ui.updates_card import OpenLink, UpdatesCard
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.settings.store import Settings
from chatdesk.kernel.web_engine import PINNED
from chatdesk.ui_kit.forms.rows import RowCard
from chatdesk.ui_kit.forms.section_page import SectionPage
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label

if TYPE_CHECKING:
    from chatdesk.features.updates.services.update_check import Updates


class AboutSection(Translated, SectionPage):
    """About section. The details for a bug report can be selected."""

    def __init__(
        self,
        appearance: Appearance,
        settings: Settings,
        updates: "Lazy[Updates]",
        tasks: Tasks,
        open_link: OpenLink,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(appearance, parent)
        self._name = Label(appearance, "label", "text", text="Chatdesk")
        self._version = Label(appearance, "ui", "textSecondary", selectable=True, wrap=True)
        self._privacy_head = Label(appearance, "label", "text")
        self._privacy = [Label(appearance, "ui", "textSecondary", wrap=True) for _ in range(5)]
        self._columns: list[QVBoxLayout] = []
        for labels in ((self._name, self._version), (self._privacy_head, *self._privacy)):
            row = QWidget()
            column = QVBoxLayout(row)
            for label in labels:
                column.addWidget(label)
            self._columns.append(column)
            card = RowCard(appearance, self)
            card.add_row(row)
            self.column.addWidget(card)
        self.column.insertWidget(1, UpdatesCard(appearance, settings, updates, tasks, open_link, self))
        appearance.bind(self._restyle_cards)
        self._retranslate()

    def _restyle_cards(self) -> None:
        theme = self._appearance.theme
        for column in self._columns:
            column.setContentsMargins(*[theme.length("l")] * 4)
            column.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        self.set_labels(self.tr("About"))
        lines = [self.tr("Version {version}, with Qt {qt}").format(version=chatdesk.__version__, qt=qVersion())]
        if PySide6.__version__ == PINNED.pyside:
            lines.append(
                self.tr("Previews run in Chromium {chromium}, with security fixes up to {fixes}").format(
                    chromium=PINNED.chromium, fixes=PINNED.fixes_up_to
                )
            )
        self._version.set_text("\n".join(lines))
        self._privacy_head.set_text(self.tr("Privacy"))
        for label, text in zip(
            self._privacy,
            (
                self.tr("Chats are stored only on this computer, in a single file."),
                self.tr("Messages are sent only to the provider you choose."),
                self.tr(
                    "API keys are stored in the system keyring, never in a file, and are sent only to the provider they "
                    "belong to."
                ),
                self.tr("Chatdesk collects no usage data, and checks for updates only if you turn that on."),
                self.tr("Nothing a model writes can open a page, load a picture or run code until you click it."),
            ),
            strict=True,
        ):
            label.set_text(text)
