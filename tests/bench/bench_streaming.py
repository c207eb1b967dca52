"""T1 and T2, in-process: what a piece of a streaming answer costs on the GUI thread, laid out and painted, however long the answer is.

Beside it stand what naive designs cost, and the floor: painting the same rectangle. Work is counted too: blocks laid out and painted.

The text is what reasoning models write (long_answer.py), as it was when the goals were set; at one length also the text of the tests, which
holds every kind of markdown close together and costs about half as much again.

There are two floors, of text in two languages and in the size that answers are read in. The goal was made with a rectangle of 130 px,
which cost 0.53 ms on the machine of the goals: that one tells how fast this machine is, and is what the goal is held against. The other
is as high as what we paint, which became less and less.
"""

import statistics
import time
from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.bench.figure import Figure
from tests.bench.long_answer import long_answer
from tests.bench.naive_transcript import NaiveTranscript
from tests.bench.transcript_stage import (
    CHARACTERS_PER_FLUSH,
    FLUSHES_PER_1000_TOKENS,
    VIEW,
    TranscriptStage,
    application,
    costs_of,
)
from tests.unit.rendering.answers import answer

IDS = ("T1", "T2")

_LENGTHS = {"2k": 2_000, "20k": 20_000, "200k": 200_000}
_FLUSHES = 600
_PACED_FLUSHES = 150
_NAIVE_FLUSHES = 12
_FIRST_FLOOR = 130
"""Height of the rectangle the goal was made with, in px."""


def measure() -> list[Figure]:
    """Return the figures of T1 and T2 that need no network."""
    app = application()
    stage = TranscriptStage(app)
    more = long_answer(CHARACTERS_PER_FLUSH * _FLUSHES, seed=1)
    figures = [*_streams(stage, more), *_dense_answer(stage), *_long_blocks(stage)]
    stage.view.close()
    return figures


def _streams(stage: TranscriptStage, more: str) -> Iterator[Figure]:
    _warm_up(stage, more)
    flush: dict[str, float] = {}
    laid_out: dict[str, float] = {}
    for name, length in _LENGTHS.items():
        stage.begin(long_answer(length) + "\n\n")
        counters = stage.view.counters
        before = (counters.blocks_laid_out, counters.blocks_painted, counters.pixels_painted)
        costs = costs_of(stage.grow, more)
        flush[name] = statistics.median(costs)
        blocks, painted, pixels = (
            (after - earlier) / len(costs)
            for after, earlier in zip(
                (counters.blocks_laid_out, counters.blocks_painted, counters.pixels_painted), before, strict=True
            )
        )
        laid_out[name] = blocks
        height = round(pixels / VIEW[0])
        floor, first_floor = (_floor(stage.application, high) for high in (height, _FIRST_FLOOR))
        paced_floor = _floor(stage.application, height, 0.033)
        naive = {
            "setMarkdown": _naive(stage.application, length, more, as_html=False),
            "setHtml": _naive(stage.application, length, more, as_html=True),
        }
        paced = costs_of(stage.grow, more[: CHARACTERS_PER_FLUSH * _PACED_FLUSHES], 0.033)
        yield Figure(
            f"T1.gui_{name}",
            statistics.fmean(paced) * FLUSHES_PER_1000_TOKENS,
            "ms/1,000 tokens",
            at_most=400,
            beside={
                "no rests": statistics.fmean(costs) * FLUSHES_PER_1000_TOKENS,
                "repainting alone": paced_floor * FLUSHES_PER_1000_TOKENS,
                **{f"{baseline}, no rests": cost * FLUSHES_PER_1000_TOKENS for baseline, cost in naive.items()},
            },
        )
        yield Figure(
            f"T1.flush_{name}",
            flush[name] / first_floor,
            "x repaint floor",
            at_most=2,
            beside={
                "ms": flush[name],
                f"floor of {_FIRST_FLOOR} px, ms": first_floor,
                f"floor of {height} px, ms": floor,
                "x that": flush[name] / floor,
            },
        )
        least = {"20k": 15.0, "200k": 100.0}.get(name)
        yield Figure(f"T1.cheaper_{name}", naive["setHtml"] / flush[name], "x than setHtml", at_least=least)
        yield Figure(f"T2.slice_{name}", max(costs), "ms", at_most=8, beside={"median": statistics.median(costs)})
        yield Figure(f"T1.work_{name}", blocks, "blocks laid out/flush", at_most=1.5, beside={"painted": painted})
    yield Figure("T1.ratio_200k_2k", flush["200k"] / flush["2k"], "x", at_most=1.15)
    yield Figure("T1.work_ratio_200k_2k", laid_out["200k"] / laid_out["2k"], "x", at_most=1.01)


