"""P21, reading documents: a PDF of 300 pages beside PDFium alone, its first page, the window meanwhile, its memory, and the end.

Times are CPU time: of the reading process, of the plain library in a process of its own, and of the thread of the window.
"""

import asyncio
import gc
import multiprocessing
import os
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import psutil
import pypdfium2
from PySide6.QtWidgets import QApplication

from chatdesk.app.composition import open_program
from chatdesk.app.event_loop import run_until_quit
from chatdesk.app.shell.main_window import MainWindow
from chatdesk.documents.process import DocumentProcess
from chatdesk.features.chat.ui.composer.offered_files import OfferedFiles
from chatdesk.features.previews.ui.panel.previews import Previews
from chatdesk.kernel.chat.attachments import ReadingProgress
from chatdesk.kernel.documents.kinds import DocumentKind
from chatdesk.kernel.redaction import Redactor
from chatdesk.system.folders import Folders
from chatdesk.system.processes import memory_of
from chatdesk.system.resources import Resources
from chatdesk.ui_kit.style.appearance import Appearance
from tests.bench.figure import Figure
from tests.bench.transcript_stage import application
from tests.fakes.document_files import pdf
from tests.fakes.fixed_preferences import FixedPreferences
from tests.fakes.scripted_preview_host import ScriptedPreviewHosts

IDS = ("P21",)
_PAGES = 300
_FILES = 50
_TIMES = 5
_MEGABYTE = 1024 * 1024


def measure(pages: int = _PAGES, files: int = _FILES) -> list[Figure]:
    """Return all figures of P21."""
    os.environ["OLLAMA_HOST"] = "http://127.0.0.1:9"  # no server: nothing else happens meanwhile
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        path.write_bytes(_document(pages))
        library = _library(path)
        figures = asyncio.run(_process_figures(path, library))
        app = application()
        run_until_quit(app, lambda: _window_figures(app, path, files, figures))
        return figures


def _document(pages: int) -> bytes:
    lines = [f"Line {line} says what the report of this year has to say about it" for line in range(30)]
    return pdf([[f"Page {page} of the report", *lines, "The annual report"] for page in range(pages)])


def _library(path: Path) -> float:
    """Return what the library alone takes, in ms of CPU: in a process of its own, as ours."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return statistics.median(process.submit(_read_plainly, path).result() for _ in range(_TIMES))


def _read_plainly(path: Path) -> float:
    began = time.process_time()
    document = pypdfium2.PdfDocument(path)
    for page in document:
        text_page = page.get_textpage()
        text_page.get_text_bounded()
        text_page.close()
        page.close()
    document.close()
    return (time.process_time() - began) * 1000


async def _process_figures(path: Path, library: float) -> list[Figure]:
    began = time.perf_counter()
    process = DocumentProcess(memory_of)
    (path.parent / "words.txt").write_text("words", "utf-8")
    await process.read(path.parent / "words.txt", "words.txt", DocumentKind.TEXT)
    start = (time.perf_counter() - began) * 1000
    await process.read(path, path.name, DocumentKind.PDF)  # loads the library
    assert process._process
    child = psutil.Process(process._process.process_id)
    costs, firsts, wholes = list[float](), list[float](), list[float]()
    for _ in range(_TIMES):
        before, first = _processor_time(child), _FirstPage()
        await process.read(path, path.name, DocumentKind.PDF, first.hear)
        wholes.append((time.perf_counter() - first.began) * 1000)
        costs.append(_processor_time(child) - before)
        firsts.append(first.milliseconds)
    ended = await _end_of(process)
    ours = statistics.median(costs)
    return [
        Figure("P21.pdf", ours / library, "x library", 1.5, beside={"ms": ours, "library ms": library}),
        Figure("P21.start", start, "ms"),
        Figure(
            "P21.first_page",
            statistics.median(firsts) / statistics.median(wholes),
            "of the time",
            0.25,
            beside={"ms": statistics.median(firsts), "whole ms": statistics.median(wholes)},
        ),
        Figure("P21.idle", ended, "s until the process ends", 15.0),
    ]


class _FirstPage:
    """Notes when the first page was read."""

    def __init__(self) -> None:
        self.began = time.perf_counter()
        self.milliseconds = 0.0

    def hear(self, progress: ReadingProgress) -> None:
        if progress.read == 1:
            self.milliseconds = (time.perf_counter() - self.began) * 1000


def _processor_time(process: psutil.Process) -> float:
    times = process.cpu_times()
    return (times.user + times.system) * 1000


async def _end_of(process: DocumentProcess) -> float:
    began = time.perf_counter()
    with suppress(TimeoutError):
        async with asyncio.timeout(60):
            while process.is_running:
                await asyncio.sleep(0.1)
    return time.perf_counter() - began


async def _window_figures(app: QApplication, path: Path, files: int, figures: list[Figure]) -> int:
    paths = [path.parent / f"{number}.pdf" for number in range(files)]
    for number, each in enumerate(paths):
        each.write_bytes(pdf([[f"Document {number}, page {page}"] * 20 for page in range(5)]))
    async with _window(app) as window:
        composer = window._page.composer
        turns = _Turns()
        watching = asyncio.create_task(turns.watch())
        await asyncio.sleep(0.5)
        idle, turns.longest = turns.longest, 0.0
        composer.files_offered.emit(OfferedFiles((path,)))
        while not composer.attachments():
            await asyncio.sleep(0.05)
        composer.set_attachments(())
        first, turns.longest = turns.longest, 0.0
        composer.files_offered.emit(OfferedFiles(tuple(paths)))
        while len(composer.attachments()) < files:
            await asyncio.sleep(0.05)
        longest = turns.longest
        watching.cancel()
        figures.append(
            Figure(
                "P21.longest_turn",
                longest * 1000,
                f"ms, {files} files",
                16.0,
                beside={"idle": idle * 1000, "first file": first * 1000},
            )
        )
        composer.set_attachments(())
        await asyncio.sleep(2)  # the index is filled in the background
        figures.append(await _memory(window, path))
    return 0


async def _memory(window: MainWindow, path: Path) -> Figure:
    gc.collect()
    own = psutil.Process()
    before = own.memory_info().rss
    window._page.composer.files_offered.emit(OfferedFiles((path,)))
    highest = before
    while not window._page.composer.attachments():
        await asyncio.sleep(0.02)
        highest = max(highest, own.memory_info().rss)
    await asyncio.sleep(2)
    gc.collect()
    retained = (own.memory_info().rss - before) / _MEGABYTE
    return Figure("P21.memory", retained, "MB added", 20.0, beside={"highest": (highest - before) / _MEGABYTE})


class _Turns:
    """Measures how long the turns of the event loop take, in s of CPU."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def watch(self) -> None:
        while True:
            before = time.thread_time()
            await asyncio.sleep(0)
            self.longest = max(self.longest, time.thread_time() - before)


@asynccontextmanager
async def _window(app: QApplication) -> AsyncIterator[MainWindow]:
    """Open the window with a home of its own."""
    resources = Resources.locate()
    appearance = Appearance(app, resources.resources, FixedPreferences())
    with tempfile.TemporaryDirectory() as home:
        folders = Folders.locate({"CHATDESK_HOME": home})
        folders.make()
        async with open_program(folders, resources, Redactor()) as program:
            window = MainWindow(
                appearance, program, Previews(ScriptedPreviewHosts(None), resources.resources / "preview")
            )
            await window.open_last_chat()
            window.show()
            window.begin()
            await asyncio.sleep(2)
            try:
                yield window
            finally:
                await window.end()
