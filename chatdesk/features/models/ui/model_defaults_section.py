"""The Model defaults section of the settings: the model of new chats, and the instructions for all chats."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.models.services.model_services import ModelServices
from chatdesk.features.models.ui.picker.model_popup import ModelPopup
from chatdesk.features.models.ui.picker.model_texts import model_name, server_group
from chatdesk.kernel.models.model import ModelRef
from chatdesk.kernel.settings.declarations import DEFAULT_MODEL, DEFAULT_SERVER, INSTRUCTIONS, Setting
from chatdesk.kernel.settings.store import SettingChanged, Settings
from chatdesk.ui_kit.feature import ModelsTab, Navigation
from chatdesk.ui_kit.forms.instructions_field import InstructionsField
from chatdesk.ui_kit.forms.rows import RowCard, StackingRow
from chatdesk.ui_kit.forms.section_page import SectionPage
from chatdesk.ui_kit.lists.choice_button import ChoiceButton
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.tasks import Tasks
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label


class InstructionsRow(Translated, QWidget):
    """The row of the setting for all chats: its title, a text box, and what it is for."""

    def __init__(self, appearance: Appearance, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._settings = settings
        self._field = InstructionsField(appearance, self, object_name=INSTRUCTIONS.key)
        self._field.changed.connect(lambda text: settings.set(INSTRUCTIONS, text))
        self._help = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._field)
        self._column.addWidget(self._help)
        self.destroyed.connect(settings.changes.subscribe(self._on_setting))
        self._field.show_text(settings.get(INSTRUCTIONS))
        appearance.bind(self._restyle)
        self._retranslate()

    def _on_setting(self, change: SettingChanged) -> None:
        if change.key == INSTRUCTIONS.key:
            self._field.show_text(self._settings.get(INSTRUCTIONS))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side = theme.length("l")
        self._column.setContentsMargins(side, theme.length("m"), side, theme.length("m"))
        self._column.setSpacing(theme.length("xs"))

    def _retranslate(self) -> None:
        self._field.set_labels(_title(INSTRUCTIONS), self.tr("Example: I live in Dublin. Use metric units."))
        self._help.set_text(_help(INSTRUCTIONS))

    def hideEvent(self, event: QHideEvent) -> None:
        self._field.flush()
        super().hideEvent(event)


class DefaultModelRow(Translated, QWidget):
    """The row of the model of new chats: a button that opens the list of models, and one for the last used model."""

    def __init__(
        self, appearance: Appearance, services: ModelServices, navigation: Navigation, tasks: Tasks, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._services = services
        text, control = QWidget(self), QWidget(self)
        self._title = Label(appearance, "ui", "text", text, wrap=True)
        self._help = Label(appearance, "caption", "textTertiary", text, wrap=True)
        self._text_layout = QVBoxLayout(text)
        self._text_layout.setContentsMargins(0, 0, 0, 0)
        self._text_layout.setSpacing(0)
        self._text_layout.addWidget(self._title)
        self._text_layout.addWidget(self._help)
        self._choice = ChoiceButton(appearance, control)
        self._choice.setObjectName(DEFAULT_MODEL.key)
        self._clear = IconButton(appearance, "x", control, size=IconButtonSize.ROW)
        self._clear.setObjectName("noDefaultModel")
        self._buttons = QHBoxLayout(control)
        self._buttons.setContentsMargins(0, 0, 0, 0)
        self._buttons.addWidget(self._choice)
        self._buttons.addWidget(self._clear)
        self._popup = ModelPopup(appearance, self, accepts_files=False)
        self._choice.clicked.connect(lambda: self._popup.open_for(self._choice))
        self._clear.clicked.connect(lambda: self._set(ModelRef("", "")))
        self._popup.model_chosen.connect(self._set)
        self._popup.refresh_requested.connect(lambda: tasks.start(services.models.refresh(), "refresh models"))
        self._popup.add_server_requested.connect(lambda: navigation.show_server("", ""))
        self._popup.more_requested.connect(lambda _text: navigation.show_models(ModelsTab.GET_MORE))
        self._column = QVBoxLayout(self)
        self._column.addWidget(StackingRow(appearance, text, control, self))
        for changes in (services.models.changes, services.preferences.changes, services.settings.changes):
            self.destroyed.connect(changes.subscribe(lambda _change: self._show()))
        appearance.bind(self._restyle)
        self._retranslate()

    def _set(self, ref: ModelRef) -> None:
        self._services.settings.set(DEFAULT_SERVER, ref.server_id)
        self._services.settings.set(DEFAULT_MODEL, ref.model_id)

    def _show(self) -> None:
        services = self._services
        ref = ModelRef(services.settings.get(DEFAULT_SERVER), services.settings.get(DEFAULT_MODEL))
        is_chosen = bool(ref.model_id)
        text = model_name(services.models, services.preferences, ref) if is_chosen else self.tr("Last used")
        self._choice.show_choice(text, "cpu", muted=not is_chosen)
        self._clear.setEnabled(is_chosen)
        states, vendor_of = services.models.states(), services.servers.vendor_of
        self._popup.set_groups(tuple(server_group(state, vendor_of(state.server)) for state in states))
        self._popup.set_current(ref if is_chosen else None)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side = theme.length("l")
        self.setMinimumHeight(theme.length("rowSetting"))
        self._column.setContentsMargins(side, theme.length("s"), side, theme.length("s"))
        self._buttons.setSpacing(theme.length("xs"))

    def _retranslate(self) -> None:
        self._title.set_text(_title(DEFAULT_MODEL))
        self._help.set_text(_help(DEFAULT_MODEL))
        self._choice.setAccessibleName(_title(DEFAULT_MODEL))
        self._clear.set_name(self.tr("Use the last used model"))
        self._show()


class ModelDefaultsSection(Translated, SectionPage):
    """The section."""

    def __init__(
        self,
        appearance: Appearance,
        services: ModelServices,
        navigation: Navigation,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(appearance, parent)
        card = RowCard(appearance, self)
        card.add_row(DefaultModelRow(appearance, services, navigation, tasks, card))
        card.add_row(InstructionsRow(appearance, services.settings, card))
        self.column.addWidget(card)
        self._retranslate()

    def _retranslate(self) -> None:
        self.set_labels(self.tr("Model defaults"), self.tr("What every chat starts with, whichever model answers."))


def _title(setting: Setting[str]) -> str:
    return QCoreApplication.translate("Settings", setting.title)


def _help(setting: Setting[str]) -> str:
    return QCoreApplication.translate("Settings", setting.help)
