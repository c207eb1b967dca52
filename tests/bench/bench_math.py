"""T5: what a formula costs in its process, how many of the corpus are set, and how long a page of 200 formulas keeps the window waiting."""

import asyncio
import statistics
import time
from collections.abc import Iterator

from chatdesk.app.event_loop import run_until_quit
from chatdesk.features.chat.services.request.formulas import FormulaKey, Formulas
from chatdesk.features.chat.ui.transcript.transcript_view import TranscriptView
from chatdesk.rendering.formulas.typeset.process import FormulaProcess
from chatdesk.rendering.formulas.typeset.setter import FormulaSetter
from chatdesk.rendering.formulas.typeset.typeset_formula import TypesetFormula
from chatdesk.ui_kit.style.appearance import Appearance
from chatdesk.ui_kit.style.style import Style
from tests.bench.figure import Figure
from tests.bench.transcript_stage import VIEW, application
from tests.formula_corpus import SET, read
from tests.gui.features.chat.transcript.sample_chat import answer, describe, question
from tests.paths import RESOURCES

IDS = ("T5",)

_ON_THE_PAGE = 200
_RESOURCES = RESOURCES


def measure() -> list[Figure]:
    """Return the figures of T5."""
    corpus = _corpus()
    return [*_setting(corpus), *_page(corpus)]


def _corpus() -> list[tuple[str, bool]]:
    return [(formula.latex, formula.displayed) for formula in read(SET)]


def _setting(corpus: list[tuple[str, bool]]) -> Iterator[Figure]:
    setter = FormulaSetter()
    setter.set("x", displayed=True)
    costs, done = [], 0
    for latex, displayed in corpus:
        start = time.process_time()
        done += isinstance(setter.set(latex, displayed=displayed), TypesetFormula)
        costs.append((time.process_time() - start) * 1000)
    costs.sort()
    yield Figure("T5.formula", statistics.median(costs), "ms", at_most=8, beside={"longest": costs[-1]})
    yield Figure("T5.set", 100 * done / len(corpus), "% of the corpus", at_least=98, beside={"formulas": len(corpus)})


def _page(corpus: list[tuple[str, bool]]) -> Iterator[Figure]:
    app = application()
    appearance = Appearance(app, _RESOURCES)
    app.setStyle(Style(app, appearance))
    figures: list[Figure] = []

    async def main() -> int:
        figures.extend(await _watch(appearance, corpus))
        return 0

    run_until_quit(app, main)
    yield from figures


async def _watch(appearance: Appearance, corpus: list[tuple[str, bool]]) -> list[Figure]:
    """Open a page of formulas and read through it, and time every slice of the thread that paints.

    Scrolling through all of it in three seconds, from the end to the beginning, is faster than anybody reads.
    """
    formulas = Formulas(FormulaProcess)
    view = TranscriptView(appearance, describe, formulas=formulas)
    formulas.formula_ready.subscribe(lambda _key: view.formulas.formula_arrived())
    view.resize(*VIEW)
    view.show()
    await asyncio.sleep(0.1)
    text = "\n\n".join(
        f"\\[ {latex} \\]" if displayed else f"Formula {n}, ${latex}$, in the middle of a line."
        for n, (latex, displayed) in enumerate(corpus[:_ON_THE_PAGE])
    )
    # Loaded before: the parser and the first formula's process are not what is measured.
    view.show_path([question("?"), answer("So $a$.\n\n$$b$$")], {})
    await _all_known(formulas, [FormulaKey("a", displayed=False), FormulaKey("b", displayed=True)])
    slices: list[float] = []
    loop = asyncio.get_running_loop()
    view.show_path([question("?"), answer(text)], {})
    await asyncio.sleep(0.1)
    begin = time.perf_counter()
    monitor = loop.create_task(_slices(slices))
    bar = view.verticalScrollBar()
    for step in range(60):
        bar.setValue(bar.maximum() * (59 - step) // 59)
        await asyncio.sleep(0.05)
    took = time.perf_counter() - begin
    monitor.cancel()
    await formulas.close()
    view.close()
    slices.sort()
    typical = slices[len(slices) * 99 // 100]
    return [
        Figure("T5.page.slice", slices[-1], "ms", at_most=16, beside={"99 %": typical, "seconds": took}),
    ]


async def _all_known(formulas: Formulas, keys: list[FormulaKey]) -> None:
    while any(formulas.cached(key) is None for key in keys):
        for key in keys:
            formulas.request(key)
        await asyncio.sleep(0.01)


async def _slices(found: list[float]) -> None:
    """Note how much of the thread's time goes by between two turns of ours: what a frame may have to wait for."""
    before = time.thread_time()
    while True:
        await asyncio.sleep(0)
        now = time.thread_time()
        found.append((now - before) * 1000)
        before = now
