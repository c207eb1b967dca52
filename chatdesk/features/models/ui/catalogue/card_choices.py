"""The choices of a model: size, quantisation, context, source, and other ways to get it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from chatdesk.features.models.services.model_catalogue import CatalogueRow, CatalogueState, Offer
from chatdesk.features.models.ui.catalogue.card_texts import build_size, hub_name
from chatdesk.features.models.ui.judgement_texts import need_text, usable_text
from chatdesk.kernel.models.hubs import HubKind
from chatdesk.ui_kit.forms.rows import WrappingRow
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.button_kind import ButtonKind
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.button import Button
from chatdesk.ui_kit.widgets.label import Label

_HEADING_WIDTH = 72
_BUILD_LENGTH = 18
"""Characters of a quantisation that are always shown; the list is as wide as it needs to be."""


class CardChoices(Translated, QWidget):
    """The unfolded part of a card."""

    build_chosen = Signal()
    model_chosen = Signal(str)
    """The ID of another size of the same family."""
    get_requested = Signal(Offer, object)
    get_anyway_requested = Signal(Offer, object)
    page_requested = Signal(str)
    files_requested = Signal(str)
    """The name of the repository whose files are to be listed."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._row: CatalogueRow | None = None
        self._state = CatalogueState()
        self._headings = [Label(appearance, "ui", "textSecondary", self) for _ in range(4)]
        self._size = self._box("cardSize", lambda _index: self.model_chosen.emit(self._size.currentData()))
        self._build = self._box("cardBuild", lambda _index: self.build_chosen.emit())
        self._build.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._build.setMinimumContentsLength(_BUILD_LENGTH)
        self._source = self._box("cardSource")
        self._memory = Label(appearance, "caption", "textTertiary", self, wrap=True)
        self._memory.setObjectName("cardMemory")
        self._same = Label(appearance, "caption", "textTertiary", self)
        self._anyway = self._link("getModelAnyway", self._get_anyway)
        self._ollama = self._link("getWithOllama", self._get_with_ollama)
        self._files = self._link("otherQuantisations", self._show_files)
        self._page = self._link("makersPage", self._show_page)
        self._lines = [
            self._line(self._size, self._build),
            self._line(self._source, self._same),
            self._line(self._anyway, self._ollama, self._files, self._page),
        ]
        size, source, instead = self._lines
        self._rows = [QWidget(self) for _ in self._headings]
        self._row_layouts: list[QHBoxLayout] = []
        self._column = QVBoxLayout(self)
        for heading, part, row in zip(self._headings, (size, self._memory, source, instead), self._rows, strict=True):
            layout = QHBoxLayout(row)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.addWidget(heading, 0, Qt.AlignmentFlag.AlignTop)
            layout.addWidget(part, 1)
            self._row_layouts.append(layout)
            self._column.addWidget(row)
        self._indent = 0
        appearance.bind(self._restyle)
        self._retranslate()

    @property
    def build(self) -> int:
        """Number of the chosen build."""
        return max(0, self._build.currentIndex())

    @property
    def source(self) -> HubKind | None:
        """The chosen hub."""
        chosen = self._source.currentData()
        return HubKind(chosen) if chosen else None

    def set_indent(self, indent: int) -> None:
        """Set the space before the headings, so that they are aligned with the name."""
        if indent != self._indent:
            self._indent = indent
            self._restyle()

    def show_row(self, row: CatalogueRow, state: CatalogueState) -> None:
        """Show the choices of a model; its first build is chosen unless it was shown before."""
        build = self.build if self._row and self._row.model.id == row.model.id else 0
        source = self.source if self._row and self._row.model.id == row.model.id else None
        self._row, self._state = row, state
        family = [each for each in state.rows if each.model.family == row.model.family]
        sizes = [(each.model.id, f"{each.model.size_label}, {build_size(each.offer.build)}") for each in family]
        _fill(self._size, sizes, row.model.id)
        self._size.setVisible(len(family) > 1)
        _fill(self._build, [(number, self._build_text(offer)) for number, offer in enumerate(row.offers)], build)
        hubs = [each.hub for each in row.model.download.sources]
        _fill(self._source, [(hub.value, hub_name(hub)) for hub in hubs], (source or row.source).value)
        self._show_build()

    def _show_build(self) -> None:
        row = self._row
        if row is None:
            return
        offer = row.offers[min(self.build, len(row.offers) - 1)]
        from_hub = offer.build.download is not None
        self._rows[2].setVisible(from_hub)
        names = [self._source.itemText(number) for number in range(self._source.count())]
        self._source.setVisible(len(names) > 1)
        others = [name for name in names if name != self._source.currentText()]
        same = self.tr("same file and checksum at {hub}").format(hub=others[0]) if others else names[0]
        self._same.set_text(same)
        self._memory.set_text(
            f"{need_text(offer.judgement.fit.need, offer.judgement.context)}\n{usable_text(self._state.machine)}".strip()
        )
        self._anyway.setVisible(offer.judgement.disk_is_short and not offer.is_too_large)
        ollama = row.ollama
        self._ollama.setVisible(ollama is not None and not ollama.installed and not ollama.is_too_large)
        self._ollama.setEnabled(self._state.ollama_answers)
        self._ollama.setToolTip("" if self._state.ollama_answers else self.tr("Ollama is not responding."))
        for line in self._lines:
            line.arrange()

    def _build_text(self, offer: Offer) -> str:
        build = offer.build
        if build.download:
            return self.tr("{quantization}, recommended").format(quantization=build.quantization)
        return self.tr("{quantization}, {size}, Ollama").format(quantization=build.quantization, size=build_size(build))

    def _get_anyway(self) -> None:
        if self._row:
            self.get_anyway_requested.emit(self._row.offers[self.build], self.source)

    def _get_with_ollama(self) -> None:
        if self._row and self._row.ollama:
            self.get_requested.emit(self._row.ollama, None)

    def _show_files(self) -> None:
        if self._row:
            self.files_requested.emit(self._row.model.download.sources[0].name)

    def _show_page(self) -> None:
        if self._row:
            self.page_requested.emit(self._row.model.page)

    def _box(self, name: str, chosen: Callable[[int], object] | None = None) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        if chosen:
            box.activated.connect(chosen)
        box.activated.connect(self._show_build)
        return box

    def _link(self, name: str, action: Callable[[], object]) -> Button:
        link = Button(self._appearance, "", ButtonKind.PLAIN, small=True, ink="accentText")
        link.setObjectName(name)
        link.clicked.connect(action)
        return link

    def _line(self, *parts: QWidget) -> WrappingRow:
        line = WrappingRow(self._appearance, self)
        for part in parts:
            line.add(part)
        return line

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._column.setContentsMargins(self._indent, theme.length("m"), 0, theme.length("s"))
        self._column.setSpacing(theme.length("xs"))
        for heading in self._headings:
            heading.setFixedSize(round(_HEADING_WIDTH * theme.scale), theme.length("button"))
        for row in self._row_layouts:
            row.setSpacing(theme.length("s"))
        # The links have a margin of their own, without which they are in line with the boxes.
        self._headings[-1].setFixedWidth(self._headings[0].width() + theme.length("s") - theme.length("m"))
        self._row_layouts[-1].setSpacing(0)
        self._memory.setContentsMargins(0, theme.length("s"), 0, theme.length("xs"))

    def _retranslate(self) -> None:
        label = (self.tr("Size"), self.tr("Memory"), self.tr("From"), self.tr("Instead"))
        for heading, text in zip(self._headings, label, strict=True):
            heading.set_text(text)
        for box, name in (
            (self._size, self.tr("Size")),
            (self._build, self.tr("Quantisation")),
            (self._source, self.tr("Source")),
        ):
            box.setAccessibleName(name)
        self._anyway.setText(self.tr("Get anyway"))
        self._ollama.setText(self.tr("Get it with Ollama"))
        self._files.setText(self.tr("Other quantisations"))
        self._page.setText(self.tr("The publisher's page"))
        if self._row:
            self.show_row(self._row, self._state)


def _fill(box: QComboBox, items: Sequence[tuple[object, str]], chosen: object) -> None:
    """Set the items (data and text) of a box if they changed, and the chosen one."""
    if [(box.itemData(number), box.itemText(number)) for number in range(box.count())] != list(items):
        box.clear()
        for data, text in items:
            box.addItem(text, data)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.view().setMinimumWidth(box.view().sizeHintForColumn(0))
