"""Settings section on the program: its version, updates, privacy, help and licence."""

from pathlib import Path
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

import chatdesk
from chatdesk.features.updates.domain.updates import ReleaseSource
from chatdesk.features.updates.ui.updates_card import OpenLink, UpdatesCard
from chatdesk.kernel.lazy import Lazy
from chatdesk.kernel.settings.store import Settings
from chatdesk.kernel.web_engine import PINNED
from chatdesk.ui_kit.forms.rows import ActionRow, RowCard
from chatdesk.ui_kit.forms.section_page import SectionPage
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.text.open_link import open_folder
from chatdesk.ui_kit.text.system_details import system_details
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
        logs: Path,
        licences: Path,
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
        self.column.addWidget(self._make_help(updates.get().source, open_link, logs, licences))
        appearance.bind(self._restyle_cards)
        self._retranslate()

    def _make_help(self, source: ReleaseSource, open_link: OpenLink, logs: Path, licences: Path) -> RowCard:
        """Return the card with the rows that lead out of the program. Rows for pages without a known address are hidden."""
        appearance = self._appearance
        self._website, self._report, self._logs, self._licence = (
            ActionRow(appearance, name) for name in ("website", "reportProblem", "logFolder", "licence")
        )
        self._website_button = self._website.add_button("openWebsite", "", lambda: open_link(source.website, ""))
        self._copy_button = self._report.add_button("copyDetails", "copy", self._copy_details)
        self._issues_button = self._report.add_button("openIssues", "", lambda: open_link(source.issues, ""))
        self._logs_button = self._logs.add_button("openLogs", "folder-open", lambda: open_folder(logs))
        self._licences_button = self._licence.add_button("openLicences", "folder-open", lambda: open_folder(licences))
        self._website.setVisible(bool(source.website))
        self._issues_button.setVisible(bool(source.issues))
        self._log_folder = logs
        card = RowCard(appearance, self)
        for row in (self._website, self._report, self._logs, self._licence):
            card.add_row(row)
        return card

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(system_details()))
        self._copy_button.setText(self.tr("Copied"))

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
        self._website.set_texts(self.tr("Website"), "")
        self._website_button.setText(self.tr("Open"))
        self._report.set_texts(
            self.tr("Report a problem"),
            self.tr(
                "Describe what you did and what happened. The details name versions and the system, nothing about your chats."
            ),
        )
        self._copy_button.setText(self.tr("Copy details"))
        self._issues_button.setText(self.tr("Open"))
        self._logs.set_texts(self.tr("Log files"), str(self._log_folder))
        self._logs_button.setText(self.tr("Show in folder"))
        self._licence.set_texts(
            self.tr("MIT licence"), self.tr("Chatdesk is free software and contains other free software.")
        )
        self._licences_button.setText(self.tr("Show licences"))
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
