"""The offer in an empty chat to import the chats of programs that are on this computer."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from chatdesk.features.conversations.importing.foreign_chat import Program
from chatdesk.kernel.settings.declarations import IMPORT_OFFERED
from chatdesk.kernel.settings.store import SettingChanged, Settings
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.card import Card
from chatdesk.ui_kit.widgets.icon_button import IconButton
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label

_MAX_NAMES = 3


class ImportOffer(Translated, Card):
    """One line. It is hidden for good once it was dismissed, or chats were imported."""

    accepted = Signal()

    def __init__(
        self, appearance: Appearance, programs: Sequence[Program], settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, parent, fill="sunken", radius="radius.control")
        self._programs = programs
        self._settings = settings
        self.setObjectName("importOffer")
        self._words = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._accept_button = Button(appearance, "", ButtonKind.PLAIN, self, small=True, ink="accentText")
        self._accept_button.setObjectName("takeImportOffer")
        self._accept_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._accept_button.clicked.connect(self.accepted)
        self._dismiss = IconButton(appearance, "x", self)
        self._dismiss.setObjectName("dismissImportOffer")
        self._dismiss.clicked.connect(lambda: settings.set(IMPORT_OFFERED, value=True))
        self._row = QHBoxLayout(self)
        self._row.addWidget(IconLabel(appearance, "download", "textSecondary", self))
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._accept_button)
        self._row.addWidget(self._dismiss)
        self.destroyed.connect(settings.changes.subscribe(self._on_change))
        appearance.bind(self._restyle)
        self._retranslate()

    def _on_change(self, change: SettingChanged) -> None:
        if change.key == IMPORT_OFFERED.key:
            self.setVisible(not self._settings.get(IMPORT_OFFERED))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        edge = theme.length("xs")
        self._row.setContentsMargins(theme.length("m"), edge, edge, edge)
        self._row.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        names = [str(program) for program in self._programs[:_MAX_NAMES]]
        if len(names) == 1:
            text = self.tr("{name} is on this computer.").format(name=names[0])
            action = self.tr("Import its chats…")
        else:
            action = self.tr("Import their chats…")
            listed = self.tr("{names} and {last}").format(names=self.tr(", ").join(names[:-1]), last=names[-1])
            text = self.tr("{names} are on this computer.").format(names=listed)
        self._words.set_text(text)
        self._accept_button.setText(action)
        self._dismiss.set_name(self.tr("Do not offer this again"))
