"""From a reference to its footnote and back."""

from PySide6.QtCore import QPoint

from chatdesk.features.chat.ui.transcript.text_position import ColumnPosition
from tests.gui.features.chat.transcript.conftest import Reader
from tests.gui.features.chat.transcript.sample_chat import answer, question

_LONG = "A claim[^1] that needs one.\n\n" + "And so on. \n\n" * 60 + "[^1]: The source of it.\n"


def _back(reader: Reader) -> QPoint:
    """Where the way back from the footnote is in the view."""
    document, geometry = reader.view.document, reader.view.page_geometry
    placed = next(iter(document[1].columns()))
    last = len(placed.column.blocks) - 1
    line = placed.column.line_rect(ColumnPosition(last, 0)).translated(placed.origin).translated(0, document.top(1))
    return geometry.to_view(line).topLeft() + QPoint(-14, line.height() // 2)


def test_a_reference_leads_to_its_footnote_and_that_back(reader: Reader) -> None:
    reader.show([question("Go"), answer(_LONG)])
    reader.view._scroller.scroll_to(0)
    reader.click(reader.place_of(1, "[1]") + QPoint(10, 0))
    there = reader.scroll
    assert there > 0
    assert reader.view.viewport().rect().contains(_back(reader))

    reader.click(_back(reader))

    assert reader.scroll < there
    assert not reader.signals


def test_a_link_between_notes_tells_no_target(reader: Reader) -> None:
    reader.show([question("Go"), answer("A[^1]\n\n[^1]: B")])

    assert reader.view.tooltip_at(reader.place_of(1, "[1]") + QPoint(10, 0)) == ""
