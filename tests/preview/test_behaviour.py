"""What a page can do to the window and to the next page: nothing. Floods are counted, dialogs and windows never open, nothing is kept."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from chatdesk.preview.console import Level
from chatdesk.preview.run import End
from chatdesk.system.process_memory import end_process
from tests.preview.desk import Desk, Heartbeat

PROMISE = 500
_FLOODS = {
    "title": "document.title = n++ + 'x'.repeat(1000)",
    "icon": "const l = document.createElement('link'); l.rel = 'icon'; l.href = 'data:image/png,A' + n++; document.head.append(l)",
    "hash": "location.hash = n++",
    "history": "try { history.pushState(n++, '', '#' + n) } catch { n++ }",
    "requests": "fetch('http://host' + n++ + '.example.org/').catch(() => 0)",
    "images": "new Image().src = 'http://host' + n++ + '.example.org/'",
    "messages": "alert(n++); confirm(n); prompt(n)",
    "windows": "window.open('https://example.org/' + n++)",
    "navigations": "location = 'https://host' + n++ + '.example.org/'",
    "downloads": "const a = document.createElement('a'); a.download = 'x' + n++; a.href = 'data:,x'; a.click()",
    "console": "console.log(n++)",
    "pointer": "document.body.requestPointerLock?.(); document.documentElement.requestFullscreen?.().catch(() => 0); n++",
}


@pytest.mark.parametrize("name", _FLOODS)
def test_a_flood_leaves_the_window_alive(desk: Desk, name: str, record_property: Callable[[str, object], None]) -> None:
    with Heartbeat() as heartbeat:
        run = desk.open(
            f"<body><script>var n = 0; setInterval(() => {{ for (let i = 0; i < 50; i++) {{ {_FLOODS[name]} }} }}, 4)</script>"
        )
        QTest.qWait(1_500)
        ended = run.is_over
        assert ended or desk.ask("n") >= 50
        desk.stage.close_run()
    record_property("late", heartbeat.longest)
    assert heartbeat.longest <= PROMISE
    assert len(run.console.lines) <= 1_000
    assert len(run.guard.blocked) <= 51


def test_a_flood_past_our_own_brake_ends_the_page(desk: Desk) -> None:
    run = desk.begin(
        "<iframe></iframe><script>for (const f of document.querySelectorAll('iframe')) f.remove();"
        "setInterval(() => { for (let i = 0; i < 3000; i++) setTimeout(() => { throw i }) }, 1)</script>"
    )
    with Heartbeat() as heartbeat:
        desk.until(lambda: run.is_over, "the flood to end")
    assert desk.ends == [End.FLOOD]
    assert heartbeat.longest <= PROMISE


def test_messages_open_nothing_and_only_the_first_is_told(desk: Desk) -> None:
    run = desk.begin(
        "<script>alert('one'); var yes = confirm('two'), word = prompt('three', 'x'); var through = 1</script>"
    )
    spoken: list[str] = []
    assert run.page
    run.page.spoke.connect(spoken.append)
    desk.until_page("window.through")
    assert spoken == ["one"]
    assert run.page.messages == 3
    assert desk.ask("[yes, word]") == [True, "x"]
    assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize(
    "what",
    [
        "window.print()",
        "document.querySelector('input').click()",
        "window.showOpenFilePicker()",
        "window.showSaveFilePicker()",
        "window.showDirectoryPicker()",
        "window.open('about:blank')",
        "window.open('https://example.org', '_blank', 'noopener')",
        "Object.assign(document.createElement('a'), {href: 'https://example.org', target: '_blank'}).click()",
        "document.documentElement.requestFullscreen()",
    ],
)
def test_no_window_opens_even_in_a_click(desk: Desk, what: str) -> None:
    desk.open(
        f"<input type=file><button style='position:fixed;inset:0;width:100%' onclick=\"window.done = 1; {what}\">x</button>"
    )
    before = len(QGuiApplication.allWindows())
    desk.click(200, 200)
    desk.until_page("window.done")
    QTest.qWait(200)
    assert len(QGuiApplication.allWindows()) == before
    assert not desk.isFullScreen()
    assert desk.ask("document.fullscreenElement === null")


def test_the_clipboard_is_out_of_reach_even_in_a_click(desk: Desk) -> None:
    QApplication.clipboard().setText("a secret")
    desk.open(
        "<textarea>taken</textarea><button style='position:fixed;inset:0;width:100%' onclick=\""
        "const t = document.querySelector('textarea');"
        "t.select(); window.copied = document.execCommand('copy'); t.select(); window.pasted = document.execCommand('paste');"
        'window.text = t.value; window.modern = typeof navigator.clipboard; window.done = 1">x</button>'
    )
    desk.click(200, 200)
    desk.until_page("window.done")
    assert desk.ask("[copied, pasted, text, modern]") == [False, False, "taken", "undefined"]
    assert QApplication.clipboard().text() == "a secret"


def test_devices_places_and_bridges_do_not_exist(desk: Desk) -> None:
    desk.open("<p>x")
    absent = "serviceWorker clipboard mediaDevices geolocation usb hid serial bluetooth requestMIDIAccess wakeLock storage credentials"
    there = desk.ask(f"'{absent}'.split(' ').filter(name => navigator[name] !== undefined)")
    assert set(there) <= {"geolocation"}  # which answers with a refusal, below
    assert desk.ask(
        "[typeof qt, typeof QWebChannel, typeof (window.chrome || {}).webview, isSecureContext, origin]"
    ) == [
        "undefined",
        "undefined",
        "undefined",
        False,
        "null",
    ]
    desk.ask(
        "navigator.geolocation ? navigator.geolocation.getCurrentPosition(() => window.place = 'known',"
        " () => window.place = 'refused') : window.place = 'absent'"
    )
    desk.until_page("window.place")
    assert desk.ask("place") in {"refused", "absent"}


def test_nothing_is_kept_from_one_run_to_the_next_and_nothing_on_the_disk(desk: Desk, tmp_path: Path) -> None:
    places = [Path(os.environ[name]) for name in ("HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")]
    page = (
        "<script>var was = [localStorage.mark, sessionStorage.mark, document.cookie, window.name, history.length];"
        "localStorage.mark = sessionStorage.mark = window.name = 'canarymark'; document.cookie = 'mark=canarymark';"
        "var errors = [];"
        "try { indexedDB.open('canarymark').onerror = () => errors.push('indexedDB') } catch { errors.push('indexedDB') }"
        "if (!window.caches) errors.push('caches'); else caches.open('canarymark').catch(() => errors.push('caches'));"
        "(navigator.storage?.getDirectory?.() ?? Promise.reject()).catch(() => errors.push('files'));"
        "try { new SharedWorker('data:,') } catch { errors.push('shared worker') }</script>"
    )
    for _ in range(2):
        desk.open(page)
        assert desk.ask("was") == [None, None, "", "", 1]
        desk.until_page("errors.length >= 3")
        assert {"indexedDB", "caches", "files"} <= set(desk.ask("errors"))
    desk.stage.close_run()
    QTest.qWait(200)
    files = [
        file for place in places for file in place.rglob("*") if file.is_file() and "mesa_shader_cache" not in str(file)
    ]
    assert [file for file in files if b"canarymark" in file.read_bytes()] == []
    assert [file for file in files if "QtWebEngine" in str(file)] == []


def test_a_line_of_the_console_has_its_place(desk: Desk) -> None:
    run = desk.open("<script>\n\nconsole.log({a: 1})\nnull.x\n</script>")
    desk.until(lambda: len(run.console.lines) == 2, "two lines")
    first, second = run.console.lines
    assert (first.text, first.line, first.level) == ("{a: 1}", 3, Level.INFO)
    assert (second.line, second.level) == (4, Level.ERROR)


def test_links_inside_the_page_work(desk: Desk) -> None:
    run = desk.open(
        "<a href='#far'>x</a><div style='height:5000px'></div><p id=far>far</p><script>document.querySelector('a').click();"
        "history.pushState({n: 1}, '', '#two')</script>"
    )
    desk.until_page("scrollY > 2000")
    assert desk.ask("[location.hash, history.state.n]") == ["#two", 1]
    assert run.guard.blocked == {}


def test_a_page_that_dies_is_told_and_the_next_one_runs(desk: Desk) -> None:
    run = desk.open("<h1>x</h1>")
    assert run.page
    end_process(run.page.renderProcessPid())
    desk.until(lambda: run.is_over, "the end")
    assert desk.ends == [End.CRASHED]
    desk.open("<h1>y</h1>")
    assert desk.ask("document.body.textContent") == "y"


def test_a_hidden_page_is_frozen_and_goes_on_when_it_is_seen_again(desk: Desk) -> None:
    run = desk.open("<script>var n = 0; setInterval(() => n++, 10)</script>")
    desk.until_page("n > 5")
    assert run.page
    page, states = run.page, run.page.LifecycleState
    desk.stage.hide()
    desk.until(lambda: page.lifecycleState() == states.Frozen, "the page to be frozen")
    desk.stage.show()
    desk.until(lambda: page.lifecycleState() == states.Active, "the page to go on")
    before = desk.ask("n")
    desk.until_page(f"n > {before + 5}")


@pytest.mark.parametrize("size", [3 << 20, 20 << 20])
def test_a_large_page_is_shown(desk: Desk, size: int) -> None:
    desk.open(f"<!--{'x' * size}--><h1>large</h1>")
    assert desk.ask("document.body.textContent") == "large"
