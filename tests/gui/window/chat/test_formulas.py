"""Formulas in the whole window: from the model's words to the outline, set in the real process."""

from chatdesk.features.chat.services.request.formulas import FormulaKey
from tests.gui.window.harness import FakeModel, Harness


async def test_a_formula_that_streams_in_is_set_and_its_process_ends_with_the_program(
    harness: Harness, fake_model: FakeModel
) -> None:
    fake_model.says("So $x^2$ is.\n\n\\[ \\frac{1}", "{2} \\]\n")
    await harness.ask_and_wait("How?")
    formulas = harness.program.chat.formulas
    keys = [FormulaKey("x^2", displayed=False), FormulaKey(r"\frac{1}{2}", displayed=True)]
    view = harness.chat_page.transcript
    await harness.until(lambda: all(formulas.cached(key) for key in keys) and not view.formulas.pending)
    column = view.document[1].column(1)
    assert column
    layouts = [leaf.layout for leaf in column._leaves.values()]
    assert len(layouts) == 2
    assert not any(layout.outdated for layout in layouts)
