"""A page that would take all the time or all the memory ends, and the window stays alive meanwhile."""

import os
import time

import pytest
from PySide6.QtTest import QTest

from chatdesk.features.previews.web_engine import run as watchdog
from chatdesk.features.previews.web_engine.run import End, Run
from chatdesk.system.processes import memory_of, processor_time_of
from tests.own_time import OwnTime
from tests.preview.harness import Harness, Heartbeat

pytestmark = pytest.mark.alone

PROMISE = 500
"""Milliseconds that the event loop may be late at most (promise P7)."""
_WASM_LOOP = "0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,102,0,0,10,9,1,7,0,3,64,12,0,11,11"
_LOOPS = {
    "at load": "while (true) {}",
    "later": "setTimeout(() => { while (true) {} }, 50)",
    "regular expression": "setTimeout(() => /^(a+)+$/.test('a'.repeat(60) + 'b'), 50)",
    "web assembly": "setTimeout(() => new WebAssembly.Instance("
    f"new WebAssembly.Module(new Uint8Array([{_WASM_LOOP}]))).exports.f(), 50)",
    "in a frame": "const f = document.createElement('iframe');"
    " f.srcdoc = '<script>while(true){}</scr' + 'ipt>';"
    " document.body.append(f)",
    "by promises": "const again = () => { Promise.resolve().then(again) }; setTimeout(again, 50)",
    "recursion without end in a catch": "const f = () => { try { f(); f() } catch { f() } }; setTimeout(f, 50)",
    "layout": "setTimeout(() => { for (;;) { document.body.style.width = Math.random() * 900 + 'px'; document.body.offsetHeight } }, 50)",
    "elements": "setInterval(() => { const f = document.createDocumentFragment(); for (let i = 0; i < 2e4; i++) {"
    " const e = document.createElement('p'); e.textContent = 'x' + i; f.append(e) } document.body.append(f) }, 1)",
}
_MEMORY = {
    "array": "const a = []; setInterval(() => { for (let i = 0; i < 200000; i++) a.push([i, {i}]) }, 1)",
    "typed array": "const a = []; setInterval(() => a.push(new Uint8Array(32 << 20).fill(1)), 5)",
    "string": "const a = []; setInterval(() => { for (let i = 0; i < 2e4; i++) a.push('x'.repeat(1000) + i + a.length) }, 1)",
    "inner html": "const h = '<b>x</b>'.repeat(5e4), d = document.createElement('div'); d.hidden = true;"
    " document.body.append(d); setInterval(() => d.insertAdjacentHTML('beforeend', h), 5)",
    "canvas": "const a = []; setInterval(() => { const c = document.createElement('canvas'); c.width = c.height = 4000;"
    " const g = c.getContext('2d', {willReadFrequently: true}); g.fillRect(0, 0, 4000, 4000); a.push(c) }, 20)",
    "canvas on the graphics card": "const a = []; setInterval(() => { const c = document.createElement('canvas');"
    " c.width = c.height = 4000;"
    " const g = c.getContext('2d'); g.fillStyle = 'red'; g.fillRect(0, 0, 4000, 4000); document.body.append(c); a.push(c) }, 50)",
    "blobs": "const a = [], d = new Uint8Array(16 << 20).fill(3); setInterval(() => a.push(new Blob([d, String(Math.random())])), 10)",
    "workers' memory": "const w = URL.createObjectURL(new Blob(['const a=[];setInterval(()=>a.push(new Uint8Array(16<<20).fill(1)),5)']));"
    " for (let i = 0; i < 8; i++) new Worker(w)",
}


def _page(script: str) -> str:
    return f"<!doctype html><body>x<script>console.log('begun'); {script}</script>"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "UNRESPONSIVE_SECONDS", 1)
    monkeypatch.setattr(watchdog, "MAX_UNRESPONSIVE_SECONDS", 2)


def _expect_end(harness: Harness, script: str, timeout: int) -> float:
    with Heartbeat() as heartbeat:
        run = harness.begin(_page(script))
        harness.until(lambda: run.is_over, "the run to end", timeout)
    assert run.console.lines[0].text == "begun"
    return heartbeat.longest


def _expect_all_well(harness: Harness) -> None:
    harness.open("<h1>next</h1>")
    assert harness.ask("document.body.textContent") == "next"


