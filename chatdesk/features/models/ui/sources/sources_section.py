"""Settings section of the model hubs: which one is preferred, their addresses, the token, and when each was last contacted."""

from collections.abc import Callable
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.models.services.hubs import Hubs
from chatdesk.features.models.ui.sources.token_row import TokenRow
from chatdesk.kernel.errors.base import AddressInvalid
from chatdesk.kernel.models.hubs import HubKind
from chatdesk.kernel.settings.declarations import HUB_HUGGING_FACE, HUB_MODELSCOPE, HUB_PREFERRED
from chatdesk.kernel.settings.store import Settings
from chatdesk.ui_kit.forms.rows import ActionRow, RowCard
from chatdesk.ui_kit.forms.section_page import SectionPage
from chatdesk.ui_kit.forms.settings_card import BoxControl, SettingControl, SettingsCard
from chatdesk.ui_kit.forms.text_field import TextField
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.segments import Segments


class AddressRow(Translated, QWidget):
    """The row of the address of Hugging Face: its title, the field with a button that resets it, and what it is for."""

    def __init__(self, appearance: Appearance, hubs: Hubs, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._hubs = hubs
        self._title = Label(appearance, "ui", "text", self, wrap=True)
        self._field = TextField(appearance, "", self)
        self._field.edit.setObjectName(HUB_HUGGING_FACE.key)
        self._field.changed.connect(lambda: self._field.set_error(""))
        self._field.edit.editingFinished.connect(self._commit)
        self._reset = IconButton(appearance, "undo-2", self)
        self._reset.setObjectName("resetHubAddress")
        self._reset.clicked.connect(self._return_to_official)
        self._help = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._beside = QHBoxLayout()
        self._beside.addWidget(self._field, 1)
        self._beside.addWidget(self._reset, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._title)
        self._column.addLayout(self._beside)
        self._column.addWidget(self._help)
        self.refresh()
        appearance.bind(self._restyle)
        self._retranslate()

    def refresh(self) -> None:
        """Show the current address, unless another one is being typed."""
        if not self._field.edit.hasFocus():
            self._field.set_text(self._hubs.address(HubKind.HUGGING_FACE))
        self._reset.setVisible(not self._hubs.is_official(HubKind.HUGGING_FACE))

    def _commit(self) -> None:
        if self._field.text() == self._hubs.address(HubKind.HUGGING_FACE):
            return
        try:
            self._hubs.set_address(HubKind.HUGGING_FACE, self._field.text())
        except AddressInvalid:
            self._field.set_error(self.tr("Enter an address that begins with https://. Nothing was changed."))
            return
        self._field.set_text(self._hubs.address(HubKind.HUGGING_FACE))

    def _return_to_official(self) -> None:
        self._hubs.set_address(HubKind.HUGGING_FACE, "")
        self._field.set_text(self._hubs.address(HubKind.HUGGING_FACE))
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side, top = theme.length("l"), theme.length("m")
        self._column.setContentsMargins(side, top, side, top)
        self._column.setSpacing(theme.length("xs"))
        self._beside.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        title = QCoreApplication.translate("Settings", HUB_HUGGING_FACE.title)
        self._title.set_text(title)
        self._field.set_name(title)
        self._help.set_text(QCoreApplication.translate("Settings", HUB_HUGGING_FACE.help))
        self._reset.set_name(self.tr("Use huggingface.co"))


class SiteControl(SettingControl):
    """The two sites of ModelScope. Another address, from the settings file, is a third choice."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        self._segments = Segments(appearance, "")
        super().__init__(appearance, HUB_MODELSCOPE, self._segments, parent)
        self._segments.chosen.connect(self.value_chosen.emit)

    def show_value(self, value: object) -> None:
        """Select a site."""
        sites = dict.fromkeys((*Hubs.modelscope_sites(), str(value)))
        self._segments.set_segments([(site, (urlsplit(site).hostname or site).removeprefix("www.")) for site in sites])
        self._segments.choose(str(value))


class SourcesSection(Translated, SectionPage):
    """The section. `open_link` opens a web page."""

    def __init__(
        self,
        appearance: Appearance,
        hubs: Hubs,
        settings: Settings,
        tasks: Tasks,
        open_link: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(appearance, parent)
        self.setObjectName("sourcesSection")
        self._hubs = hubs
        preferred, modelscope = SettingsCard(appearance, settings, self), SettingsCard(appearance, settings, self)
        preferred.add_controls(BoxControl(appearance, HUB_PREFERRED, preferred))
        modelscope.add_controls(SiteControl(appearance, modelscope))
        self._address = AddressRow(appearance, hubs, self)
        self._token = TokenRow(appearance, hubs, tasks, open_link, self)
        hugging_face = RowCard(appearance, self)
        hugging_face.add_row(self._address)
        hugging_face.add_row(self._token)
        self._contacts = RowCard(appearance, self)
        self._contact_rows = {kind: ActionRow(appearance, f"asked.{kind}", self._contacts) for kind in HubKind}
        for row in self._contact_rows.values():
            self._contacts.add_row(row)
        for card in (preferred, hugging_face, modelscope, self._contacts):
            self.column.addWidget(card)
        self.destroyed.connect(hubs.changes.subscribe(lambda _change: self._refresh()))
        self.destroyed.connect(settings.changes.subscribe(lambda _change: self._show_contacts()))
        self._retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._token.refresh()

    def _refresh(self) -> None:
        self._address.refresh()
        self._token.refresh()
        self._show_contacts()

    def _show_contacts(self) -> None:
        names = {HubKind.HUGGING_FACE: "Hugging Face", HubKind.MODELSCOPE: "ModelScope"}
        for kind, row in self._contact_rows.items():
            asked = self._hubs.asked_at(kind)
            text = self.tr("Not contacted yet")
            if asked:
                when = QDateTime.fromSecsSinceEpoch(int(asked.timestamp()))
                text = self.tr("Last contacted {when}").format(
                    when=QLocale().toString(when, QLocale.FormatType.ShortFormat)
                )
            name = names.get(kind) or self.tr("Ollama library")
            row.set_texts(name, f"{self._hubs.host(kind)} · {text}")

    def _retranslate(self) -> None:
        self.set_labels(
            self.tr("Model sources"),
            self.tr("Where models are searched and downloaded. No source is contacted before you search or download."),
        )
        self._show_contacts()
