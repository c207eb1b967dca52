"""Bars with the number of chats of each year, and a check box for each year, which is the control."""

from PySide6.QtCore import QLocale, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from chatdesk.features.conversations.ui.importing.import_choices import ImportChoices, Year
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.translations import Translated
from chatdesk.ui_kit.widgets.label import Label

_HEIGHT = 44
"""Of the highest bar, in px at 100 %."""
_MIN_HEIGHT = 4
_RADIUS = 4


class YearBars(Translated, QWidget):
    """The bars. Shows and changes the choices."""

    def __init__(self, appearance: Appearance, choices: ImportChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._choices = choices
        self._years = choices.years()
        self._boxes = [QCheckBox(self) for _ in self._years]
        self._counts = [Label(appearance, "ui", "textTertiary", self) for _ in self._years]
        self._grid = QGridLayout(self)
        for column, (year, box, count) in enumerate(zip(self._years, self._boxes, self._counts, strict=True)):
            box.setObjectName(f"importYear{year.year}")
            box.clicked.connect(lambda _checked, year=year: self._toggle(year))
            count.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(box, 0, 2 * column)
            self._grid.addWidget(count, 0, 2 * column + 1)
            self._grid.setColumnStretch(2 * column, 1)
        choices.changed.connect(self._show_choices)
        appearance.bind(self._restyle)
        self._retranslate()

    def _toggle(self, year: Year) -> None:
        shown = next(each for each in self._choices.years() if each.year == year.year)
        self._choices.choose_year(year, chosen=shown.chosen < shown.available)

    def _show_choices(self) -> None:
        self._years = self._choices.years()
        for year, box in zip(self._years, self._boxes, strict=True):
            partly = Qt.CheckState.PartiallyChecked if year.chosen else Qt.CheckState.Unchecked
            box.setEnabled(year.available > 0)
            box.setCheckState(Qt.CheckState.Checked if year.chosen and year.chosen == year.available else partly)
        self.update()

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._grid.setContentsMargins(0, round(_HEIGHT * theme.scale) + theme.length("s"), 0, 0)
        self._grid.setHorizontalSpacing(theme.length("m"))
        self.update()

    def _retranslate(self) -> None:
        locale = QLocale()
        for year, box, count in zip(self._years, self._boxes, self._counts, strict=True):
            name = str(year.year) if year.year else self.tr("No date")
            box.setText(self.tr("to {year}").format(year=name) if year.is_earlier else name)
            count.set_text(locale.toString(year.total))
            box.setAccessibleDescription(self.tr("%n chat(s)", "", year.total))
        self._show_choices()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = self._appearance.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        full, most = _HEIGHT * theme.scale, max((year.total for year in self._years), default=1)
        radius = _RADIUS * theme.scale
        for year, box, count in zip(self._years, self._boxes, self._counts, strict=True):
            left = min(box.geometry().left(), count.geometry().left())
            right = max(box.geometry().right(), count.geometry().right()) + 1
            height = max(_MIN_HEIGHT * theme.scale, full * year.total / most)
            bar = QRectF(left, full - height, right - left, height)
            path = QPainterPath()
            path.setFillRule(Qt.FillRule.WindingFill)
            path.addRoundedRect(bar, radius, radius)
            path.addRect(bar.adjusted(0, min(radius, height / 2), 0, 0))
            painter.setBrush(theme.color("accentBorder" if year.chosen else "borderDefault"))
            painter.drawPath(path)