def _dense_answer(stage: TranscriptStage) -> Iterator[Figure]:
    """Let an answer grow that is harder than models write them."""
    before = answer(_LENGTHS["20k"], definitions=False) + "\n\n"
    more = answer(CHARACTERS_PER_FLUSH * _FLUSHES, seed=1, definitions=False)
    stage.begin(before)
    costs = costs_of(stage.grow, more)
    stage.begin(before)
    paced = costs_of(stage.grow, more[: CHARACTERS_PER_FLUSH * _PACED_FLUSHES], 0.033)
    yield Figure(
        "T1.gui_dense_20k",
        statistics.fmean(paced) * FLUSHES_PER_1000_TOKENS,
        "ms/1,000 tokens",
        beside={"no rests": statistics.fmean(costs) * FLUSHES_PER_1000_TOKENS, "median, ms": statistics.median(costs)},
    )
    yield Figure("T2.slice_dense_20k", max(costs), "ms", at_most=8, beside={"median": statistics.median(costs)})


def _long_blocks(stage: TranscriptStage) -> Iterator[Figure]:
    """Append to blocks as long as they become in practice."""
    blocks = {
        "code": ("```py\n" + "    total = add(first, 12)\n" * 5_000, "    y = add(x, 12)\n"),
        "list": ("- an item with *emphasis*\n" * 2_000, "- one more `item`\n"),
        "table": ("| a | b | c |\n|---|---|---|\n" + "| 1 | **2** | `3` |\n" * 500, "| 4 | 5 | 6 |\n"),
        "paragraph": ("Some *words* and `code` to read, with [a link](/x) in it. " * 350, "And more words. "),
        "quote": ("> quoted *words*\n>\n" * 1_000, "> more\n>\n"),
    }
    for name, (begin, line) in blocks.items():
        stage.begin("")
        for start in range(0, len(begin), 400):
            stage.grow(begin[start : start + 400])
        costs = costs_of(stage.grow, line * 60)
        yield Figure(f"T2.slice_{name}", max(costs), "ms", at_most=16, beside={"median": statistics.median(costs)})


def _warm_up(stage: TranscriptStage, more: str) -> None:
    """Load what is loaded once: fonts, lexers, glyphs."""
    stage.begin("")
    costs_of(stage.grow, more)


def _naive(app: QApplication, length: int, more: str, *, as_html: bool) -> float:
    naive = NaiveTranscript(app, as_html=as_html)
    naive.begin(long_answer(length) + "\n\n")
    cost = statistics.fmean(costs_of(naive.grow, more[: CHARACTERS_PER_FLUSH * _NAIVE_FLUSHES]))
    naive.close()
    return cost


class _Lines(QWidget):
    """Paints nothing but lines of text, in the size that answers are read in, with other words each time: as text that streams."""

    def __init__(self) -> None:
        super().__init__()
        self._font = QFont(["Noto Sans", "Noto Sans CJK SC"], 11)
        self._count = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self._count += 1
        painter = QPainter(self)
        painter.setFont(self._font)
        painter.fillRect(event.rect(), QColor("white"))
        words = f"首先我们要说清楚问题是什么 then talk about how every step of it can be solved: {self._count}"
        for y in range(event.rect().top() // 24 * 24, event.rect().bottom(), 24):
            painter.drawText(QPointF(24, y + 18), words)


def _floor(app: QApplication, height: int, pace: float = 0.0) -> float:
    """Return the CPU time, in ms, of painting lines of text as wide as the view and so high, after `pace` seconds of rest."""
    widget = _Lines()
    widget.resize(*VIEW)
    widget.show()
    app.processEvents()
    costs = []
    for _ in range(200 if pace == 0 else _PACED_FLUSHES):
        time.sleep(pace)
        before = time.thread_time()
        widget.update(QRect(0, VIEW[1] - height, VIEW[0], height))
        app.processEvents()
        costs.append((time.thread_time() - before) * 1000)
    widget.close()
    widget.deleteLater()
    return statistics.fmean(costs)
