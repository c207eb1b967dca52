"""A text of two hundred paragraphs costs no more than what is in view."""

import time

from chatdesk.features.translation.ui.row_view import RowView
from tests.gui.features.translation.conftest import Table

PARAGRAPH = "This is a paragraph of a long text, and it says nothing at all but goes on for quite a while. " * 4
LONG = "".join(f"{number}. {PARAGRAPH}\n\n".replace(". ", ") ", 1) for number in range(200))


async def test_only_rows_in_view_have_widgets(table: Table) -> None:
    await table.open(LONG)
    assert len(table.session.document.rows) == 200
    made = table.page.findChildren(RowView)
    assert len(made) < 30
    bar = table.page._rows.verticalScrollBar()
    for value in range(0, bar.maximum(), 400):
        bar.setValue(value)
    bar.setValue(bar.maximum())
    assert len(table.page.findChildren(RowView)) <= len(made) + 6
    last = table.view(199)
    assert last.geometry().bottom() <= table.page._rows.viewport().height()


async def test_opening_costs_less_than_a_tenth_of_a_second(table: Table) -> None:
    """Of the processor: what else the machine does is not counted."""
    await table.open("Short.")
    table.page._timer.stop()
    began = time.thread_time()
    table.session.set_text(LONG)
    table.page._timer.stop()
    table.page._show()
    table.page._rows.viewport().repaint()
    assert time.thread_time() - began < 0.1


async def test_what_is_read_stays_where_it_is_while_rows_above_are_measured(table: Table) -> None:
    await table.open(LONG)
    rows = table.page._rows
    bar = rows.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    first = min(rows._bound_views.values(), key=lambda view: abs(view.y()))
    number, top = first.number, first.y()
    table.session.edit_result(table.session.document.rows[0].number, "x\n" * 40)
    await table.shown()
    view = rows.view_of(number)
    assert view is not None
    assert view.y() == top
