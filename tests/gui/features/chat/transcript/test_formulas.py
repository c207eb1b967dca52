"""Formulas in a chat: when they come, what is being read stays where it is; copied, they are what was written."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from chatdesk.features.chat.ui.transcript.blocks.block_column import _Leaf
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_layout import FormulaLayout
from chatdesk.features.chat.ui.transcript.blocks.formulas.formula_pictures import inline_key
from chatdesk.features.chat.ui.transcript.blocks.table_layout import TableLayout
from chatdesk.features.chat.ui.transcript.blocks.text.text_layout import TextLayout
from chatdesk.features.chat.ui.transcript.page.page_view import PageView
from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
from chatdesk.kernel.chat.message import MessageState
from chatdesk.kernel.chat.stream_events import TextDelta
from chatdesk.ui_kit.style.appearance import Appearance
from tests.fakes.formula_harness import FormulaHarness
from tests.gui.features.chat.transcript.conftest import Clock, Reader
from tests.gui.features.chat.transcript.sample_chat import answer, describe, question


@pytest.fixture
def harness() -> FormulaHarness:
    return FormulaHarness()


@pytest.fixture
def formula_reader(qtbot: QtBot, appearance: Appearance, clock: Clock, harness: FormulaHarness) -> Iterator[Reader]:
    view = TranscriptView(appearance, describe, clock=clock, formulas=harness)
    view.resize(860, 640)
    view.show()
    yield Reader(view, clock)
    view.close()
    view.deleteLater()


def come(view: PageView, qtbot: QtBot) -> None:
    view.formulas.formula_arrived()
    qtbot.waitUntil(lambda: not view.formulas.pending)


def many(count: int) -> str:
    return "\n\n".join(f"Paragraph {n} with $x_{{{n}}}$ in it.\n\n\\[ y_{{{n}}} \\]" for n in range(count))


def test_what_is_read_stays_in_its_place_when_formulas_come(
    formula_reader: Reader, harness: FormulaHarness, qtbot: QtBot
) -> None:
    view = formula_reader.view
    formula_reader.show([question("How?"), answer(many(60))])
    view._scroller.scroll_to(1_500)
    view._relayout(view._scroller.anchor())
    anchor = view._scroller.anchor()
    assert anchor
    before = view.document.y_of(anchor) - formula_reader.scroll
    height = view.document.height
    harness.set_all()
    come(view, qtbot)
    assert view.document.height > height
    assert view.document.y_of(anchor) - formula_reader.scroll == before


def test_formulas_are_asked_for_with_the_macros_of_the_answer(formula_reader: Reader, harness: FormulaHarness) -> None:
    text = "Let $\\def\\a{b}$ and $\\a^n$.\n\n\\[ \\a \\]\n\n| $\\a$ |\n|-|\n\n$x$\n"
    formula_reader.show([question("How?"), answer(text)])
    assert {key.latex for key in harness.asked} == {
        "\\def\\a{b}", "\\def\\a{b}\\a^n", "\\def\\a{b}\\a", "x"
    }  # fmt: skip


def test_a_macro_that_is_redefined_late_asks_for_nothing_above_again(
    formula_reader: Reader, harness: FormulaHarness
) -> None:
    message = answer("", state=MessageState.STREAMING)
    formula_reader.show([question("How?"), message])
    text = "$\\def\\a{b}$ then $\\a$\n\n"
    formula_reader.view.grow(message.id, (TextDelta(text),))
    before = list(harness.asked)
    formula_reader.view.grow(message.id, (TextDelta("$\\def\\a{c}$\n\n"),))
    assert [key.latex for key in harness.asked] == [*(key.latex for key in before), "\\def\\a{b}\\def\\a{c}"]


def test_the_end_stays_in_sight_when_formulas_come(
    formula_reader: Reader, harness: FormulaHarness, qtbot: QtBot
) -> None:
    formula_reader.show([question("How?"), answer(many(60))])
    assert formula_reader.at_end
    harness.set_all()
    come(formula_reader.view, qtbot)
    assert formula_reader.at_end


def test_a_streaming_answer_takes_formulas_that_come_meanwhile(
    formula_reader: Reader, harness: FormulaHarness, qtbot: QtBot
) -> None:
    view = formula_reader.view
    message = answer("", state=MessageState.STREAMING)
    formula_reader.show([question("How?"), message])
    view.grow(message.id, (TextDelta("Here $x$ is"),))
    height = view.document.height
    harness.set_all()
    come(view, qtbot)
    assert view.document.height > height
    view.grow(message.id, (TextDelta(" and $y$"),))
    harness.set_all()
    view.grow(message.id, (TextDelta(" too."),))
    column = view.document[1].column(1)
    assert column
    assert not any(leaf.layout.outdated for leaf in column._leaves.values())


def test_a_formula_is_copied_as_it_was_written(formula_reader: Reader, harness: FormulaHarness, qtbot: QtBot) -> None:
    view = formula_reader.view
    formula_reader.show([question("How?"), answer("So $x^2$ is.\n\n\\[ y \\]")])
    harness.set_all()
    come(view, qtbot)
    view._surface.select_all()
    view._copy()
    copied = QGuiApplication.clipboard().text()
    assert "$x^2$" in copied
    assert "\\[ y \\]" in copied
    assert "\u2060" not in copied


@pytest.mark.parametrize(
    "text",
    [
        "So \\[x\\] is\n\n\\[x\\], where\n\n$$x$$ and\n\n\\[x\\].\n\n1. $x$; then",
        "\\begin{align}\nx\n\\end{align}.\n\n| $x$ | \\(x\\) |\n|---|---|\n| $x$. | y |\n",
    ],
)
def test_a_formula_that_was_painted_never_becomes_its_source_again(
    formula_reader: Reader, harness: FormulaHarness, qtbot: QtBot, text: str
) -> None:
    view = formula_reader.view
    message = answer("", state=MessageState.STREAMING)
    formula_reader.show([question("How?"), message])
    painted = asked = 0
    for character in text:
        view.grow(message.id, (TextDelta(character),))
        column = view.document[1].column(1)
        assert column
        before, painted = painted, sum(map(pictures_in, column._leaves.values()))
        assert painted >= before, character
        if len(harness.asked) > asked:
            asked = len(harness.asked)
            harness.set_all()
            come(view, qtbot)
        painted = max(painted, sum(map(pictures_in, column._leaves.values())))


def pictures_in(leaf: _Leaf) -> int:
    """Return how many formulas of a block are pictures."""
    match leaf.layout:
        case FormulaLayout() as layout:
            return int(layout._picture is not None)
        case TextLayout() as layout:
            flows = [section.flow for section in layout._flow._sections]
        case TableLayout() as layout:
            flows = list(layout._flows.values())
        case _:
            return 0
    return sum(
        bool(span.formula) and flow._formulas.picture(inline_key(span)) is not None
        for flow in flows
        for span in flow.spans
    )
