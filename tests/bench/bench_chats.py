"""T3, big chats: opening, jumping, scrolling, resizing and copying in chats of up to 10,000 messages, and what they take of memory.

Times are CPU time of the GUI thread, painting included.

Each chat is measured in a process of its own, beside a QTextBrowser for every message, which most Qt programs have.
"""

import gc
import multiprocessing
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.bench.figure import Figure
from tests.bench.naive_transcript import NaiveTranscript
from tests.bench.transcript_stage import VIEW, TranscriptStage, application, chat

IDS = ("T3",)

_NAIVE_COUNT = 200
_MOST_TURNS = 10_000
_THOUSAND = 1_008
"""Such a chat ends with the same answer as one of 10,000: the same is laid out and painted of both."""
_TIMES = 7


def measure() -> list[Figure]:
    """Return the figures of T3."""
    thousand, ten_thousand, naive = (
        _elsewhere(work, count) for work, count in ((_ours, _THOUSAND), (_ours, 10_000), (_naive, _NAIVE_COUNT))
    )
    return [*_figures(thousand, ten_thousand, naive)]


def _figures(small: dict[str, float], big: dict[str, float], naive: dict[str, float]) -> Iterator[Figure]:
    beside = {f"QTextBrowsers, {_NAIVE_COUNT} messages": naive["open"]}
    yield Figure("T3.open_10000", big["open"], "ms", at_most=100, beside=beside)
    yield Figure("T3.open_ratio", big["again"] / small["again"], "x 1,000 messages", at_most=1.2)
    yield Figure("T3.open_work", big["blocks"], "blocks laid out", at_most=60)
    yield Figure("T3.again", big["again"], "ms", at_most=100)
    yield Figure(
        "T3.memory", big["memory"], "MB added", at_most=45, beside={"QTextBrowsers x 50": naive["memory"] * 50}
    )
    yield Figure("T3.jump", big["jump"], "ms", at_most=16, beside={"longest": big["longest_jump"]})
    yield Figure("T3.scroll", big["scroll"], "ms/step", at_most=4, beside={"longest": big["longest_scroll"]})
    yield Figure("T3.resize", big["resize"], "ms", at_most=40)
    yield Figure("T3.find_nothing", big["find_nothing"], "ms", at_most=40, beside={"longest slice": big["find_slice"]})
    beside = {"longest slice": small["find_everywhere_slice"]}
    yield Figure("T3.find_everywhere", small["find_everywhere"], "ms, of 1,000 messages", beside=beside)
    beside = {"longest slice": big["copy_slice"], "its text made at once": big["paste"]}
    yield Figure("T3.copy_200", big["copy"], "ms", at_most=60, beside=beside)
    yield Figure("T3.copy_slice", big["copy_slice"], "ms, longest", at_most=16, beside={"all slices": big["copy_made"]})


def _elsewhere(work: Callable[[int], dict[str, float]], count: int) -> dict[str, float]:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return process.submit(work, count).result()


def _ours(count: int) -> dict[str, float]:
    stage = TranscriptStage(application())
    view = stage.view
    view.show_path(chat(20), {})  # fonts, glyphs and lexers are there
    stage.settle()
    view.clear()
    stage.settle()
    messages = chat(count)
    gc.collect()
    memory = _memory()
    laid_out = view.counters.blocks_laid_out
    figures = {"open": _milliseconds(lambda: view.show_path(messages, {}), stage)}
    figures["blocks"] = view.counters.blocks_laid_out - laid_out
    gc.collect()
    figures["memory"] = _memory() - memory + _texts(messages)
    bar = view.verticalScrollBar()
    jumps = [
        _milliseconds(lambda part=part: bar.setValue(bar.maximum() * part // 13), stage)
        for part in (5, 11, 2, 7, 12, 1, 9)
    ]
    figures |= {"jump": statistics.median(jumps), "longest_jump": max(jumps)}
    steps = [_milliseconds(lambda: bar.setValue(bar.value() + 60), stage) for _ in range(150)]
    figures |= {"scroll": statistics.median(steps), "longest_scroll": max(steps)}
    widths = [_milliseconds(lambda width=width: view.resize(width, VIEW[1]), stage) for width in (820, 760, 700, 860)]
    figures["resize"] = statistics.median(widths)
    opened = []
    for _ in range(_TIMES):
        view.clear()
        stage.settle()
        opened.append(_milliseconds(lambda: view.show_path(messages, {}), stage))
    figures["again"] = statistics.median(opened)
    figures["find_nothing"], figures["find_slice"] = _find("nationality", stage)
    if count == _THOUSAND:
        figures["find_everywhere"], figures["find_everywhere_slice"] = _find("the", stage)
    view.show_path([], {})
    view.show_path(messages[:200], {})
    stage.settle()
    view.setFocus()
    return figures | _copy_all(stage)


def _find(words: str, stage: TranscriptStage) -> tuple[float, float]:
    """Look for words in the whole chat. Return what it took, and its longest slice."""
    stage.view.open_find_bar()
    while stage.view.document.waiting:
        stage.settle()  # heights are still being estimated
    field = stage.view.findChild(QLineEdit, "findField")
    assert field is not None
    finder = stage.view._finding().finder
    slices = [_milliseconds(lambda: field.setText(words), stage)]
    while finder.searching:
        slices.append(_milliseconds(lambda: None, stage))
    stage.view._finding().leave()
    return sum(slices), max(slices)


def _copy_all(stage: TranscriptStage) -> dict[str, float]:
    """Select and copy all: first so that somebody pastes the text at once, then so that all is made in slices before."""
    clipboard = QGuiApplication.clipboard()
    select, copy = (
        partial(QTest.keyClick, stage.view, key, Qt.KeyboardModifier.ControlModifier)
        for key in (Qt.Key.Key_A, Qt.Key.Key_C)
    )
    costs = [_milliseconds(select, stage), _milliseconds(copy, stage)]
    paste = _milliseconds(clipboard.text, stage)
    assert "Answer 199." in clipboard.text()
    clipboard.clear()
    slices = [_milliseconds(copy, stage)]
    while stage.view._clipboard._preparing.active:
        assert len(slices) < _MOST_TURNS
        slices.append(_milliseconds(lambda: QTest.qWait(1), stage))
    assert "Answer 199." in clipboard.mimeData().html()
    return {"copy": sum(costs), "paste": paste, "copy_made": sum(slices), "copy_slice": max(costs + slices)}


def _naive(count: int) -> dict[str, float]:
    app = application()
    naive = NaiveTranscript(app, as_html=True)
    messages = chat(count)
    memory = _memory()
    started = time.thread_time()
    naive.show(messages)
    return {"open": (time.thread_time() - started) * 1000, "memory": _memory() - memory}


def _milliseconds(act: Callable[[], object], stage: TranscriptStage) -> float:
    """Return the CPU time of something until it is painted."""
    started = time.thread_time()
    act()
    stage.application.processEvents()
    return (time.thread_time() - started) * 1000


def _memory() -> float:
    """Return the memory of this process in MB; 0 where the system does not say."""
    rollup = Path("/proc/self/smaps_rollup")
    if not rollup.exists():
        return 0.0
    sizes = dict(line.split(":") for line in rollup.read_text().splitlines()[1:])
    return int(sizes["Pss"].split()[0]) / 1024


def _texts(messages: list[object]) -> float:
    """Return what the texts would take, in MB: here most messages share theirs, in a chat each has its own."""
    return len(messages) * 1_000 / 1e6
