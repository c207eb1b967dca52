"""Details pane of one server: its state, facts, and actions as buttons."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from chatdesk.features.models.ui.page.actions import PageAction
from chatdesk.features.models.ui.page.details.fact_grid import FactGrid
from chatdesk.features.models.ui.page.listed_rows import ServerHeading
from chatdesk.features.servers.services.models import ServerState
from chatdesk.ui_kit.errors.error_texts import describe_error
from chatdesk.ui_kit.forms.rows import WrappingRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.text.safe_text import plain_line
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label


class ServerPane(Translated, QScrollArea):
    """Scrollable details of one server, with a button for each action."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._shown: tuple[ServerHeading, ServerState] | None = None
        self._content = QWidget()
        self._title = Label(appearance, "title", "text", self._content, wrap=True)
        self._title.setObjectName("serverTitle")
        self._icon = IconLabel(appearance, "circle-alert", "danger", self._content)
        self._trouble = Label(appearance, "ui", "text", self._content, wrap=True)
        self._trouble.setObjectName("serverTrouble")
        self.facts = FactGrid(appearance, self._content)
        self._buttons = WrappingRow(appearance, self._content)
        self._action_buttons: dict[str, Button] = {}
        self._shown_actions: dict[str, PageAction] = {}
        self._line = QHBoxLayout()
        self._line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._line.addWidget(self._trouble, 1)
        self._column = QVBoxLayout(self._content)
        self._column.addWidget(self._title)
        self._column.addLayout(self._line)
        self._column.addWidget(self.facts)
        self._column.addWidget(self._buttons)
        self._column.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(self._content)
        appearance.bind(self._restyle)

    def show_server(self, heading: ServerHeading, state: ServerState, actions: Sequence[PageAction]) -> None:
        """Show a server and the buttons for its actions."""
        self._shown = heading, state
        self._title.set_text(plain_line(heading.name))
        error_text = describe_error(state.error) if state.error else None
        empty = state.status is not None and not state.models
        for part in (self._icon, self._trouble):
            part.setVisible(error_text is not None or empty)
        self._icon.set_icon("circle-alert" if error_text else "info", "danger" if error_text else "textSecondary")
        self._trouble.set_text(
            error_text.sentence if error_text else self.tr("The server lists no models.") if empty else ""
        )
        self._show_facts(heading, state)
        self._show_buttons(actions)

    def _show_facts(self, heading: ServerHeading, state: ServerState) -> None:
        version = state.status.version if state.status else None
        facts = (
            (self.tr("Address"), state.server.base_url),
            (self.tr("State"), heading.state_text if not state.error else ""),
            (self.tr("Version"), version or ""),
            (self.tr("Models"), heading.holds),
        )
        self.facts.show_facts([(name, plain_line(text)) for name, text in facts if text])

    def _show_buttons(self, actions: Sequence[PageAction]) -> None:
        self._shown_actions = {action.key: action for action in actions}
        for key, button in self._action_buttons.items():
            button.setVisible(key in self._shown_actions)
        for key, action in self._shown_actions.items():
            button = self._action_buttons.get(key) or self._add_button(key)
            button.set_icon(action.icon)
            button.setText(action.label)
            button.setEnabled(action.enabled)
        self._buttons.arrange()

    def _do(self, key: str) -> None:
        self._shown_actions[key].act()

    def _add_button(self, key: str) -> Button:
        button = self._action_buttons[key] = Button(self._appearance, "", ButtonKind.OUTLINED, self._buttons)
        button.setObjectName(f"action.{key}")
        button.clicked.connect(lambda: self._do(key))
        button.show()
        self._buttons.add(button)
        return button

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side = theme.length("xxl")
        self._column.setContentsMargins(side, theme.length("xl"), side, side)
        self._column.setSpacing(theme.length("m"))
        self._line.setSpacing(theme.length("s"))

    def _retranslate(self) -> None:
        if self._shown:
            self._show_facts(*self._shown)
