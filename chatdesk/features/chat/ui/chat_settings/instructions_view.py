"""The instructions for the model: a card for each scope of instructions in the order of sending, and how much of the context they take."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from chatdesk.features.chat.ui.chat_settings.scope_card import ScopeCard, ScopeInstructions
from chatdesk.features.chat.ui.composer.context_meter import ContextUseView
from chatdesk.features.chat.ui.side_panel_frame import Pane
from chatdesk.kernel.context.context_plan import ContextUse
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.card import Rule
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.label import Label


class InstructionsView(Translated, Pane):
    """The view, with a head of its own. `copy_requested` is handled here; `back` and `closed` are not."""

    back = Signal()
    closed = Signal()
    edited = Signal(str, str)
    """Carries a scope and its new text."""
    edit_requested = Signal(str)
    """Carries a scope whose text is edited elsewhere."""
    new_version_requested = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("instructionsView")
        self._appearance = appearance
        self._cards: list[ScopeCard] = []
        self._moment = ""
        self._known = True
        self._back = IconButton(appearance, "arrow-left", self, size=IconButtonSize.ROW)
        self._back.setObjectName("instructionsBack")
        self._title = Label(appearance, "label", "text", self, elide=True)
        self._copy = IconButton(appearance, "copy", self, size=IconButtonSize.ROW)
        self._copy.setObjectName("copyInstructions")
        self._close = IconButton(appearance, "x", self, size=IconButtonSize.ROW)
        self._close.setObjectName("closeInstructions")
        self._intro = Label(appearance, "caption", "textSecondary", wrap=True)
        self._back.clicked.connect(self.back)
        self._copy.clicked.connect(self._copy_text)
        self._close.clicked.connect(self.closed)
        self._head = QHBoxLayout()
        self._head.addWidget(self._back)
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._copy)
        self._head.addWidget(self._close)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.addWidget(self._intro)
        self._column.addStretch(1)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        area.setWidget(content)
        content.setAutoFillBackground(False)
        self._rule = Rule(appearance, self)
        self._foot = ContextUseView(appearance, self)
        self._foot_column = QVBoxLayout()
        self._foot_column.addWidget(self._foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head)
        layout.addWidget(area, 1)
        layout.addWidget(self._rule)
        layout.addLayout(self._foot_column)
        appearance.bind(self._restyle)
        self._retranslate()

    def focus(self) -> None:
        """Focus the first button."""
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_scopes(self, scopes: Sequence[ScopeInstructions], *, moment: str = "", known: bool = True) -> None:
        """Show the scopes. A `moment` is the time of an old answer, `known` whether its instructions were recorded.

        A card whose text is being edited stays.
        """
        self._moment, self._known = moment, known
        old = {card.instructions.scope: card for card in self._cards}
        cards: list[ScopeCard] = []
        for instructions in scopes:
            card = old.pop(instructions.scope, None)
            if card and (card.instructions == instructions or card.is_editing):
                card.show_scope(instructions)
            else:
                if card:
                    self._remove(card)
                card = self._new_card(instructions)
            self._column.insertWidget(1 + len(cards), card)
            cards.append(card)
        for card in old.values():
            self._remove(card)
        self._cards = cards
        self._retranslate()

    def show_use(self, use: ContextUse | None) -> None:
        """Show how the context is used; None hides that."""
        self._rule.setVisible(use is not None)
        self._foot.setVisible(use is not None)
        if use:
            self._foot.show_use(use)

    def flush(self) -> None:
        """Report what has been entered and not reported yet."""
        for card in self._cards:
            card.flush()

    def _new_card(self, instructions: ScopeInstructions) -> ScopeCard:
        card = ScopeCard(self._appearance, instructions, self)
        card.edited.connect(self.edited)
        card.edit_requested.connect(self.edit_requested)
        card.new_version_requested.connect(self.new_version_requested)
        card.show()
        return card

    def _remove(self, card: ScopeCard) -> None:
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _copy_text(self) -> None:
        text = "\n\n".join(card.instructions.text for card in self._cards if card.instructions.text)
        QGuiApplication.clipboard().setText(text)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side, pad = theme.length("l"), theme.length("s")
        self._head.setContentsMargins(theme.length("m"), pad, theme.length("m"), pad)
        self._head.setSpacing(pad)
        self._title.setMinimumHeight(theme.length("button"))
        self._column.setContentsMargins(side, pad, side, side)
        self._column.setSpacing(pad)
        self._foot_column.setContentsMargins(side, theme.length("m"), side, theme.length("m"))

    def _retranslate(self) -> None:
        self._back.set_name(self.tr("Back to chat settings"))
        self._copy.set_name(self.tr("Copy all instructions"))
        self._close.set_name(self.tr("Close"), shortcut="Esc")
        if not self._moment:
            self._title.set_text(self.tr("Instructions sent to the model"))
            self._intro.set_text(self.tr("Sent before the conversation, joined in this order."))
            return
        self._title.set_text(self.tr("Instructions used"))
        if not self._known:
            text = self.tr("The instructions of the answer from {time} were not recorded.")
        elif self._cards:
            text = self.tr("For the answer from {time}. It keeps these instructions when the settings change.")
        else:
            text = self.tr("There were no instructions for the answer from {time}.")
        self._intro.set_text(text.format(time=self._moment))
