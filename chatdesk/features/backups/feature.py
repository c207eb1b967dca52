"""Contribution of backups to the window: the section *Data* of the settings."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from chatdesk.features.backups.services.backup_services import BackupServices
from chatdesk.kernel.chat.conversation import SearchHit
from chatdesk.kernel.translatable import QT_TRANSLATE_NOOP
from chatdesk.ui_kit.feature import DataAction, Feature, Section, WindowContext

if TYPE_CHECKING:
    from chatdesk.features.attachments.services.stored_documents import StoredDocument
    from chatdesk.features.backups.ui.backup_row import ListedBackup
    from chatdesk.features.backups.ui.data_section import DataSection
    from chatdesk.kernel.recovery import ClosedWork


class BackupsFeature(Feature):
    """One instance per window. `open_hit` opens a chat at a document; `reopen` closes the window for some work.

    `data_actions` returns the rows of *Moving in and out*.
    """

    def __init__(
        self,
        services: BackupServices,
        window: WindowContext,
        open_hit: Callable[[SearchHit], object],
        data_actions: Callable[[], Sequence[DataAction]],
        reopen: "Callable[[ClosedWork], object]",
    ) -> None:
        self._services = services
        self._window = window
        self._open_hit = open_hit
        self._data_actions = data_actions
        self._reopen = reopen

    def settings_sections(self) -> Sequence[Section]:
        """Return the section on stored data."""
        return (
            Section(
                "data",
                "database",
                45,
                QT_TRANSLATE_NOOP("SectionList", "Data"),
                self._make_data,
                QT_TRANSLATE_NOOP(
                    "SectionList",
                    "backup, back up, restore, WebDAV, passphrase, encrypt, storage, disk space, data folder, "
                    "location of the chats, move data, diagnostics, bug report",
                ),
            ),
        )

    def _make_data(self) -> "DataSection":
        from chatdesk.features.backups.ui.data_section import DataSection  # noqa: PLC0415 - start-up time

        services, window = self._services, self._window
        section = DataSection(
            services,
            window,
            self._data_actions(),
            self._reopen,
            lambda: window.navigation.show_page("deleted"),
            self._show_documents,
        )
        section.backups.restore_requested.connect(lambda backup: self._restore(section, backup))
        return section

    def _restore(self, section: "DataSection", backup: "ListedBackup") -> None:
        from chatdesk.features.backups.ui.restore_sheet import RestoreSheet  # noqa: PLC0415 - start-up time

        window = self._window
        restoring = self._services.restoring.get()
        sheet = RestoreSheet(window.appearance, window.files.window, backup, restoring, window.tasks)
        sheet.restored.connect(lambda text: window.show_toast(text, None))
        sheet.closed.connect(section.reload)  # what its passphrase has opened is known now, too
        sheet.found_damaged.connect(section.backups.mark_damaged)
        sheet.found_newer.connect(section.backups.mark_newer)
        sheet.replacing.connect(self._reopen)
        sheet.begin()

    def _show_documents(self, documents: "Sequence[StoredDocument]") -> None:
        from chatdesk.features.backups.ui.stored_documents_sheet import (  # noqa: PLC0415 - start-up time
            StoredDocumentsSheet,
        )

        window = self._window
        sheet = StoredDocumentsSheet(
            window.appearance, window.files.window, documents, self._services.conversations.conversations.title
        )
        sheet.opened.connect(self._open_hit)
        sheet.open()
