"""Card of one model of the catalogue: what it is good for, size, time and speed, *Get*; unfolds to its choices."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.models.services.model_catalogue import CatalogueRow, CatalogueState, Offer
from chatdesk.features.models.ui.catalogue.card_choices import CardChoices
from chatdesk.features.models.ui.catalogue.card_texts import PURPOSE_ICONS, facts, purpose_name, sentence
from chatdesk.features.models.ui.catalogue.get_action import GetAction
from chatdesk.kernel.models.hubs import HubKind
from chatdesk.ui_kit.lists.row_list import ENTER_KEYS
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.text.download_texts import download_size
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.icon_button import IconButton, IconButtonSize
from chatdesk.ui_kit.widgets.icon_label import IconLabel
from chatdesk.ui_kit.widgets.label import Label
from chatdesk.ui_kit.widgets.tag import Tag, TagKind

_PURPOSE_WIDTH = 136
_STACKED_BELOW = 560
"""Width in px at 100 % below which the purpose is above the name."""


class ModelCard(Translated, QWidget):
    """A card. Enter and the arrow keys unfold it; its owner moves between cards on `moved` with -1 or 1."""

    get_requested = Signal(Offer, object)
    """The offer, and the preferred `HubKind` or None."""
    get_anyway_requested = Signal(Offer, object)
    """The same, although the disk seems to be too full."""
    chat_requested = Signal(Offer)
    moved = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.row: CatalogueRow | None = None
        """The model that is shown."""
        self._state = CatalogueState()
        self._purpose_icon = IconLabel(appearance, "message-square", "textSecondary", self)
        self._purpose = Label(appearance, "ui", "textSecondary", self)
        self._name = Label(appearance, "ui", "text", self, strong=True, elide=True)
        self._name.setObjectName("cardName")
        self._tag = Tag(appearance, "", TagKind.SUCCESS, self)
        self._tag.setObjectName("cardTag")
        self._sentence = Label(appearance, "ui", "textSecondary", self, wrap=True)
        self._facts = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._facts.setObjectName("cardFacts")
        self._action = GetAction(appearance, self)
        self._action.get_requested.connect(lambda: self.get_requested.emit(self.offer, self.source))
        self._action.chat_requested.connect(lambda: self.chat_requested.emit(self.offer))
        self._unfold = IconButton(appearance, "chevron-down", self, size=IconButtonSize.ROW)
        self._unfold.setObjectName("unfoldCard")
        self._unfold.clicked.connect(lambda: self.set_open(is_open=not self.is_open))
        self.choices = CardChoices(appearance, self)
        self.choices.hide()
        self.choices.build_chosen.connect(self._show_offer)
        self.choices.get_requested.connect(self.get_requested)
        self.choices.get_anyway_requested.connect(self.get_anyway_requested)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()
        appearance.bind(self._restyle)

    def show_row(self, row: CatalogueRow, state: CatalogueState) -> None:
        """Show a model."""
        self.row, self._state = row, state
        if self.is_open:
            self.choices.show_row(row, state)
        self._show_offer()

    @property
    def offer(self) -> Offer | None:
        """The chosen offer; until the user chooses one, the one that is here or coming, or else the recommended one."""
        if self.row is None:
            return None
        chosen = self.choices.build if self.is_open else 0
        return self.row.offers[chosen] if 0 < chosen < len(self.row.offers) else self.row.used_offer

    @property
    def is_open(self) -> bool:
        """Whether the choices are shown."""
        return not self.choices.isHidden()

    def set_open(self, *, is_open: bool) -> None:
        """Show or hide the choices."""
        self._unfold.set_icon("chevron-up" if is_open else "chevron-down")
        if is_open and self.row:
            self.choices.show_row(self.row, self._state)
        elif self.choices.isAncestorOf(self.window().focusWidget()):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.choices.setVisible(is_open)
        self._show_offer()

    def focus_outline(self) -> tuple[QRectF, float]:
        """Return the outline of the focus ring, and its radius. The ring is inside the card's list."""
        theme = self._appearance.theme
        reach = theme.stroke("focus") + theme.stroke("focusOffset")
        height = self._head.geometry().bottom() + theme.length("s")
        rect = QRectF(0, 0, self.width(), min(height, self.height()))
        return rect.adjusted(reach, reach, -reach, -reach), theme.length("radius.control")

    def _show_offer(self) -> None:
        row, offer = self.row, self.offer
        if row is None or offer is None:
            return
        language = self._appearance.language
        self._purpose_icon.set_icon(PURPOSE_ICONS[row.purpose], "textSecondary")
        self._purpose.set_text(purpose_name(row.purpose))
        self._name.set_text(row.model.name)
        self._sentence.set_text(sentence(row.model, row.purpose))
        self._show_tag(row, offer)
        short = offer.judgement.disk_is_short and not offer.is_too_large
        self._facts.set_color("danger" if short else "textTertiary")
        self._facts.set_text(self._disk_text(offer) if short else facts(row.model, offer, self._state, language))
        self._action.show_state(
            row.model.name,
            offer.pull,
            installed=offer.installed,
            offered=not offer.is_too_large and self._can_get(offer),
            enabled=not offer.judgement.disk_is_short,
            is_best=row.is_best,
        )
        self._unfold.set_name(self.tr("Choices for {model}").format(model=row.model.name))
        self.setAccessibleName(
            ", ".join(
                filter(
                    None,
                    (
                        self._purpose.text(),
                        row.model.name,
                        self._tag.text() if not self._tag.isHidden() else "",
                        self._sentence.text(),
                        self._facts.text(),
                        self._action.progress,
                    ),
                )
            )
        )

    def _show_tag(self, row: CatalogueRow, offer: Offer) -> None:
        if offer.is_too_large:
            self._tag.set_kind(TagKind.DANGER)
            self._tag.set_text(self.tr("Too large"))
        elif row.is_best:
            self._tag.set_kind(TagKind.SUCCESS)
            self._tag.set_text(self.tr("Best for this computer"))
        elif offer.judgement.leaves_little_memory and not offer.installed:
            self._tag.set_kind(TagKind.WARNING)
            self._tag.set_text(self.tr("Little memory left"))
        else:
            self._tag.set_text("")
        self._tag.setVisible(bool(self._tag.text()))

    def _can_get(self, offer: Offer) -> bool:
        return offer.build.download is not None or (offer.ref is not None and self._state.ollama_answers)

    def _disk_text(self, offer: Offer) -> str:
        return self.tr("Needs {size} on the disk, which is too full.").format(size=download_size(offer.build.size))

    @property
    def source(self) -> HubKind | None:
        """The hub that the user chose; None for the preferred one."""
        return self.choices.source if self.is_open else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Unfold with Enter and →, fold with ← and Esc, move with ↑ and ↓."""
        key, is_open = event.key(), self.is_open
        forward = Qt.Key.Key_Left if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else Qt.Key.Key_Right
        back = Qt.Key.Key_Left if forward is Qt.Key.Key_Right else Qt.Key.Key_Right
        if key in ENTER_KEYS and self.hasFocus():
            self.set_open(is_open=not is_open)
        elif key == forward and not is_open:
            self.set_open(is_open=True)
        elif is_open and (key in {back, Qt.Key.Key_Escape}):
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.set_open(is_open=False)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Unfold or fold with a click beside the buttons."""
        if event.button() is Qt.MouseButton.LeftButton and self._head.geometry().contains(event.position().toPoint()):
            self.set_open(is_open=not self.is_open)
        super().mouseReleaseEvent(event)

    def _lay_out(self) -> None:
        self._purpose_cell = QWidget(self)
        purpose = QHBoxLayout(self._purpose_cell)
        purpose.setContentsMargins(0, 0, 0, 0)
        purpose.addWidget(self._purpose_icon)
        purpose.addWidget(self._purpose, 1)
        title, text, actions = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        title.addWidget(self._name)
        title.addWidget(self._tag)
        title.addStretch(1)
        text.setSpacing(0)
        text.addLayout(title)
        text.addWidget(self._sentence)
        text.addWidget(self._facts)
        actions.addWidget(self._action)
        actions.addWidget(self._unfold)
        line = QHBoxLayout()
        line.addLayout(text, 1)
        line.addLayout(actions)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.addWidget(self._purpose_cell, 0, Qt.AlignmentFlag.AlignTop)
        self._head.addLayout(line, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self.choices)
        self._inner = (purpose, title, actions, line)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        side, top = theme.length("l"), theme.length("m")
        self._column.setContentsMargins(side, theme.length("s"), top, theme.length("s"))
        self._column.setSpacing(0)
        purpose, title, actions, line = self._inner
        for layout in (purpose, title, actions):
            layout.setSpacing(theme.length("s"))
        line.setSpacing(top)
        self._arrange()

    def _arrange(self) -> None:
        theme = self._appearance.theme
        stacked = self.width() < round(_STACKED_BELOW * theme.scale)
        direction = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        if self._head.direction() is not direction:
            self._head.setDirection(direction)
        self._head.setSpacing(0 if stacked else theme.length("s"))
        width = round(_PURPOSE_WIDTH * theme.scale)
        self._purpose_cell.setMinimumWidth(0 if stacked else width)
        self._purpose_cell.setMaximumWidth(16_777_215 if stacked else width)
        self.choices.set_indent(0 if stacked else width + theme.length("s"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _retranslate(self) -> None:
        self._show_offer()
