"""The catalogue: a card for each purpose, and all other models folded below."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.models.services.model_catalogue import CatalogueRow, CatalogueState
from chatdesk.features.models.ui.catalogue.card_texts import line_text
from chatdesk.features.models.ui.catalogue.model_card import ModelCard
from chatdesk.ui_kit.forms.rows import RowCard
from chatdesk.ui_kit.lists.row_button import RowButton
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label


class CatalogueList(Translated, QWidget):
    """The cards. `cards` are connected by `catalogue_view.py` as they are created, which `card_created` announces."""

    card_created = Signal(ModelCard)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._state = CatalogueState()
        self._sizes: dict[str, str] = {}
        """Chosen size by the ID of the model that the card would show."""
        self._title = Label(appearance, "ui", "text", self, strong=True)
        self._count = Label(appearance, "ui", "textTertiary", self)
        self._line = Label(appearance, "caption", "textTertiary", self)
        self._line.setObjectName("lineSpeed")
        self._nothing = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._nothing.setObjectName("nothingFits")
        self._card = RowCard(appearance, self)
        self._foot = QWidget(self._card)
        self._all = RowButton(appearance, "chevron-right", self._foot)
        self._all.setObjectName("allModels")
        self._all.setCheckable(True)
        self._all.toggled.connect(self._show_all)
        foot = self._foot_layout = QHBoxLayout(self._foot)
        foot.addWidget(self._all)
        self._card.add_row(self._foot)
        self.cards: list[ModelCard] = []
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self._add_card)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._line)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addWidget(self._nothing)
        self._column.addWidget(self._card)
        self._head = head
        self._card.hide()
        self._nothing.hide()
        appearance.bind(self._restyle)
        self._retranslate()

    def show_state(self, state: CatalogueState) -> None:
        """Show the catalogue."""
        self._state = state
        rows = self._shown_rows()
        for card, row in zip(self.cards, rows, strict=False):
            card.show_row(row, state)
        for position, card in enumerate(self.cards):
            card.setVisible(position < len(rows))
        if len(self.cards) < len(rows):  # one at a time: all at once would block the window
            self._more.start()
        self._foot.setVisible(state.is_ready and len(self.cards) >= len(rows))
        self._card.setVisible(bool(rows) or state.is_ready)
        self._nothing.setVisible(state.is_ready and not state.cards)
        self._count.setVisible(bool(state.rows))
        self._line.setVisible(state.is_ready)
        self._update_texts()

    def focus_first(self) -> None:
        """Focus the first card."""
        if self.cards:
            self.cards[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def card_of(self, model_id: str) -> ModelCard | None:
        """Return the card that shows a model; None if none does."""
        return next((card for card in self.cards if card.row and card.row.model.id == model_id), None)

    def _shown_rows(self) -> list[CatalogueRow]:
        """Return the cards by purpose, each in the size that the user chose, then the others if they are unfolded."""
        by_model = {row.model.id: row for row in self._state.rows}
        shown = []
        for card in self._state.cards:
            chosen = by_model.get(self._sizes.get(card.model.id, ""), card)
            shown.append(card if chosen.model.id == card.model.id else replace(chosen, purpose=card.purpose))
        if self._all.isChecked():
            listed = {row.model.id for row in shown}
            shown += [row for row in self._state.rows if row.model.id not in listed]
        return shown

    def _choose_size(self, card: ModelCard, model_id: str) -> None:
        position = self.cards.index(card)
        if position < len(self._state.cards):
            self._sizes[self._state.cards[position].model.id] = model_id
            self.show_state(self._state)
        elif other := self.card_of(model_id):
            other.setFocus(Qt.FocusReason.ShortcutFocusReason)
            other.set_open(is_open=True)

    def _add_card(self) -> None:
        rows = self._shown_rows()
        if len(self.cards) >= len(rows):
            return
        card = ModelCard(self._appearance, self._card)
        card.moved.connect(lambda step: self._move(card, step))
        card.choices.model_chosen.connect(lambda model_id: self._choose_size(card, model_id))
        self.cards.append(card)
        self._card.insert_row(len(self.cards) - 1, card)
        self.card_created.emit(card)
        self.show_state(self._state)

    def _move(self, card: ModelCard, step: int) -> None:
        position = self.cards.index(card) + step
        targets: list[QWidget] = [card for card in self.cards if not card.isHidden()]
        targets.append(self._all)
        if 0 <= position < len(targets):
            targets[position].setFocus(Qt.FocusReason.TabFocusReason)

    def _show_all(self, shown: bool) -> None:
        self._all.set_icon("chevron-down" if shown else "chevron-right")
        self.show_state(self._state)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.length("s"))
        self._head.setSpacing(theme.length("s"))
        side, top = theme.length("s"), theme.length("xs")
        self._foot_layout.setContentsMargins(side, top, side, top)

    def _update_texts(self) -> None:
        state, locale = self._state, self.locale()
        count = locale.toString(len(state.rows))
        self._count.set_text(
            self.tr("{shown} of {count}").format(shown=locale.toString(len(self._shown_rows())), count=count)
        )
        self._line.set_text(line_text(state) if state.is_ready else "")
        if self._all.isChecked():
            text = self.tr("Show fewer")
        elif state.too_large:
            text = self.tr("All {count}, also the {large} that are too large here").format(
                count=count, large=locale.toString(state.too_large)
            )
        else:
            text = self.tr("All {count}").format(count=count)
        self._all.set_labels(text)

    def _retranslate(self) -> None:
        self._title.set_text(self.tr("For this computer"))
        self._nothing.set_text(self.tr("None of these models fits into the memory or on the disk of this computer."))
        self._update_texts()