@pytest.mark.parametrize("name", _LOOPS)
def test_a_page_without_an_end_is_ended(harness: Harness, impatient: None, name: str) -> None:
    late = _expect_end(harness, _LOOPS[name], 20_000)
    assert harness.ends == [End.UNRESPONSIVE]
    assert late <= PROMISE
    _expect_all_well(harness)


def test_it_is_reported_after_five_seconds_and_ended_after_ten(harness: Harness) -> None:
    start, reported = time.monotonic(), []
    with OwnTime() as waited:
        run = harness.begin(_page(_LOOPS["at load"]))
        run.watchdog.unresponsive.connect(
            lambda hangs: reported.append((time.monotonic() - start, waited.seconds)) if hangs else None
        )
        harness.until(lambda: run.is_over, "the run to end")
    assert reported[0][0] >= 5
    assert reported[0][1] <= 7.5
    assert time.monotonic() - start >= 10
    assert waited.seconds <= 12.5


def test_a_page_that_hangs_for_a_moment_goes_on(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "UNRESPONSIVE_SECONDS", 0.5)
    run = harness.open(
        "<script>setTimeout(() => { const e = Date.now() + 2500; while (Date.now() < e); window.over = 1 }, 50)</script>"
    )
    received: list[bool] = []
    run.watchdog.unresponsive.connect(received.append)
    harness.until_page("window.over")
    harness.until(lambda: received == [True, False], "the page to be well again")
    assert not run.is_over


@pytest.mark.parametrize("work", ["while (true) {}", "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)"])
def test_64_busy_workers_leave_the_window_alive_and_go_with_their_page(harness: Harness, work: str) -> None:
    with Heartbeat() as heartbeat:
        run = _open_64_workers(harness, work)
        QTest.qWait(1000)
        assert run.page
        process = run.page.renderProcessPid()
        harness.host.close_run()
        harness.until(lambda: memory_of(process) == 0, "the process to be gone", 3_000)
    assert heartbeat.longest <= PROMISE
    _expect_all_well(harness)


def test_64_busy_workers_are_reported_while_their_page_answers(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    received: list[bool] = []
    with Heartbeat() as heartbeat:
        run = _open_64_workers(harness, "while (true) {}")
        # Beside other programs the page cannot have the whole machine: a tenth of a processor is much here. The bounds: test_watchdog.py.
        monkeypatch.setattr(run.watchdog, "_max_processors", 0.1)
        run.watchdog.high_load.connect(received.append)
        harness.until(lambda: received == [True], "the watchdog to tell")
    assert not run.is_over
    assert heartbeat.longest <= PROMISE


def test_64_busy_workers_rest_while_nobody_sees_them(harness: Harness) -> None:
    run = _open_64_workers(harness, "while (true) {}")
    assert run.page
    page, process = run.page, run.page.renderProcessPid()
    harness.host.hide()
    harness.until(lambda: page.lifecycleState() == page.LifecycleState.Frozen, "the page to be frozen")

    def rests() -> bool:
        before = processor_time_of(process)
        QTest.qWait(500)
        return processor_time_of(process) - before < 0.05

    harness.until(rests, "the workers to rest")
    before = processor_time_of(process)
    harness.host.show()
    harness.until(lambda: processor_time_of(process) > before + 0.5, "the workers to go on")


def _open_64_workers(harness: Harness, work: str) -> Run:
    worker = f"postMessage(1); try {{ {work} }} catch {{}} while (true) {{}}"
    run = harness.begin(
        f"<script>window.busy = 0; const w = URL.createObjectURL(new Blob([`{worker}`]));"
        "for (let i = 0; i < 64; i++) new Worker(w).onmessage = () => busy++</script>"
    )
    harness.until(lambda: run.page and run.page.renderProcessPid(), "a process")
    harness.until_page("window.busy === 64")
    return run


@pytest.mark.parametrize("name", _MEMORY)
def test_a_page_that_takes_too_much_memory_is_ended(harness: Harness, name: str) -> None:
    harness.open("<h1>first</h1>")
    before = memory_of(os.getpid())
    late = _expect_end(harness, _MEMORY[name], 60_000)
    assert harness.ends[1] in {End.MEMORY, End.CRASHED}
    assert late <= PROMISE
    _expect_all_well(harness)
    kept = 64 << 20  # Chromium's own caches
    harness.until(lambda: memory_of(os.getpid()) - before < kept, "our own process to give the memory back")
