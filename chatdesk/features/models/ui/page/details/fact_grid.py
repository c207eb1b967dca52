"""Grid of facts with a label and a text each. Plain text that can be selected."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.widgets.label import Label


class FactGrid(QWidget):
    """Facts as pairs of label and text. The accessible name of the text includes the label."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None, usual: int = 0) -> None:
        """`usual` is the usual number of facts, for which the widgets are created at once."""
        super().__init__(parent)
        self._appearance = appearance
        self._pairs: list[tuple[Label, Label]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        for _ in range(usual):
            self._add()
        appearance.bind(self._restyle)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show the facts (label and text)."""
        while len(self._pairs) < len(facts):
            self._add()
        for number, (name, value) in enumerate(self._pairs):
            shown = number < len(facts)
            name.setVisible(shown)
            value.setVisible(shown)
            if shown:
                label, text = facts[number]
                name.set_text(label)
                value.set_text(text)
                value.setAccessibleName(f"{label}: {text}")

    def texts(self) -> dict[str, str]:
        """Return the displayed texts by label."""
        return {name.text(): value.text() for name, value in self._pairs if not name.isHidden()}

    def _add(self) -> None:
        name = Label(self._appearance, "ui", "textTertiary", self)
        value = Label(self._appearance, "ui", "text", self, wrap=True, selectable=True)
        row = len(self._pairs)
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, row, 1)
        self._pairs.append((name, value))

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self._grid.setHorizontalSpacing(theme.length("l"))
        self._grid.setVerticalSpacing(theme.length("xs"))
